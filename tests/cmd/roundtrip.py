#!/usr/bin/python3
"""roundtrip.py BIN N [--resave] [--seed S] - data packages with N random schemas go into reports of both
layouts and back; --resave lets LibreOffice save each workbook in between, too. Half of the reports are laid
out by hg-report --init, half by a spec made up here; --keep copies the workbooks to a folder. Prints what differs; the exit status is 1 if
any does."""

import argparse
import csv
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WORDS = ["Nam", "Nữ", "Thành thị", "Nông thôn", "Hậu Giang", "Vị Thanh", "Ngã Bảy", "Chung", "Công lập", "Ngoài công lập",
         "Lúa", "Mía", "Cá tra", "Tổng số", "Trẻ em dưới 5 tuổi", "Khu vực I", "a,b", 'nói "thế"', "=1+1", "+84", "@x",
         "_x0041_", "Hộ nghèo  2 dấu cách", "x<y&z", "Đường – sá", "‘nháy’", "01", "2016", "-", "…", "[x]", "ễ" * 20]


def letters(rng, n):
    return "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(n))


def codes_of(rng, n):
    """Different codes: plain, numbered with leading zeros, or any text."""
    kind = rng.choice(["plain", "number", "word"])
    if kind == "number":
        return [f"{i + 1:0{rng.choice([1, 2, 5])}}" if i else "1" * 6 for i in range(n)][:n]
    if kind == "word":
        return rng.sample([w for w in WORDS if w not in "-…[x]"], n)
    return [f"{letters(rng, 3)}{i}" for i in range(n)]


def figure(rng, decimals, wide):
    whole = rng.randrange(10 ** rng.choice([1, 2, 4, 7, 12 if wide else 5]))
    text = f"{whole}.{rng.randrange(10 ** decimals):0{decimals}}" if decimals else str(whole)
    return "-" + text if rng.random() < 0.1 and float(text) else text


def make(seed):
    """A schema, its code lists and its rows."""
    rng = random.Random(seed)
    dims, lists = [], {}
    for i in range(rng.choice([1, 1, 2, 2, 2, 3, 3, 4])):
        name = f"{letters(rng, 4)}_{i}"
        codes = [str(y) for y in range(2010, 2010 + rng.randrange(1, 9))] if rng.random() < 0.3 else \
            codes_of(rng, rng.randrange(1, [30, 12, 6, 4][i]))
        codes = list(dict.fromkeys(codes))
        dims.append((name, codes))
        if rng.random() < 0.6:
            labels = rng.sample(WORDS, min(len(codes), len(WORDS)))
            lists[name] = [(c, labels[k] if k < len(labels) else c, f"En {k}") for k, c in enumerate(codes)]
    measures = [f"m{letters(rng, 3)}{i}" for i in range(rng.choice([1, 1, 1, 2, 3]))]
    status = rng.random() < 0.6
    extra = rng.random() < 0.3
    decimals = {m: rng.choice([0, 0, 1, 2, 4]) for m in measures}
    keys = [[]]
    for _, codes in dims:
        keys = [k + [c] for k in keys for c in codes]
    keys = [k for k in keys if rng.random() > rng.choice([0, 0, 0.1, 0.4])] or keys
    if rng.random() < 0.5:
        rng.shuffle(keys)
    rows = []
    for key in keys[:1500]:
        values = [figure(rng, decimals[m] if rng.random() < 0.8 else 0, rng.random() < 0.2) for m in measures]
        code = "A"
        if status:
            code = rng.choice("AAAAAPE")
            if rng.random() < 0.08:
                code, values = rng.choice("LM"), [""] * len(measures)
        rows.append(key + (["note, " + key[0]] if extra else []) + values + ([code] if status else []))
    fields = [{"name": n, "type": "string", "title": f"Trường {n}"} for n, _ in dims]
    fields += [{"name": "ghi_chu", "type": "string"}] if extra else []
    fields += [{"name": m, "type": "number", "title": f"Số {m}"} for m in measures]
    fields += [{"name": "obs_status", "type": "string"}] if status else []
    schema = {"fields": fields, "primaryKey": [n for n, _ in dims],
              "foreignKeys": [{"fields": [n], "reference": {"resource": f"codes/{n}", "fields": ["code"]}} for n in lists]}
    return rng, dims, measures, status, schema, lists, rows


