"""spill.py FOLDER PEAK - keys, references and sums that the memory is too small for: with 1 MiB for them hg-validate takes no more
than 1 MiB above what it takes without any, and its report is the one that it gives with room for all. Split at random
rows into parts, checked apart and merged within 1 MiB, the table has that report, too."""
import json, pathlib, random, shutil, subprocess, sys

GROUPS, CODES = 60000, 150000
SLACK = 1.5  # MiB: what differs from run to run
AHEAD = 4.2  # MiB for each digest and cell of rows that threads have seen, and that are not entered yet
r = random.Random(5)

FIELDS = [
    {"name": "ma", "type": "integer"},
    {"name": "gioi", "type": "string"},
    {"name": "tren", "type": "integer"},
    {"name": "vung", "type": "string"},
    {"name": "v", "type": "number"},
]
KEY = ["ma", "gioi"]
SELF = {"fields": ["tren", "gioi"], "reference": {"resource": "", "fields": ["ma", "gioi"]}}
SUM = {"type": "sum", "field": "v", "dimension": "gioi", "total": "T", "parts": ["M", "F"]}
CHECKS = {
    "deviated-value": [{"type": "deviated-value", "fieldName": "v", "interval": 2.4, "average": average}
                       for average in ("mean", "median", "mode")],
    "duplicate-row": [{"type": "duplicate-row"}],
}


def schema(**more):
    return {"fields": FIELDS, **more}


def rows():
    """Groups of a total and its parts, all over the table; some wrong, some twice, some leading nowhere."""
    made = []
    for i in range(GROUPS):
        parts = [r.randrange(1000), r.randrange(1000)]
        for gioi, v in zip("TMF", [sum(parts) + (r.random() < 0.01), *parts]):
            tren = r.randrange(GROUPS) if r.random() < 0.995 else GROUPS + i
            code = r.randrange(CODES) * 2 + (r.random() < 0.005)
            made.append(f"{i if r.random() < 0.998 else 0},{gioi},{tren},k{code},{v}")
    made += r.sample(made, 50)
    r.shuffle(made)
    return made


