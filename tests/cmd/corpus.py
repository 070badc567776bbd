#!/usr/bin/env python3
"""corpus.py [options] FOLDER... - judge hg-extract -O csv on a folder of workbooks that other programs wrote.

Each file is read by hg-extract and by every independent reader found here: openpyxl (xlsx), xlrd (xls), pandas with
odfpy (ods), python-calamine, LibreOffice, Gnumeric (all). A cell is judged where at least --votes of them (2)
agree on it and nobody else is agreed on: numbers to 1e-12, dates and times to half a second, texts without the white space at their ends.
A file is right when all its judged cells are right; a refusal is right when no two readers could read the file.
Prints wrong cells of each file, then the share of right files for each format. What the readers gave is kept in --cache.
"""
import argparse, collections, csv, datetime, glob, importlib.util, io, os, pickle, re, resource, shutil, subprocess, sys, tempfile
import hashlib, gzip, multiprocessing, warnings, zipfile
from xml.etree import ElementTree

FORMATS = {"xlsx": "xlsx", "xlsm": "xlsx", "xltx": "xlsx", "xltm": "xlsx", "xls": "xls", "xlt": "xls", "xlw": "xls", "ods": "ods", "ots": "ods", "fods": "ods"}
MOST = 300_000  # cells of a sheet that are compared
DAY = 86400


# A value is None or (kind, what): n number, s text, b bool, e error, d seconds since 1900 of a date, t seconds of a time or duration.
def moment(v):
    if isinstance(v, datetime.datetime):
        if v.year < 1900:
            return ("t", v.hour * 3600 + v.minute * 60 + v.second + v.microsecond / 1e6)
        return ("d", (v.replace(tzinfo=None) - datetime.datetime(1900, 1, 1)).total_seconds())
    if isinstance(v, datetime.date):
        return moment(datetime.datetime(v.year, v.month, v.day))
    if isinstance(v, datetime.time):
        return ("t", v.hour * 3600 + v.minute * 60 + v.second + v.microsecond / 1e6)
    return ("t", v.total_seconds())


def value(v):
    if v is None or v == "":
        return None
    if isinstance(v, bool):
        return ("b", v)
    if isinstance(v, (int, float)):
        return ("n", float(v))
    if isinstance(v, str):
        return ("e", v) if re.fullmatch(r"#(N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|GETTING_DATA|SPILL!|CALC!)", v) else ("s", v)
    return moment(v)


# ---- the readers: each gives {(row, col): value} of the first visible sheet, or fails ----

def openpyxl_read(path, fmt):
    import openpyxl
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = next((s for s in book.worksheets if s.sheet_state == "visible"), book.worksheets[0])
    return {(c.row, c.column): value(c.value) for row in sheet.iter_rows() for c in row if c.value is not None}


def xlrd_read(path, fmt):
    import xlrd
    book = xlrd.open_workbook(path, logfile=io.StringIO())
    sheet = next((s for s in book.sheets() if s.visibility == 0), book.sheet_by_index(0))
    out = {}
    for r in range(sheet.nrows):
        for c, cell in enumerate(sheet.row(r)):
            if cell.ctype == 3:
                try:
                    v = xlrd.xldate_as_datetime(cell.value, book.datemode)
                    v = ("t", cell.value * DAY) if cell.value < 1 else moment(v)
                except (OverflowError, ValueError, xlrd.xldate.XLDateError):
                    v = ("n", cell.value)
            elif cell.ctype == 4:
                v = ("b", bool(cell.value))
            elif cell.ctype == 5:
                v = ("e", xlrd.error_text_from_code.get(cell.value, "#?"))
            elif cell.ctype == 2:
                v = ("n", cell.value)
            else:
                v = value(cell.value) if cell.ctype == 1 else None
            out[r + 1, c + 1] = ("s", v[1]) if v and cell.ctype == 1 else v
    return out


def calamine_read(path, fmt):
    import python_calamine
    book = python_calamine.load_workbook(path)
    sheets = book.sheets_metadata
    worksheets = [s for s in sheets if "WorkSheet" in str(s.typ)] or sheets
    name = next((s.name for s in worksheets if "Visible" in str(s.visible)), worksheets[0].name)
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    return {(r, c): value(v) for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1)}


def pandas_read(path, fmt):
    import pandas
    frame = pandas.read_excel(path, header=None, engine="odf", na_filter=False, sheet_name=0)
    return {(r + 1, c + 1): value(None if v is pandas.NaT else v.to_pydatetime() if hasattr(v, "to_pydatetime") else v)
            for c in range(frame.shape[1]) for r, v in enumerate(frame.iloc[:, c].tolist())}