def spec(rng, dims, measures, status):
    """A report with the lines here and there: any dimension across or down, others under or beside."""
    names = [n for n, _ in dims]
    rng.shuffle(names)
    across = [n for n in names if len(dict(dims)[n]) <= 12][: rng.randrange(0, 3)]
    down = [n for n in names if n not in across]

    def nest(fields, key, last):
        node = last
        for name in reversed(fields):
            node = [{"field": name, **({key: node} if node else {}), **({"heading": True} if node and key == "rows" else {})}]
        return node

    last = [{"label": {"vi": f"Cột {m}", "en": f"Column {m}"}, "where": {"@value": m}} for m in measures] if len(measures) > 1 else []
    columns = nest(across, "columns", last) or [{"label": "Giá trị"}]
    codes = dict(dims)[across[0]] if len(across) == 1 and not last else []
    if len(codes) > 1: # columns computed from two others: formulas, which are none of the data
        columns += [{"label": f"Tính {way}", "compute": {"way": way, "of": {across[0]: codes[0]}, "to": {across[0]: codes[1]}}}
                    for way in ("difference", "ratio", "share", "growth")]
    rows = nest(down, "rows", []) or [{"label": "Tất cả"}]
    if rng.random() < 0.5 and down:
        rows[0]["numbering"] = rng.choice(["I", "A", "1", "-"])
    table = {"head": {"number": f"{rng.randrange(1, 99):02}", "style": rng.choice(["form", "yearbook"])}, "title": "Bảng thử",
             "value": measures if len(measures) > 1 else measures[0], "rows": rows, "columns": columns,
             "ruler": rng.random() < 0.7, "stub": [{"show": "number", "label": "STT"}, {"label": "Tên"}][rng.randrange(2):]}
    if status:
        table["status"] = "obs_status"
    return {"hgReport": 1, "languages": rng.choice([["vi"], ["vi", "en"]]), "tables": [table],
            **({"signature": {}} if rng.random() < 0.5 else {})}


def write(folder, seed):
    """A sealed package in folder; its table's text, and a spec or None."""
    rng, dims, measures, status, schema, lists, rows = make(seed)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([[f["name"] for f in schema["fields"]], *rows])
    table = out.getvalue()
    codes = {}
    for name, entries in lists.items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([["code", "vi", "en"], *entries])
        codes[name + ".csv"] = text.getvalue()
    about = {"id": f"thu-{seed}", "title": {"vi": f"Bảng thử {seed}", "en": f"Test {seed}"}, "description": {"vi": "Thử."},
             "keywords": {"vi": ["thử"]}, "modified": "2026-11-23", "publisher": {"id": "a", "name": {"vi": "Sở A"}}}
    head = {"hg": 1, "stage": "packaged", "id": about["id"], "definition": {"dataset": about, "codes": codes},
            "sources": [], "resources": [{"name": about["id"], "schema": schema}]}
    files = {"hg.json": json.dumps(head, ensure_ascii=False), f"data/{about['id']}.csv": table}
    sha = lambda text: hashlib.sha256(text.encode()).hexdigest()
    manifest = "".join(f"{sha(files[f])}  {f}\n" for f in ["hg.json", f"data/{about['id']}.csv"])
    seal = {"name": about["id"], "resources": [{"name": about["id"], "path": f"data/{about['id']}.csv",
                                                "hash": "sha256:" + sha(table), "schema": schema}],
            "hg": {"version": 1, "stage": "packaged", "head": sha(files["hg.json"]), "manifest": sha(manifest),
                   "verdict": {"errors": 0, "warnings": 0}}}
    files.update({"manifest-sha256.txt": manifest, "datapackage.json": json.dumps(seal, ensure_ascii=False)})
    for path, text in files.items():
        path = folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return table, spec(rng, dims, measures, status) if seed % 2 else None


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True)
    if done.returncode or done.stderr:
        raise RuntimeError(f"{Path(command[0]).name}: {done.returncode}: {done.stderr.decode()[:300]}")
    return done.stdout.decode()


def main():
    args = argparse.ArgumentParser()
    args.add_argument("bin", type=Path)
    args.add_argument("n", type=int)
    args.add_argument("--resave", action="store_true")
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--keep", type=Path, help="a folder that gets the workbooks")
    args = args.parse_args()
    top = Path(tempfile.mkdtemp())
    wanted, bad, compared, figures = {}, 0, 0, 0
    for seed in range(args.seed, args.seed + args.n):
        package = top / f"p{seed}"
        try:
            table, layout = write(package, seed)
            text = json.dumps(layout, ensure_ascii=False) if layout else run(args.bin / "hg-report", "--init", package)
            (top / f"{seed}.json").write_text(text, encoding="utf-8")
            for kind in "classic", "accessible":
                report = top / f"{seed}.{kind}.xlsx"
                run(args.bin / "hg-report", "--spec", top / f"{seed}.json", "--layout", kind, "-o", report, package)
                wanted[report] = table
        except RuntimeError as why:
            print(f"seed {seed}: {why}")
            bad += 1
    for report in wanted if args.keep else []:
        shutil.copy(report, args.keep)
    reports = [(r, r, t) for r, t in wanted.items()]
    if args.resave:
        for i in range(0, len(wanted), 100):  # of many more at once it leaves some out
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{top}/lo", "--convert-to", "xlsx", "--outdir",
                            str(top / "saved"), *map(str, [*wanted][i : i + 100])], capture_output=True, check=True)
        reports += [(r, top / "saved" / r.name, t) for r, t in wanted.items()]
    for report, path, table in reports:
        try:
            compared += 1
            if run(args.bin / "hg-extract", "-O", "csv", path) != table:
                raise RuntimeError("other data")
        except RuntimeError as why:
            print(f"{path.relative_to(top)}: {why}")
            bad += 1
    print(f"{compared - bad} of {compared} reports of {args.n} schemas give back the data")
    shutil.rmtree(top) if not bad else print(f"left in {top}")
    sys.exit(bad > 0)


if __name__ == "__main__":
    os.environ["LC_ALL"] = "C.UTF-8"
    main()
