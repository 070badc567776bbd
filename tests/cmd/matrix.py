"""matrix.py good|bad|same - the cells of tests/cases/matrix.tsv in one table, a column for each line.
matrix.py whole - that each type of Table Schema 2.0 is there with each format and constraint it can have."""
import csv, json, subprocess, sys, tempfile


def cells(text):
    return [] if text in ("", "=") else [c.replace("<EMPTY>", "") for c in text.split("|")]


def lines():
    for line in open("tests/cases/matrix.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            fields, _, pairs = line.rstrip("\n").partition("\t=")
            kind, rest, good, types, constraints = (fields.split("\t") + [""] * 5)[:5]
            yield {"type": kind, **json.loads(rest)}, cells(good), cells(types), cells(constraints), cells(pairs.strip("\t"))


def report(columns, unique=False):
    """What is found in a table of these columns: (column, index of the cell): codes."""
    height = max(len(c) for _, c in columns)
    with tempfile.TemporaryDirectory() as folder:
        fields = [{"name": f"f{i}", "notPersonal": "made up", **json.loads(json.dumps(f))} for i, (f, _) in enumerate(columns)]
        for f in fields if unique else []:
            f.setdefault("constraints", {})["unique"] = True
        with open(f"{folder}/schema.json", "w") as out:
            json.dump({"fields": [{"name": "stt"}, *fields]}, out)
        with open(f"{folder}/t.csv", "w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out, lineterminator="\n")
            rows.writerow(["stt", *(f["name"] for f in fields)])
            for i in range(height):  # short columns repeat their first cell, or stay empty
                rows.writerow([i, *(c[i] if i < len(c) else "" if unique or not c else c[0] for _, c in columns)])
        p = subprocess.run(["hg-validate", "-q", "-S", f"{folder}/schema.json", "--report-format", "json", f"{folder}/t.csv"],
                           capture_output=True, text=True)
        assert p.returncode in (0, 1), p.stderr
        found = {}
        for e in json.loads(p.stdout)["tasks"][0]["errors"]:
            found.setdefault((e["fieldNumber"] - 2, e["rowNumber"] - 2), []).append(e["type"])
        return found


def good():
    columns = [(f, g or [""]) for f, g, _, _, _ in lines()]
    wrong = {(str(columns[c][0]), columns[c][1][r]): e for (c, r), e in report(columns).items() if r < len(columns[c][1])}
    assert not wrong, wrong
    return len(columns)


def bad():
    n = 0
    for at, code in ((2, "type-error"), (3, "constraint-error")):
        columns = [(line[0], line[at]) for line in lines() if line[at]]
        found = report(columns)
        for c, (field, column) in enumerate(columns):
            for r, cell in enumerate(column):
                assert set(found.get((c, r), [])) == {code}, (field, cell, found.get((c, r)))
                n += 1
    return n


def same():
    columns = [(f, [x for pair in pairs for x in pair.split("=")]) for f, _, _, _, pairs in lines() if pairs]
    found, n = report(columns, unique=True), 0
    for c, (field, column) in enumerate(columns):
        for r, cell in enumerate(column):
            wanted = ["unique-error"] if r % 2 else []
            assert found.get((c, r), []) == wanted, (field, cell, found.get((c, r)))
            n += 1
    return n


# What Table Schema 2.0 says is applicable: https://datapackage.org/standard/table-schema/#field-types, and #field-constraints.
TIMED, ANY = ("date", "time", "datetime"), ("string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date",
                                            "time", "year", "yearmonth", "duration", "geopoint", "geojson", "any")
ORDERED = ("integer", "number", "year", "yearmonth", "duration", *TIMED)
CONSTRAINTS = {"required": ANY, "enum": ANY, "minLength": ("string", "array", "object"), "maxLength": ("string", "array", "object"),
               "minimum": ORDERED, "maximum": ORDERED, "exclusiveMinimum": ORDERED, "exclusiveMaximum": ORDERED,
               "jsonSchema": ("array", "object"), "pattern": ("string",), "unique": ANY}
OTHERS = {"string": [{"format": f} for f in ("email", "uri", "binary", "uuid")] + [{"categories": None}, {"missingValues": None}],
          "number": [{"decimalChar": None}, {"groupChar": None}, {"bareNumber": None}],
          "integer": [{"groupChar": None}, {"bareNumber": None}, {"categories": None}],
          "boolean": [{"trueValues": None}, {"falseValues": None}],
          **{t: [{"format": "any"}] for t in TIMED},
          "list": [{"delimiter": None}] + [{"itemType": t} for t in ("string", "integer", "boolean", "number", "datetime", "date", "time")],
          "geopoint": [{"format": "array"}, {"format": "object"}], "geojson": [{"format": "topojson"}]}


def whole():
    """Constraints need a cell that keeps and one that breaks them; formats and the rest a cell that fits."""
    all_lines, n = list(lines()), 0
    for constraint, types in CONSTRAINTS.items():
        for kind in types:
            fits = [line for line in all_lines if line[0]["type"] == kind]
            if constraint == "unique":
                assert any(pairs for _, _, _, _, pairs in fits), (kind, constraint)
            else:
                assert any(g and b for f, g, _, b, _ in fits if constraint in f.get("constraints", {})), (kind, constraint)
            n += 1
    for kind, wanted in OTHERS.items():
        for other in wanted:
            (key, value), = other.items()
            assert any(g for f, g, _, _, _ in all_lines if f["type"] == kind and key in f and value in (None, f[key])), (kind, other)
            n += 1
    assert all(any(f["type"] == t and "%" in f.get("format", "") for f, *_ in all_lines) for t in TIMED)
    return n


print({"good": good, "bad": bad, "same": same, "whole": whole}[sys.argv[1]](), "of them")
