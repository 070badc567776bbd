"""split.py ROUNDS - random tables: rows with an error go to the split file, all others pass on, none is lost, and the
reasons are those of the report."""
import csv, io, json, random, subprocess, sys, tempfile

SCHEMA = {
    "fields": [
        {"name": "ma", "type": "string", "constraints": {"unique": True}},
        {"name": "tren", "type": "string"},
        {"name": "v", "type": "integer", "constraints": {"maximum": 50}},
    ],
    "foreignKeys": [{"fields": "tren", "reference": {"resource": "", "fields": "ma"}}],
}


def row(r, i):
    cells = [f"m{i}" if r.random() < 0.9 else r.choice(["m1", '"m,""2"', ""]), f"m{r.randrange(i + 1)}",
             str(r.randrange(50)) if r.random() < 0.9 else r.choice(["x", "99", '"a\nb"'])]
    return "" if r.random() < 0.02 else ",".join(cells if r.random() < 0.97 else cells[:-1])


def round_(r, folder):
    lines = [row(r, i) for i in range(r.randrange(1, 60))]
    source = "\n".join(["ma,tren,v", *lines]) + "\n"
    with open(f"{folder}/t.csv", "w") as f:
        f.write(source)
    with open(f"{folder}/schema.json", "w") as f:
        json.dump(SCHEMA, f)
    common = ["hg-validate", "-S", f"{folder}/schema.json"]
    run = lambda *a: subprocess.run([*common, *a, f"{folder}/t.csv"], capture_output=True, text=True)
    report = json.loads(run("-q", "--report-format", "json", "--max-findings", "1000").stdout)["tasks"][0]["errors"]
    why = {}
    for e in report:
        why.setdefault(e["rowNumber"], []).append((e["type"], e["message"]))
    # few findings are told, but every row has all its reasons; a small memory changes nothing
    p = run("-O", "csv", "--split", f"{folder}/off.csv", "--max-findings", "1", "--report", f"{folder}/r.json",
            "--report-format", "json")
    assert p.returncode == (1 if why else 0), p.stderr
    kept = json.load(open(f"{folder}/r.json"))["tasks"][0]
    assert kept["stats"]["errors"] == len(report) and kept["stats"]["rows"] == len(lines)
    off = list(csv.reader(open(f"{folder}/off.csv")))
    assert off[0] == ["_row", "_codes", "_messages", "ma", "tren", "v"]
    rows = list(csv.reader(io.StringIO(source)))
    assert [int(o[0]) for o in off[1:]] == sorted(why)
    for o in off[1:]:
        n = int(o[0])
        assert o[1] == "; ".join(c for c, _ in why[n]) and o[2] == "; ".join(m for _, m in why[n]), (o, why[n])
        assert o[3:] == (rows[n - 1] or [""]), (o, rows[n - 1])
    passed = list(csv.reader(io.StringIO(p.stdout)))
    assert passed == [x for n, x in enumerate(rows, 1) if n not in why], (passed, why)
    return len(off) - 1


total = 0
for seed in range(int(sys.argv[1])):
    with tempfile.TemporaryDirectory() as folder:
        total += round_(random.Random(seed), folder)
assert total > 50
