"""conformance.py checks|vectors SUITE - what run.py of the suite leaves out: the recorded cases of checks that are
asked for (a line each, as run.py -v prints them), and the cell vectors (fails naming those that differ)."""
import ast, json, os, shutil, subprocess, sys, tempfile
from pathlib import Path

mode, suite = sys.argv[1], Path(sys.argv[2])
work = Path(tempfile.mkdtemp())


def report(*options):
    run = subprocess.run(["hg-validate", "-q", "--report-format", "json", *options], cwd=work, capture_output=True, text=True)
    try:
        return [e for task in json.loads(run.stdout)["tasks"] for e in task["errors"]]
    except ValueError:
        return [{"type": f"status {run.returncode}: {run.stderr}"}]


def place(error, row="rowNumber", field="fieldNumber"):
    return (error.get(row), error.get(field), error["type"])


def resource(d):
    d = {k: v for k, v in d.items() if k not in ("scheme", "compression")}
    if d.get("format") == "inline":
        del d["format"]
    return d


def checks():
    shutil.copytree(suite / "data", work / "data")
    for line in open(suite / "cases.jsonl", encoding="utf-8"):
        case = json.loads(line)
        asked = case["options"].get("checklist", {}).get("checks")
        if not asked or asked == [{}]:  # {}: a check written in Python
            continue
        (work / "case.json").write_text(json.dumps(resource(case["descriptor"])))
        (work / "checks.json").write_text(json.dumps(asked))
        got = sorted(map(str, map(place, report("--checks", "checks.json", "case.json"))))
        want = sorted(str(place(e, "row", "field")) for e in case["errors"])
        print("ok" if got == want else "differs", case["id"], f"want {want[:4]} got {got[:4]}", sep="\t")


def field(row):
    kind, _, form, _, _, options, _ = row
    made = {"name": "a", "type": kind, **(ast.literal_eval(options) if options else {})}
    made.pop("floatNumber", None)
    if form:
        made["format"] = ast.literal_eval(form)
    return made


def texts():
    """The vectors whose source is a text; an empty one is no value at all."""
    for line in open(suite / "field-vectors.tsv", encoding="utf-8").read().split("\n")[1:]:
        row = (line.split("\t") + [""] * 7)[:7]
        try:
            source = ast.literal_eval(row[3])
        except (SyntaxError, ValueError):
            continue
        if isinstance(source, str) and source and row[0] != "type":
            yield source, row[4] != "None", field(row)


def vectors():
    cells = list(texts())
    tables = [{"name": str(i), "data": [["a"], [source]], "schema": {"fields": [made]}} for i, (source, _, made) in enumerate(cells)]
    (work / "case.json").write_text(json.dumps({"resources": tables}))
    run = subprocess.run(["hg-validate", "-q", "--report-format", "json", "case.json"], cwd=work, capture_output=True, text=True)
    tasks = json.loads(run.stdout)["tasks"]
    wrong = [c for c, task in zip(cells, tasks) if task["valid"] != c[1]]
    if len(cells) < 200 or len(tasks) != len(cells) or wrong:
        sys.exit(f"{len(cells)} vectors, {len(tasks)} judged; differ: {wrong[:5]}")


try:
    {"checks": checks, "vectors": vectors}[mode]()
finally:
    shutil.rmtree(work)
