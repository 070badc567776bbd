"""json-schema.py SUITE DRAFT [N] - run hg-validate --json-schema over the JSON Schema Test Suite, two at a time: every
case, or of each N in a row one. Prints how many tests came out as the suite says; fails naming those that did not."""
import json, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

suite, draft = Path(sys.argv[1]), sys.argv[2]
every = int(sys.argv[3]) if len(sys.argv) > 3 else 1


def run(work, number, case):
    wrong = []
    schema = work / f"{number}.schema.json"
    schema.write_text(json.dumps(case["schema"]), encoding="utf-8")
    for test in case["tests"]:
        done = subprocess.run(["hg-validate", "--json-schema", schema, "--remotes", suite / "remotes", "-"],
                              input=json.dumps(test["data"]), text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode != (0 if test["valid"] else 1):
            wrong.append(f"{case['description']}: {test['description']}: status {done.returncode} {done.stderr}")
    return wrong


cases = [c for name in sorted((suite / "tests" / draft).glob("*.json")) for c in json.loads(name.read_text(encoding="utf-8"))]
cases = cases[::every]
with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
    wrong = sum(pool.map(lambda c: run(Path(folder), *c), enumerate(cases)), [])
total = sum(len(c["tests"]) for c in cases)
print(f"{total - len(wrong)}/{total}")
sys.exit("\n".join(wrong[:10]) if wrong else 0)