def run(*arguments, status=1):
    """Output and peak MiB of hg-validate, which exits with status."""
    peak = f"{sys.argv[1]}/peak"
    command = [sys.argv[2], peak, "hg-validate", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    assert done.returncode == status, (arguments, done.returncode)
    with open(peak) as told:
        return done.stdout, int(told.read()) / 1024


def compare(name, bare, arguments, ahead=0):
    """The same report with much and with little memory, and how much either takes; bare: what checks no keys; ahead:
    MiB that do not grow with the rows."""
    _, without = run("-q", *bare, status=0)
    much, high = run("-q", "--max-findings", 100, *arguments)
    little, low = run("-q", "--max-findings", 100, "--max-memory", 1, *arguments)
    assert much == little, name
    assert low <= without + 1 + ahead + SLACK, (name, low, without)
    assert high > low + 1, (name, high, low)  # or nothing was tried
    print(f"{name}: {without:.1f} MiB without keys, {low:.1f} with 1 MiB for them, {high:.1f} with room for all")
    return much


def table(folder, data):
    (folder / "t.csv").write_text("\n".join(["ma,gioi,tren,vung,v", *data]) + "\n")
    for name, of in (("bare", schema()), ("self", schema(foreignKeys=[SELF])), ("sum", schema(primaryKey=KEY, rules=[SUM])),
                     ("all", schema(primaryKey=KEY, foreignKeys=[SELF], rules=[SUM]))):
        (folder / f"{name}.json").write_text(json.dumps(of))
    bare = ["-S", folder / "bare.json", folder / "t.csv"]
    for name, seen, codes in (("self", 4, ["foreign-key"]), ("sum", 3, ["primary-key", "sum-error"]),
                              ("all", 7, ["foreign-key", "sum-error"])):
        told = compare(name, bare, ["-S", folder / f"{name}.json", folder / "t.csv"], seen * AHEAD)
        assert all(f"error {code}" in told for code in codes), name
    for name, checks in CHECKS.items():
        (folder / "checks.json").write_text(json.dumps(checks))
        assert f"error {name}" in compare(name, bare, ["--checks", folder / "checks.json", *bare], len(checks) * AHEAD)


def long_cells(folder):
    """Cells of which most are long, so that their lengths are kept, too."""
    (folder / "long.csv").write_text("a,b\n" + "".join(
        f"{'ê' * r.randrange(250, 270)},{'b' * (6000 if r.random() < 0.001 else r.randrange(255, 300))}\n" for _ in range(120000)))
    (folder / "long.json").write_text(json.dumps({"fields": [{"name": "a"}, {"name": "b"}]}))
    (folder / "checks.json").write_text('[{"type": "deviated-cell"}]')
    bare = ["-S", folder / "long.json", folder / "long.csv"]
    assert "error deviated-cell" in compare("deviated-cell", bare, ["--checks", folder / "checks.json", *bare], AHEAD)


def package(folder, name, lists, at=None):
    """A data package of a table whose vung is in the table "lists", which stands in it or in another package."""
    reference = {"resource": "vung", "fields": ["ma"], **({"package": at} if at else {})}
    (folder / name).mkdir()
    shutil.copy(folder / "t.csv", folder / name / "t.csv")
    codes = {"name": "vung", "path": "vung.csv", "schema": {"fields": [{"name": "ma", "type": "string"}]}}
    table = {"name": "t", "path": "t.csv", "schema": schema(foreignKeys=[{"fields": ["vung"], "reference": reference}])}
    home = folder / name / at if at else folder / name
    if at:
        home.mkdir()
        (home / "datapackage.json").write_text(json.dumps({"name": "khac", "resources": [codes]}))
    (home / "vung.csv").write_text("ma\n" + "\n".join(lists) + "\n")
    whole = {"name": "goi", "resources": [table] if at else [codes, table]}
    (folder / name / "datapackage.json").write_text(json.dumps(whole))
    del table["schema"]["foreignKeys"]
    (folder / name / "bare.json").write_text(json.dumps(whole))
    told = compare(name, [folder / name / "bare.json"], [folder / name / "datapackage.json"])
    assert "error foreign-key" in told, name


def code_list(folder, lists):
    """The same as a code list of a data set; the table comes in parts, too."""
    home = folder / "datasets" / "thu"
    (home / "codes").mkdir(parents=True)
    shutil.copy("tests/cases/package/minimal/dan-so/dataset.json", home)
    description = json.loads((home / "dataset.json").read_text())
    description["id"] = "thu"
    (home / "dataset.json").write_text(json.dumps(description))
    (home / "codes" / "vung.csv").write_text("ma\n" + "\n".join(lists) + "\n")
    key = {"fields": ["vung"], "reference": {"resource": "codes/vung", "fields": ["ma"]}}
    (home / "schema.json").write_text(json.dumps(schema(primaryKey=KEY, foreignKeys=[key, SELF], rules=[SUM])))
    much, _ = run("-q", "-d", home, folder / "t.csv")
    little, _ = run("-q", "--max-memory", 1, "-d", home, folder / "t.csv")
    assert much == little and all(f"error {code}" in much for code in ("foreign-key", "sum-error", "primary-key"))
    return ["-d", home], much


def parts(folder, data, options, whole):
    """Random parts, whose states are merged in any order. Findings name the file and row of a part, the rest is the same."""
    ends = [*sorted(r.sample(range(len(data)), 3)), len(data)]
    states, start, places = [], 0, {}
    for i, end in enumerate(ends, 1):
        file = folder / f"p-{i}.csv"
        file.write_text("\n".join(["ma,gioi,tren,vung,v", *data[start:end]]) + "\n")
        states.append(folder / f"s-{i}")
        run("--partial", states[-1], "--part", f"{i}/{len(ends)}", "--max-memory", 1, *options, file, status=0)
        places[file.name] = start
        start = end
    r.shuffle(states)
    merged, _ = run("--merge", "--max-memory", 1, *states)

    def place(line):
        file, colon, rest = line.partition(":")
        if not colon or not file.endswith(".csv"):
            return line
        row, colon, rest = rest.partition(":")
        return f"t.csv:{int(row) + places.get(file, 0)}:{rest}"

    merged, whole = ([place(line) for line in text.splitlines()] for text in (merged, whole))
    for a, b in zip(merged, whole, strict=True):
        assert a == b, (a, b)


def main():
    folder, data = pathlib.Path(sys.argv[1]), rows()
    lists = [f"k{2 * i}" for i in range(CODES)]
    r.shuffle(lists)
    table(folder, data)
    long_cells(folder)
    package(folder, "goi", lists)
    package(folder, "xa", lists, "khac")
    options, told = code_list(folder, lists)
    parts(folder, data, options, told)


main()
