#!/usr/bin/python3
"""pollution.py make FOLDER [STEP] - one clean table, and copies of it with one fault each
pollution.py score FOLDER COMMAND - read every copy by itself and with its parameters; print the scores

The faults are those of Pollock (Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann: "Pollock: A Data Loading Benchmark",
VLDB 2023), made anew on a table of our own; its measures too: success, and precision, recall and F1 of header,
records and cells, at most 10 a file. Cells are compared as they stand. STEP keeps every STEP-th of the faults that are
made in each row and column. Files: NAME.csv, NAME.expected (standard CSV) and NAME.options, one a line.
"""
import csv
import io
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROWS = 60
HEADER = ["Ngày", "Giờ", "Số lượng", "Mã hàng", "Giá", "Tên hàng", "Mô tả", "Trang", "Ghi chú"]
GOODS = ["Gạo ST25", "Nước mắm, 500 ml", "Khóm Cầu Đúc", 'Ống nước, 5"', "Áo bà ba", "Chả cá, thác lác", "Mật ong rừng",
         'Bếp "kiểng" nhỏ', "Bưởi Năm Roi"]
TEXTS = ["Đặc sản Hậu Giang, đóng gói kỹ", "Hàng mới về: giá tốt, số lượng có hạn.", "Không chất bảo quản; giao tận nơi",
         "Được chứng nhận OCOP 4 sao, năm 2023", "Sản phẩm của hợp tác xã, bán tại chợ Vị Thanh"]


def table():
    rows = [[(name, False) for name in HEADER[:6]] + [(name, True) for name in HEADER[6:8]] + [(HEADER[8], False)]]
    for i in range(ROWS):
        name = GOODS[i * 7 % len(GOODS)]
        rows.append([(f"{i % 28 + 1:02}/{i // 28 + 1:02}/2024", False), (f"{i // 4 % 24:02}:{i % 4 * 15:02}", False),
                     (str(i * 5 % 13), False), ("VT,HG,LM,NB".split(",")[i % 4] + f"-{1000 + i * 137 % 9000}", False),
                     (f"${i * 31 % 90}.{i * 17 % 100:02}", False), (name, "," in name or '"' in name),
                     (TEXTS[i % len(TEXTS)] + f" ({i})", True), (f"https://vi-du.vn/hang/{i:04}.html", True), ("", False)])
    return rows


class File:
    """A file as tokens: rows of cells with what stands between them, so that one thing can be spoilt."""

    def __init__(self, rows=None):
        self.rows = [list(r) for r in (rows or table())]
        self.expected = [[v for v, _ in r] for r in self.rows]
        self.delimiter, self.quote, self.escape, self.end = ",", '"', '"', "\r\n"
        self.between = {}   # (row, place before cell) -> text instead of the delimiter
        self.before = {}    # (row, col) -> text at the front of a cell's text
        self.row_delimiter = {}
        self.last_end = None
        self.encoding = "utf-8"
        self.options = {"--header-rows": "1", "--skip-rows": "0", "--skip-last": "0"}

    def cell(self, row, col):
        value, quoted = self.rows[row][col]
        front = self.before.get((row, col), "")
        if not quoted:
            return front + value
        return self.quote + front + value.replace('"', self.escape + '"') + self.quote

    def text(self):
        out = []
        for i, row in enumerate(self.rows):
            delimiter = self.row_delimiter.get(i, self.delimiter)
            line = ""
            for k in range(len(row)):
                if k > 0:
                    line += self.between.get((i, k), delimiter)
                elif (i, 0) in self.between:
                    line += self.between[i, 0]
                line += self.cell(i, k)
            out.append(line + self.end)
        if self.last_end is not None and out:
            out[-1] = out[-1][:len(out[-1]) - len(self.end)] + self.last_end
        return "".join(out)

    def write(self, folder, name):
        base = Path(folder) / name
        base.with_suffix(".csv").write_bytes(self.text().encode(self.encoding))
        with open(base.with_suffix(".expected"), "w", encoding="utf-8", newline="") as f:
            csv.writer(f, lineterminator="\n").writerows(self.expected)
        options = {"--delimiter": self.delimiter, "--quote": self.quote, "--escape": self.escape or "none",
                   "--encoding": self.encoding} | self.options
        base.with_suffix(".options").write_text("".join(f"{k}={v}\n" for k, v in options.items()), encoding="utf-8")


def faults():
    """All (name, file) but those in each row and column."""
    yield "source", File()
    f = File(); f.rows = []; f.expected = []; yield "file_no_payload", f
    f = File(); f.last_end = ""; yield "file_no_trailing_newline", f
    f = File(); f.last_end = "\r\n\r\n"; yield "file_double_trailing_newline", f
    f = File(); f.rows = f.rows[1:]; f.expected = f.expected[1:]; f.options["--header-rows"] = "0"; yield "file_no_header", f
    for n in (2, 3):
        f = File()
        f.rows = [f.rows[0]] * (n - 1) + f.rows
        f.expected[0] = [" ".join([h] * n) for h in f.expected[0]]
        f.options["--header-rows"] = str(n)
        yield f"file_header_multirow_{n}", f
    f = File()
    f.rows = [[("Báo cáo", False)] + [("", False)] * 8, [("", False)] * 9] + f.rows
    f.options["--skip-rows"] = "2"
    yield "file_preamble", f
    for name, n in (("less", 8), ("same", 9), ("more", 10)):
        f = File()
        wider = [[(v, "," in v or '"' in v) for v, _ in r] + [(f"thêm{i}", False)] for i, r in enumerate(f.rows)]
        f.rows = f.rows + [r[:n] for r in wider]
        yield f"file_multitable_{name}", f
    f = File(); f.rows = f.rows[:1]; f.expected = f.expected[:1]; yield "file_header_only", f
    f = File(); f.rows = f.rows[:2]; f.expected = f.expected[:2]; yield "file_one_data_row", f
    for name, end in (("0xA", "\n"), ("0xD", "\r")):
        f = File(); f.end = end; yield f"file_record_delimiter_{name}", f
    for name, d in (("0x3B", ";"), ("0x9", "\t"), ("0x2C_0x20", ", "), ("0x20", " "), ("0x7C", "|")):
        f = File(); f.delimiter = d; yield f"file_field_delimiter_{name}", f
    f = File(); f.quote = "'"; f.escape = '"'; yield "file_quotation_char_0x27", f
    f = File(); f.escape = "\\"; yield "file_escape_char_0x5C", f
    f = File(); f.escape = ""; yield "file_escape_char_0x00", f
    for encoding in ("utf-8-sig", "utf-16", "utf-32"): # beyond Pollock
        f = File(); f.encoding = encoding; yield f"file_encoding_{encoding}", f


