"""parts.py ROUNDS - random tables, split at random rows into 1 to 8 parts, checked apart and merged in random order and
grouping: the report on the whole is the same, but that it names the file of a part and the row within."""
import json, os, random, subprocess, sys, tempfile

RULES = {
    "fields": [
        {"name": "ma", "type": "integer", "constraints": {"minimum": 3}},
        {"name": "tren", "type": "integer"},
        {"name": "vung", "type": "string", "constraints": {"enum": ["B", "N", "T"]}},
        {"name": "ten", "type": "string", "constraints": {"unique": True, "maxLength": 6}},
        {"name": "nam", "type": "year"},
        {"name": "gioi", "type": "string"},
        {"name": "v", "type": "number"},
        {"name": "sao", "type": "any"},
        {"name": "chu", "type": "string"},
        {"name": "stt", "type": "integer"},
    ],
    "missingValues": ["", "-"],
    "foreignKeys": [{"fields": "tren", "reference": {"resource": "", "fields": "ma"}}],
}
SUM = {"type": "sum", "field": "v", "dimension": "gioi", "total": "T", "parts": ["M", "F"]}
CHECKS = [
    {"type": "duplicate-row"},
    {"type": "forbidden-value", "fieldName": "v", "values": [7]},
    {"type": "required-value", "fieldName": "vung", "values": ["B", "Q"]},
    {"type": "deviated-value", "fieldName": "v", "interval": 2},
    {"type": "deviated-value", "fieldName": "tren", "interval": 1, "average": "median"},
    {"type": "deviated-value", "fieldName": "sao", "interval": 1, "average": "mode"},
    {"type": "deviated-cell", "interval": 0.5},
    {"type": "row-constraint", "formula": "v > 0 or nam < 2020"},
    {"type": "ascii-value"},
    {"type": "table-dimensions", "maxRows": 40, "numFields": 10},
    {"type": "truncated-value"},
    {"type": "sequential-value", "fieldName": "stt"},
    {"type": "sequential-value", "fieldName": "ten"},
    {"type": "sequential-value", "fieldName": "v"},
]


def schema(r):
    made = json.loads(json.dumps(RULES))
    kind = r.randrange(4)
    if kind == 1:
        made["primaryKey"] = ["ma"]
    if kind > 1:
        made["primaryKey"] = ["vung", "nam", "gioi"]
        made["rules"] = [SUM]
    if r.random() < 0.5:
        made["uniqueKeys"] = [["ma", "tren"]]
    if r.random() < 0.5:
        made["checks"] = r.sample(CHECKS, r.randrange(1, len(CHECKS)))
    return made


def row(r, i):
    pick = lambda usual, odd: usual if r.random() < 0.93 else r.choice(odd)
    cells = [
        pick(str(i + 3), ["x", "", "1", "3", "4", "007"]),
        pick(str(r.randrange(3, i + 4)), ["", "-", "99999", "y"]),
        pick(r.choice("BNT"), ["Q", "", '"B"']),
        pick(f"t{i}", ["t1", "t2", "dài quá rồi đấy", '"a,b"', '"x""y"', ""]),
        pick(str(2000 + r.randrange(40)), ["20x", ""]),
        pick(r.choice("TMF"), ["X", ""]),
        pick(str(r.randrange(9)), ["7", "1e9", "", "a", "32767"]),
        r.choice(["1", "2.5", "", "-"]) if r.random() < 0.985 else r.choice(["1000", "x"]),
        r.choice(["ê" * r.randrange(4), "d" * 254, "đ" * 255]) if r.random() < 0.95 else "ư" * r.choice([4999, 5001, 6000]),
        str(i + 1) if r.random() < 0.99 else "0",
    ]
    cut = r.random()
    if cut < 0.01:
        return ""
    return ",".join(cells[:-1] if cut < 0.02 else cells + ["x"] if cut < 0.03 else cells)


def run(*arguments, status=None):
    p = subprocess.run(["hg-validate", *arguments], capture_output=True, text=True)
    assert p.returncode in ((status,) if status is not None else (0, 1)), (arguments, p.returncode, p.stderr)
    return p.stdout


CODES = set()


def same_places(whole, merged, starts):
    """Errors are the same, and those of the merged report lead to the same row in their part."""
    for w, m in zip(whole, merged, strict=True):
        part = int(m["file"].rsplit("-", 1)[1][:-4]) if "file" in m else 0
        at = starts[part] + m["row"] - 1 if m.get("rowNumber") else m.get("row")
        strip = lambda e: {k: v for k, v in e.items() if k not in ("file", "row")}
        CODES.add(w["type"])
        assert strip(w) == strip(m) and w.get("row") == at, (w, m)


