"""agree.py CELLS - random cells, most of them good, judged by hg-validate and by plain readers written here from Table
Schema's own text: each cell has the same verdict. The same cells on every machine."""
import datetime, decimal, json, os, random, re, subprocess, sys, tempfile

ROWS = 20000  # of a table
D = decimal.Decimal


def integer(t):
    return int(t) if re.fullmatch(r"[+-]?[0-9]+", t) else None


def number(t):
    return D(t) if re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", t) else None


def date(t):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", t):
        return None
    try:  # XML Schema 1.1 has a year 0000, which is a leap year as 0004 is
        return datetime.date.fromisoformat(t.replace("0000-", "0004-", 1))
    except ValueError:
        return None


def text(t):
    return t


def year(t):
    return int(t) if re.fullmatch(r"[0-9]{4}", t) else None


def boolean(t):
    return {"true": True, "True": True, "TRUE": True, "1": True}.get(t, False if t in ("false", "False", "FALSE", "0") else None)


def some(*texts):
    return lambda r: r.choice(texts)


def digits(n):
    return lambda r: str(r.randrange(10 ** r.randrange(1, n + 1)))


def a_date(r):
    return f"{r.randrange(1900, 2100)}-{r.randrange(1, 13):02}-{r.randrange(1, 29):02}"


def decimals(r):
    return f"{r.choice(['', '', '-'])}{r.randrange(10 ** r.randrange(1, 10))}.{r.randrange(1000):03}"


def word(r):
    return "".join(r.choice(["a", "b", "é", "ậ", "Z", " "]) for _ in range(r.randrange(1, 12))).strip() or "a"


# a field: type, constraints, its plain reader, what is usual, and pieces of what is not
FIELDS = [
    ("integer", {}, integer, digits(17), "0 - + 9 x . 00 1234567890123456789".split()),
    ("integer", {"required": True, "minimum": 1, "maximum": 12}, integer, lambda r: str(r.randrange(1, 13)), "0 13 1 - 007 x".split()),
    ("integer", {"minimum": 0}, integer, digits(9), "- -0 -1 5 + x".split()),
    ("integer", {"exclusiveMinimum": -5, "exclusiveMaximum": 100000}, integer, digits(5), "-5 -4 100000 99999 - 1".split()),
    ("number", {}, number, decimals, "1 . e5 E-2 - + 0 x .5 5.".split()),
    ("number", {"minimum": 0, "maximum": 100}, number, lambda r: f"{r.randrange(100)}.{r.randrange(100):02}", "100 .0 00 1 - 100.01 99.999 1e2".split()),
    ("number", {"exclusiveMinimum": 0.5, "maximum": 2.25}, number, some("1", "1.5", "2.25", "0.51"), "0.5 0.50 2.251 .5 - 2 1".split()),
    ("date", {}, date, a_date, "2024- 02-29 02-30 2023-02-29 -13- 0000-01-01 1-1-1 04-31 x".split()),
    ("date", {"minimum": "2000-01-01"}, date, a_date, "1999-12-31 2000-01-01 x".split()),
    ("year", {"minimum": 2000, "maximum": 2030}, year, lambda r: str(r.randrange(2000, 2031)), "1999 2031 20 0 x -".split()),
    ("boolean", {}, boolean, some("true", "false", "1", "0", "TRUE"), "t True tRUE 2 False".split()),
    ("string", {"enum": ["M", "F", "không rõ"]}, text, some("M", "F", "không rõ"), "m M F x không".split()),
    ("string", {"pattern": "[0-9]{2}"}, text, lambda r: f"{r.randrange(100):02}", "1 a 123 ٠٠ 07".split()),
    ("string", {"pattern": "[A-Z][a-z]*[0-9]+x?"}, text, lambda r: f"Ab{r.randrange(999)}", "A b x 1 Zz9x é".split()),
    ("string", {"pattern": "(T|M)-.{1,3}"}, text, some("T-1", "M-ab", "T-ậậậ"), "T M - T-1234 x".split()),
    ("string", {"minLength": 2, "maxLength": 5}, text, some("ab", "31307", "ậậ", "abc"), "a é ậậậậậậ abcdef x".split()),
    ("string", {}, text, word, ["x"]),
]