def faults_by_place(step):
    """Faults in each row and column, every step-th of them."""
    n = 0
    for row in range(ROWS + 1):
        for col in range(len(HEADER)):
            for kind in ("more", "less", "quote"):
                n += 1
                if n % step or (kind == "less" and col == 0):
                    continue
                f = File()
                if kind == "more":
                    f.between[row, col] = f.delimiter if col == 0 else f.delimiter * 2
                    yield f"row_more_sep_{row}_{col}", f
                elif kind == "less":
                    f.between[row, col] = ""
                    yield f"row_less_sep_{row}_{col}", f
                else:
                    f.before[row, col] = '"'
                    f.expected[row][col] = '"' + f.expected[row][col]
                    yield f"row_extra_quote_{row}_{col}", f
        n += 1
        if n % step == 0:
            f = File(); f.row_delimiter[row] = " "; yield f"row_field_delimiter_{row}_0x20", f


def make(folder, step):
    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / "step").write_text(str(step), encoding="utf-8")
    for name, f in list(faults()) + list(faults_by_place(step)):
        f.write(folder, name)


def f1(expected, got):
    """Precision, recall, F1, as Pollock has them."""
    if not expected:
        return 3.0
    same = sum((Counter(expected) & Counter(got)).values())
    if not same:
        return 0.0
    p, r = same / len(expected), same / len(got)
    return p + r + 2 * p * r / (p + r)


def score(expected, got):
    if not expected:
        return 10.0
    if not got:
        return 1.0
    return (1 + f1(expected[0], got[0]) + f1(["".join(r) for r in expected[1:]], ["".join(r) for r in got[1:]]) +
            f1([c for r in expected for c in r], [c for r in got for c in r]))


def read(path, options, command):
    p = subprocess.run([command, "-O", "csv", *options, str(path)], capture_output=True, check=False)
    if p.returncode not in (0, 1) and path.stat().st_size > 0:
        return None, p
    return list(csv.reader(io.StringIO(p.stdout.decode("utf-8"), newline=""))), p


# How often each kind of fault is in files of open data, as far as Pollock weighs them by it.
WEIGHTS = {"file_record_delimiter_0xA": 1691, "file_field_delimiter_0x3B": 834, "file_no_header": 470, "row_less_sep": 338,
           "row_more_sep": 338, "file_preamble": 282, "file_no_trailing_newline": 184, "file_field_delimiter_0x2C_0x20": 101,
           "file_multitable_less": 63, "file_multitable_same": 63, "file_multitable_more": 63,
           "file_header_multirow_2": 47, "file_header_multirow_3": 47, "file_no_payload": 15, "row_field_delimiter": 13,
           "file_quotation_char_0x27": 11, "row_extra_quote": 9}


def kind_of(name):
    return next((k for k in ("row_less_sep", "row_more_sep", "row_extra_quote", "row_field_delimiter")
                 if name.startswith(k)), name)


def run(folder, command, verbose=False):
    """The simple and the weighted score, by itself and with parameters. One fault stands for as many as STEP left out."""
    files = sorted(Path(folder).glob("*.csv"))
    step = int((Path(folder) / "step").read_text(encoding="utf-8"))
    kinds = Counter(kind_of(f.stem) for f in files)
    for with_options in (False, True):
        total = count = weighted = weights = exact = 0.0
        for f in files:
            options = f.with_suffix(".options").read_text(encoding="utf-8").splitlines() if with_options else []
            got, p = read(f, options, command)
            expected = list(csv.reader(open(f.with_suffix(".expected"), encoding="utf-8", newline="")))
            points = 0.0 if got is None else score(expected, got)
            exact += got == expected
            stands_for = step if f.stem.startswith("row_") else 1
            total += points * stands_for
            count += stands_for
            weight = WEIGHTS.get(kind_of(f.stem), 3) / kinds[kind_of(f.stem)]
            weighted += weight * points
            weights += weight
            if verbose and got != expected:
                print(f"{points:.4f} {f.stem} {p.stderr.decode().strip()[:150]}")
        print(f"{'with parameters' if with_options else 'by itself'}: simple {total / count:.4f}, "
              f"weighted {weighted / weights:.4f}, {exact:.0f} of {len(files)} exact")
        yield total / count, weighted / weights


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    else:
        scores = list(run(sys.argv[2], sys.argv[3], "-v" in sys.argv))
        sys.exit(0 if all(simple >= 9.97 and weighted >= 9.97 for simple, weighted in scores) else 1)
