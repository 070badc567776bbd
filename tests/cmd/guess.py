#!/usr/bin/python3
"""guess.py - what a guessed recipe takes out of a source, seen by other readers: questions of settle (lib.sh),
gives WANT RECIPE SOURCE.

Extracts with the recipe, table by table, and reads the source with the readers of real.py. Every value is that of the
cell it names; every number of a sheet is a value, or a text of a list, or stands: above the first value (a heading or
title), in a column whose texts the rows give (codes, years, labels), or in one that counts rows or a row that counts
columns. Wanted are: sheets with tables, values or records, how much of the numbers below the first are values in percent,
and "right": nothing is invented or lost."""
import csv
import io
import json
import subprocess
import tarfile

from answers import answer
from real import address, is_symbol, plain, same_number, sheets_of, show


def is_number(text):
    try:
        return float(text) is not None
    except ValueError:
        return False


def number(value):
    """A number, or a text of one without zeros before it; None."""
    if isinstance(value, str) and is_number(value) and not (value[:1] == "0" and value[1:2].isdigit()):
        return float(value)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def counting(values):
    numbers = [n for n in map(number, values) if n is not None]
    steps = sum(1 for a, b in zip([0] + numbers, numbers) if b in (a + 1, 0, 1))
    return len(numbers) > 0 and steps >= 0.8 * len(numbers)


def look(rows, specs, sheet, symbols):
    """Invented and lost cells of one sheet."""
    wrong, taken, given = [], set(), {}
    value = next((i for i, s in enumerate(specs) if s.get("from") == "value"), None)
    for at, row in rows:
        given.setdefault(at[0], set()).update(plain(t) for t in row)
        if value is None:
            continue
        cell = sheet.cells.get(at)
        fine = is_number(row[value]) and same_number(cell, row[value]) if row[value] else is_symbol(str(cell).strip(), symbols)
        taken.add(at)
        if not fine:
            wrong.append(("invented", at, cell, row[value]))
    if not rows:
        return wrong, taken
    first = min(at[0] for at, _ in rows)
    columns, lines = {}, {}
    for (r, c), cell in sorted(sheet.cells.items()):
        lines.setdefault(r, []).append(cell)
        if r >= first:
            columns.setdefault(c, []).append(cell)
    columns = {c: counting(v) for c, v in columns.items()}
    for (r, c), cell in sheet.cells.items():
        if (r, c) in taken or number(cell) is None or r < first:
            continue
        texts = given.get(r, set())
        if plain(show(cell)) in texts or any(is_number(t) and float(t) == number(cell) for t in texts):
            continue
        if columns[c] or (len(lines[r]) > 2 and counting(lines[r])):
            continue
        wrong.append(("lost", (r, c), cell, ""))
    return wrong, taken


def gives(want, path, name):
    """The recipe at path takes out of the source what guessed.tsv says."""
    recipe = json.load(open(path, encoding="utf-8"))
    sheets = sheets_of(name)
    stream = subprocess.run(["hg-extract", "-r", path, name], capture_output=True, check=False)
    assert stream.returncode in (0, 1), f"the recipe does not fit: {stream.stderr.decode()[:300]}"
    tables = {t.get("name"): t for t in recipe.get("tables", [recipe])}
    if len(tables) == 1:
        tables = {None: recipe}
    found, header = {}, {}
    with tarfile.open(fileobj=io.BytesIO(stream.stdout)) as tar:
        for entry in tar:
            if not entry.name.startswith("data/"):
                continue
            resource = entry.name.split("/")[1]
            for row in csv.reader(io.StringIO(tar.extractfile(entry).read().decode("utf-8"))):
                if resource not in header:
                    header[resource] = row[1:]
                    continue
                key = (entry.pax_headers.get("HG.sheet"), resource)
                found.setdefault(key, []).append((address(row[0]), row[1:]))
    wrong, values, numbers, total = [], 0, 0, 0
    for (title, resource), rows in found.items():
        table = tables.get(None if None in tables else resource)
        specs = [s if isinstance(s, dict) else {"from": s} for s in table["columns"].values()]
        bad, taken = look(rows, specs, sheets[title], table.get("symbols", {}))
        wrong += [(title, *w) for w in bad]
        values += len(taken) or len(rows)
        cells, first = sheets[title].cells, min(at[0] for at, _ in rows)
        numbers += sum(number(cells[at]) is not None for at in taken)
        total += sum(number(v) is not None for (r, _), v in cells.items() if r >= first and taken)
    share = f"{100 * numbers // total}%" if total else "list"
    said = f"{len(found)} {values} {share} {'wrong' if wrong else 'right'}"
    assert said == want, f"{said}, not {want} {wrong[:8]}"


if __name__ == "__main__":
    answer({"gives": gives})