def same_row_by_row(whole, common, folder):
    """A key of a field that no column holds keeps rows from being looked at by several threads before; the report is the
    same, as it is with one thread."""
    with open(f"{folder}/schema.json", encoding="utf-8") as f:
        made = json.load(f)
    made["fieldsMatch"] = "superset"
    made["fields"].append({"name": "không", "type": "string"})
    made["uniqueKeys"] = [*made.get("uniqueKeys", []), ["không"]]
    with open(f"{folder}/serial.json", "w", encoding="utf-8") as f:
        json.dump(made, f)
    serial = [f"{folder}/serial.json" if word.endswith("schema.json") else word for word in common]
    report = lambda before, options: json.loads(subprocess.run(
        [*before, "hg-validate", "-q", "--report-format", "json", *options, f"{folder}/t-0.csv"],
        capture_output=True, text=True).stdout)
    for before, options in ([], serial), (["taskset", "-c", "0"], common):
        same = report(before, options)
        assert same == whole, (before, options, [e for e in zip(same["tasks"][0]["errors"], whole["tasks"][0]["errors"]) if e[0] != e[1]][:1])


def merge(r, states, folder):
    """Put states together two or three at a time, until they are few enough."""
    n = 0
    while len(states) > 2 and r.random() < 0.7:
        r.shuffle(states)
        k, n = r.randrange(1, len(states)), n + 1
        run("--merge", "--partial", f"{folder}/merged-{n}", *states[:k], status=0)
        states = states[k:] + [f"{folder}/merged-{n}"]
    r.shuffle(states)
    return states


def round_(r, folder):
    n, limit = r.randrange(0, 80), r.choice(["1000", "3", "1"])
    lines = [row(r, i) for i in range(n)]
    lines = [r.choice(lines) if r.random() < 0.03 else line for line in lines]
    header = "ma,tren,vung,ten,nam,gioi,v,sao,chu,stt" if r.random() < 0.9 else "ma,tren,vung,ten,nam,gioi,v,sao,chu,stt,them"
    with open(f"{folder}/schema.json", "w", encoding="utf-8") as f:
        json.dump(schema(r), f)
    write = lambda name, some: open(f"{folder}/{name}", "w", encoding="utf-8").write("\n".join([header, *some]) + "\n")
    write("t-0.csv", lines)
    common = ["-S", f"{folder}/schema.json", "--max-findings", limit]
    whole = json.loads(run("-q", "--report-format", "json", *common, f"{folder}/t-0.csv"))
    if not header.endswith("them"):  # for which schemas that match otherwise have other words
        same_row_by_row(whole, common, folder)
    cuts = sorted(r.randrange(0, n + 1) for _ in range(r.randrange(0, 8)))
    ends, starts, states = [*cuts, n], {0: 1}, []
    for i, end in enumerate(ends, 1):
        start = ends[i - 2] if i > 1 else 0
        starts[i] = start + 1
        write(f"t-{i}.csv", lines[start:end])
        run("--partial", f"{folder}/s-{i}", "--part", f"{i}/{len(ends)}", *common, f"{folder}/t-{i}.csv", status=0)
        states.append(f"{folder}/s-{i}")
    merged = json.loads(run("--merge", "--report-format", "json", *merge(r, states, folder)))
    w, m = whole["tasks"][0], merged["tasks"][0]
    same_places(w.pop("errors"), m.pop("errors"), starts)
    same_places(w.pop("warnings"), m.pop("warnings"), starts)
    for task in (w, m):
        task.pop("name"), task.pop("place", None)
    assert whole == merged, (whole, merged)
    return w["stats"]["errors"]


def main():
    errors = 0
    for seed in range(int(sys.argv[1])):
        with tempfile.TemporaryDirectory() as folder:
            try:
                errors += round_(random.Random(seed), folder)
            except AssertionError:
                print("round", seed, file=sys.stderr)
                raise
    missing = {"primary-key", "unique-error", "foreign-key", "sum-error", "duplicate-row", "deviated-value", "blank-row",
               "required-value", "forbidden-value", "table-dimensions", "deviated-cell", "row-constraint", "ascii-value", "check-error", "sequential-value", "type-error", "constraint-error", "missing-cell",
               "extra-cell", "extra-label"} - CODES
    assert not missing, missing
    print(errors, "errors, all of them merged")


main()