def seconds_of(duration):
    m = re.fullmatch(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.,]+)S)?", duration)
    d, h, mi, s = (float((x or "0").replace(",", ".")) for x in m.groups()[1:])
    return (d * DAY + h * 3600 + mi * 60 + s) * (-1 if m[1] else 1)


def fods_value(cell, ns):
    kind, get = cell.get(ns["o"] + "value-type"), lambda n: cell.get(ns["o"] + n)
    ext = cell.get(ns["c"] + "value-type")
    if ext == "error":
        return value("".join(t for p in cell.findall(ns["t"] + "p") for t in p.itertext()))
    if kind in ("float", "percentage", "currency"):
        return ("n", float(get("value")))
    if kind == "date":
        text = get("date-value")
        try:
            return moment(datetime.datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text)))
        except ValueError:
            return ("s", text)
    if kind == "time":
        return ("t", seconds_of(get("time-value")))
    if kind == "boolean":
        return ("b", get("boolean-value") == "true")
    if kind != "string":
        return None
    def text_of(e):
        out = e.text or ""
        for x in e:
            if x.tag == ns["t"] + "s":
                out += " " * int(x.get(ns["t"] + "c", "1"))
            elif x.tag == ns["t"] + "tab":
                out += "\t"
            elif x.tag == ns["t"] + "line-break":
                out += "\n"
            elif x.tag != ns["o"] + "annotation":
                out += text_of(x)
            out += x.tail or ""
        return out
    text = "\n".join(text_of(p) for p in cell.findall(ns["t"] + "p"))
    return ("s", text) if text else None


def fods_read(path):
    names = {"o": "office", "t": "text", "b": "table"}
    ns = {k: "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}" % v for k, v in names.items()}
    ns["c"] = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
    ns["y"] = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
    root = ElementTree.parse(path).getroot()
    hidden = {s.get(ns["y"] + "name") for s in root.iter(ns["y"] + "style")
              for p in s.findall(ns["y"] + "table-properties") if p.get(ns["b"] + "display") == "false"}
    tables = root.find(f"{ns['o']}body/{ns['o']}spreadsheet").findall(ns["b"] + "table")
    table = next((t for t in tables if t.get(ns["b"] + "style-name") not in hidden), tables[0])
    out, r = {}, 0
    for row in table.iter(ns["b"] + "table-row"):
        n, c = int(row.get(ns["b"] + "number-rows-repeated", "1")), 0
        for cell in row:
            if cell.tag not in (ns["b"] + "table-cell", ns["b"] + "covered-table-cell"):
                continue
            k, v = int(cell.get(ns["b"] + "number-columns-repeated", "1")), fods_value(cell, ns)
            if v is not None:
                for i in range(min(n, 2000)):
                    for j in range(min(k, 2000)):
                        out[r + 1 + i, c + 1 + j] = v
            c += k
        r += n
    return out


# LibreOffice is started for many files at once; see convert().
def libreoffice_read(path, fmt):
    return fods_read(path)