def broken(kind, constraints, value, t):
    """How many constraints a value breaks."""
    size = len(t)
    limit = lambda k: datetime.date.fromisoformat(constraints[k]) if kind == "date" else D(str(constraints[k]))
    tests = {
        "required": lambda: False,
        "minimum": lambda: value < limit("minimum"),
        "maximum": lambda: value > limit("maximum"),
        "exclusiveMinimum": lambda: value <= limit("exclusiveMinimum"),
        "exclusiveMaximum": lambda: value >= limit("exclusiveMaximum"),
        "enum": lambda: t not in constraints["enum"],
        "pattern": lambda: not re.fullmatch(constraints["pattern"], t),
        "minLength": lambda: size < constraints["minLength"],
        "maxLength": lambda: size > constraints["maxLength"],
    }
    return sum(tests[k]() for k in constraints)


def judge(field, t):
    """The findings that a cell should have: None, or (code, how many)."""
    kind, constraints, read, _, _ = field
    if t == "":
        return ("constraint-error", 1) if constraints.get("required") else None
    value = read(t)
    if value is None:
        return ("type-error", 1)
    n = broken(kind, constraints, value, t)
    return ("constraint-error", n) if n else None


def cell(r, field):
    chance = r.random()
    if chance < 0.985:
        return field[3](r)
    return "" if chance < 0.987 else "".join(r.choice(field[4]) for _ in range(r.randrange(1, 4)))


def table(r, rows, folder):
    """Write a table and its schema; what should be found, by (row, field, code)."""
    wanted = {}
    schema = {"fields": [{"name": f"f{i}", "type": f[0], "constraints": f[1]} for i, f in enumerate(FIELDS, 1)]}
    with open(f"{folder}/schema.json", "w") as out:
        json.dump(schema, out)
    with open(f"{folder}/t.csv", "w", encoding="utf-8") as out:
        out.write(",".join(f["name"] for f in schema["fields"]) + "\n")
        for row in range(2, rows + 2):
            cells = [cell(r, f) for f in FIELDS]
            for i, (f, t) in enumerate(zip(FIELDS, cells), 1):
                verdict = judge(f, t)
                if verdict:
                    wanted[row, i, verdict[0]] = verdict[1]
            out.write(",".join(cells) + "\n")
    return wanted


def found(folder):
    run = subprocess.run(["hg-validate", "-q", "-S", f"{folder}/schema.json", "--max-findings", "1000000", "--report-format", "json",
                          f"{folder}/t.csv"], capture_output=True, text=True)
    got = {}
    for e in json.loads(run.stdout)["tasks"][0]["errors"]:
        key = (e.get("rowNumber"), e.get("fieldNumber"), e["type"])
        got[key] = got.get(key, 0) + 1
    return got


def main():
    left, seed, errors, cells = int(sys.argv[1]), 0, 0, 0
    while left > 0:
        rows = max(1, min(ROWS, left // len(FIELDS)))
        with tempfile.TemporaryDirectory() as folder:
            wanted = table(random.Random(seed), rows, folder)
            got = found(folder)
            if wanted != got:
                off = sorted(set(wanted.items()) ^ set(got.items()), key=str)[:6]
                lines = open(f"{folder}/t.csv", encoding="utf-8").read().split("\n")
                for (row, field, _), _ in off:
                    print(FIELDS[field - 1][:2], repr(lines[row - 1].split(",")[field - 1]), file=sys.stderr)
                sys.exit(f"they differ in table {seed}: {off}")
        left, seed, errors, cells = left - rows * len(FIELDS), seed + 1, errors + len(wanted), cells + rows * len(FIELDS)
    assert errors > cells // 1000
    print(f"{cells} cells, {errors} of them wrong: the same verdict on each")


main()