def gnumeric_read(path, fmt):
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(["ssconvert", "--export-type=Gnumeric_XmlIO:sax", path, tmp + "/x.gnumeric"], check=True, timeout=60,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        raw = open(tmp + "/x.gnumeric", "rb").read()
    root = ElementTree.fromstring(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    g = "{http://www.gnumeric.org/v10.dtd}"
    sheets = root.findall(f"{g}Sheets/{g}Sheet")
    sheet = next((s for s in sheets if s.get("Visibility", "GNM_SHEET_VISIBILITY_VISIBLE").endswith("_VISIBLE")), sheets[0])
    out = {}
    for cell in sheet.find(g + "Cells"):
        kind, text = cell.get("ValueType"), cell.text or ""
        v = ("n", float(text)) if kind in ("30", "40") else ("b", text == "TRUE") if kind == "20" else ("e", text) if kind == "50" else \
            ("s", text) if kind == "60" and text else ("?", text)
        out[int(cell.get("Row")) + 1, int(cell.get("Col")) + 1] = v
    return out


READERS = {"openpyxl": (openpyxl_read, ("xlsx",), "openpyxl"), "xlrd": (xlrd_read, ("xls",), "xlrd"), "calamine": (calamine_read, ("xlsx", "xls", "ods"), "python_calamine"),
           "pandas": (pandas_read, ("ods",), "odf"), "libreoffice": (libreoffice_read, ("xlsx", "xls", "ods"), "soffice"),
           "gnumeric": (gnumeric_read, ("xlsx", "xls", "ods"), "ssconvert")}


def here(name):
    return shutil.which(name) if name in ("soffice", "ssconvert") else importlib.util.find_spec(name)


def key(path):
    return hashlib.sha1(open(path, "rb").read()).hexdigest()


def convert(paths, cache):
    """What LibreOffice reads, as flat OpenDocument; 16 files a run, those that stop a run once more alone."""
    left = [p for p in paths if not os.path.exists(f"{cache}/{key(p)}.libreoffice")]
    for size in (16, 1):
        todo, left = left, []
        for at in range(0, len(todo), size):
            part = todo[at:at + size]
            with tempfile.TemporaryDirectory() as tmp:
                for p in part:
                    # opened by what it is, whatever its name
                    os.symlink(os.path.abspath(p), f"{tmp}/{key(p)}.{p.rsplit('.', 1)[-1]}")
                try:
                    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp}/user", "--headless", "--convert-to", "fods", "--outdir", tmp + "/out"] +
                                   [f"{tmp}/{n}" for n in sorted(os.listdir(tmp))], timeout=20 + 3 * size, preexec_fn=limits, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
                except subprocess.TimeoutExpired:
                    pass
                for p in part:
                    one = f"{tmp}/out/{key(p)}.fods"
                    if not os.path.exists(one) and size > 1:
                        left.append(p)
                        continue
                    try:
                        got = fods_read(one)
                    except Exception as why:
                        got = repr(why)[:200]
                    with open(f"{cache}/{key(p)}.libreoffice", "wb") as f:
                        pickle.dump(got, f)


def read_one(job):
    path, fmt, name, cache = job
    place = f"{cache}/{key(path)}.{name}"
    if os.path.exists(place):
        return
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_CPU, (120, 130))
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    pid = os.fork()
    if pid == 0:
        try:
            got = READERS[name][0](path, fmt)
            got = {k: v for k, v in got.items() if v is not None}
        except BaseException as why:
            got = f"{type(why).__name__}: {why}"[:200]
        with open(place + ".new", "wb") as f:
            pickle.dump(got, f)
        os._exit(0)
    os.waitpid(pid, 0)
    if os.path.exists(place + ".new"):
        os.rename(place + ".new", place)
    else:
        with open(place, "wb") as f:
            pickle.dump("it crashed", f)


# ---- ours ----

def limits():
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))


def ours(program, path):
    """{(row, col): text}, or a string that says why not."""
    try:
        got = subprocess.run([program, "-O", "csv", path], capture_output=True, timeout=60, preexec_fn=limits)
    except subprocess.TimeoutExpired:
        return "HANGS"
    if got.returncode != 0:
        good = got.returncode == 3 and got.stderr.strip()
        return ("" if good else f"STATUS {got.returncode} ") + got.stderr.decode("utf-8", "replace").strip()
    csv.field_size_limit(1 << 30)
    return {(r, c): v for r, row in enumerate(csv.reader(io.StringIO(got.stdout.decode("utf-8"), newline="")), 1) for c, v in enumerate(row, 1) if v}


def our_seconds(text):
    m = re.fullmatch(r"(\d\d):(\d\d):(\d\d(?:\.\d+)?)", text)
    if m:
        return int(m[1]) * 3600 + int(m[2]) * 60 + float(m[3])
    return seconds_of(text) if re.match(r"-?PT?\d", text) else None


def texts(s):
    return re.sub(r"[ \t]*\n[ \t]*", "\n", s.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")).strip()


def same(text, v):
    """Is our text the value v?"""
    text, (kind, what) = text or "", v or ("s", "")
    try:
        if kind == "n":
            return abs(float(text) - what) <= 1e-12 * max(abs(what), abs(float(text)))
        if kind == "b":
            return text == ("TRUE" if what else "FALSE")
        if kind == "d":
            at = datetime.datetime.fromisoformat(re.sub(r"\.(\d+)$", lambda m: "." + (m[1] + "000000")[:6], text)).replace(tzinfo=None)
            return abs((at - datetime.datetime(1900, 1, 1)).total_seconds() - what) <= 0.5
        if kind == "t":
            return our_seconds(text) is not None and abs(our_seconds(text) - what) <= 0.5
        return text == what if kind == "e" else texts(text) == texts(what)
    except ValueError:
        return False


def agree(a, b):
    if a is None or b is None:
        return texts((a or b or ("s", ""))[1]) == "" if (a or b or ("s",))[0] == "s" else False
    if a[0] != b[0]:
        return False
    if a[0] == "n":
        return abs(a[1] - b[1]) <= 1e-12 * max(abs(a[1]), abs(b[1]))
    if a[0] in "dt":
        return abs(a[1] - b[1]) <= 0.5
    return a[1] == b[1] if a[0] != "s" else texts(a[1]) == texts(b[1])


def agreed(values, votes):
    """The value that enough readers agree on, if only one is; as a list of none or one. Gnumeric keeps dates as numbers: it has no vote on them."""
    if any(v and v[0] in "dt" for v in values.values()):
        values = {k: v for k, v in values.items() if k != "gnumeric" or not v or v[0] != "n"}
    values, found = list(values.values()), []
    for v in values:
        if sum(agree(v, w) for w in values) >= votes and not any(agree(v, f) for f in found):
            found.append(v)
    return found if len(found) == 1 else []


def judge(job):
    path, fmt, options = job
    mine, readers = ours(options.program, path), {}
    for name in READERS:
        place = f"{options.cache}/{key(path)}.{name}"
        if fmt in READERS[name][1] and os.path.exists(place) and os.path.getsize(place) > 0:
            got = pickle.load(open(place, "rb"))
            if not isinstance(got, str):
                readers[name] = got
    if isinstance(mine, str):
        bad = mine.startswith(("HANGS", "STATUS")) or len(readers) >= 2
        return path, fmt, "wrong" if bad else "right", [f"refused: {mine} (read by {' '.join(readers) or 'nobody'})"]
    if len(readers) < options.votes:
        return path, fmt, "unjudged", [f"read by {' '.join(readers) or 'nobody'}"]
    wrong, judged = [], 0
    places = set(mine)
    for cells in readers.values():
        places |= set(cells)
    for at in sorted(places)[:MOST]:
        values = {name: cells.get(at) for name, cells in readers.items()}
        for v in agreed(values, options.votes):
            judged += 1
            if not same(mine.get(at), v):
                wrong.append(f"R{at[0]}C{at[1]}: {mine.get(at)!r:.60}, not {v!r:.60} ({' '.join(n for n, w in values.items() if agree(v, w))})")
    return path, fmt, "wrong" if wrong else "right", [f"{len(wrong)} of {judged} cells"] + wrong[:options.cells]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", nargs="+")
    p.add_argument("--program", default="bin/hg-extract")
    p.add_argument("--cache", default=os.path.join(tempfile.gettempdir(), "hg-corpus"))
    p.add_argument("--votes", type=int, default=2)
    p.add_argument("--cells", type=int, default=5, help="wrong cells shown of a file")
    p.add_argument("--jobs", type=int, default=2)
    p.add_argument("--without", default="", help="readers not to be asked, apart by commas")
    options = p.parse_args()
    os.makedirs(options.cache, exist_ok=True)
    files = sorted(f for d in options.folder for f in ([d] if os.path.isfile(d) else glob.glob(d + "/**/*", recursive=True)) if os.path.isfile(f))
    files = [(f, FORMATS[f.rsplit(".", 1)[-1].lower()]) for f in files if f.rsplit(".", 1)[-1].lower() in FORMATS]
    names = [n for n in READERS if here(READERS[n][2]) and n not in options.without.split(",")]
    print(f"{len(files)} files; readers: {' '.join(names)}", flush=True)
    jobs = [(f, fmt, n, options.cache) for f, fmt in files for n in names if n != "libreoffice" and fmt in READERS[n][1]]
    with multiprocessing.Pool(options.jobs) as pool:
        for _ in pool.imap_unordered(read_one, jobs, chunksize=8):
            pass
        if "libreoffice" in names:
            convert([f for f, _ in files], options.cache)
        counts = collections.defaultdict(collections.Counter)
        for path, fmt, verdict, lines in pool.imap(judge, [(f, fmt, options) for f, fmt in files], chunksize=4):
            counts[fmt][verdict] += 1
            if verdict != "right" or lines[0].startswith("refused"):
                print(f"{verdict} {path}: " + "\n    ".join(lines), flush=True)
    for fmt, c in sorted(counts.items()):
        judged = c["right"] + c["wrong"]
        print(f"{fmt}: {c['right']} of {judged} right, {100 * c['right'] / max(judged, 1):.2f} %; {c['unjudged']} not judged")


main()
