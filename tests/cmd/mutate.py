#!/usr/bin/python3
"""mutate.py N SEED FOLDER DATASET... - forms that people changed: recipes survive or refuse, and no value is ever wrong.

Each DATASET is its folder and a form (xlsx) that its recipe reads. N copies are changed, one to three times each, as
people change forms; the given recipe must then refuse, or give the very rows it gives for the form itself; a recipe
guessed with a confidence of 0.9 or more must give the very values. Prints a line for each that does not, and counts."""
import collections
import csv
import io
import json
import os
import random
import subprocess
import sys
import unicodedata

import openpyxl
from openpyxl.styles import Alignment, Font


class Form:
    """The first visible sheet of a workbook: cells (value, bold, indent, font, format) and merged areas."""

    def __init__(self, name):
        sheet = next(s for s in openpyxl.load_workbook(name).worksheets if s.sheet_state == "visible")
        self.title, self.cells = sheet.title, {}
        for row in sheet.iter_rows():
            for c in row:
                if c.value is not None:
                    self.cells[c.row, c.column] = [c.value, bool(c.font.b), int(c.alignment.indent or 0), c.font.name,
                                                   c.number_format]
        self.merged = [[m.min_row, m.min_col, m.max_row, m.max_col] for m in sheet.merged_cells.ranges]

    def save(self, name):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = self.title
        for (r, c), (value, bold, indent, font, form) in self.cells.items():
            cell = sheet.cell(r, c, value)
            cell.font, cell.number_format = Font(name=font, bold=bold), form
            if indent:
                cell.alignment = Alignment(indent=indent)
        for r1, c1, r2, c2 in self.merged:
            sheet.merge_cells(start_row=r1, start_column=c1, end_row=r2, end_column=c2)
        book.save(name)

    def insert(self, row, texts=()):
        """A row above row, merged areas moved or stretched as spreadsheet programs do."""
        self.cells = {(r + (r >= row), c): v for (r, c), v in self.cells.items()}
        self.merged = [[a + (a >= row), x, b + (b >= row), y] for a, x, b, y in self.merged]
        for c, text in enumerate(texts, 1):
            self.cells[row, c] = [text, False, 0, "Times New Roman", "General"]

    def texts(self, rng, first=1, last=10 ** 6):
        places = [at for at, v in sorted(self.cells.items()) if isinstance(v[0], str) and len(v[0]) > 3 and
                  not v[0][0].isdigit() and
                  first <= at[0] <= last]
        return rng.choice(places) if places else None


# ---- what people do; each takes the form, the rows of its first and last value, and a source of chance ----

def rewrite(form, at, change):
    if at:
        form.cells[at][0] = change(form.cells[at][0])


def blank_above(form, first, last, rng):
    form.insert(rng.randint(1, 3))


def line_above(form, first, last, rng):
    form.insert(1, ["UBND TỈNH HẬU GIANG"])


def blank_inside(form, first, last, rng):
    form.insert(rng.randint(first + 1, last))


def note_below(form, first, last, rng):
    form.insert(max(r for r, _ in form.cells) + 1)
    form.insert(max(r for r, _ in form.cells) + 2, ["Ghi chú: số liệu đã được rà soát"])


def signature_below(form, first, last, rng):
    form.insert(max(r for r, _ in form.cells) + 2, ["", "Hậu Giang, ngày 5 tháng 6 năm 2024"])
    form.insert(max(r for r, _ in form.cells) + 1, ["Người lập biểu", "Thủ trưởng đơn vị"])


def unmerge_one(form, first, last, rng):
    if form.merged:
        form.merged.remove(rng.choice(form.merged))


def unmerge_all(form, first, last, rng):
    form.merged = []


def nbsp(form, first, last, rng):
    for v in form.cells.values():
        if isinstance(v[0], str):
            v[0] = v[0].replace(" ", "\u00a0")


def spaces(form, first, last, rng):
    rewrite(form, form.texts(rng), lambda t: t.replace(" ", "  ") + " ")


def decomposed(form, first, last, rng):
    for v in form.cells.values():
        if isinstance(v[0], str):
            v[0] = unicodedata.normalize("NFD", v[0])


def typo(form, first, last, rng):
    def swap(text):
        k = rng.randrange(1, len(text) - 1)
        return text[:k] + text[k + 1] + text[k] + text[k + 2:]
    rewrite(form, form.texts(rng), swap)


def shout(form, first, last, rng):
    rewrite(form, form.texts(rng), str.upper)


def no_fonts(form, first, last, rng):
    for v in form.cells.values():
        v[1], v[3] = False, "Arial"


def legacy_font(form, first, last, rng):
    for v in form.cells.values():
        v[3] = ".VnTime"


def no_indents(form, first, last, rng):
    for v in form.cells.values():
        v[2] = 0


def numbers_as_texts(form, first, last, rng):
    column = rng.choice([c for (r, c), v in sorted(form.cells.items()) if r >= first and isinstance(v[0], (int, float))])
    for (r, c), v in form.cells.items():
        if c == column and first <= r <= last and isinstance(v[0], (int, float)):
            v[0], v[4] = f"{v[0]:,}".translate(str.maketrans(",.", ".,")), "General"


def heading_lost(form, first, last, rng):
    rulers = {r for (r, _), v in form.cells.items() if v[0] == 1}
    rows = [at for at, v in form.cells.items() if first - 3 <= at[0] < first and
            (isinstance(v[0], str) or (at[0] in rulers and v[0] < 30))]
    if rows:
        del form.cells[rng.choice(sorted(rows))]


def label_lost(form, first, last, rng):
    at = form.texts(rng, first, last)
    if at:
        del form.cells[at]


CHANGES = [blank_above, line_above, blank_inside, note_below, signature_below, unmerge_one, unmerge_all, nbsp, spaces,
           decomposed, typo, shout, no_fonts, legacy_font, no_indents, numbers_as_texts, heading_lost, label_lost]


# ---- what comes out ----

def extract(*arguments):
    """Rows with their cells; None: refused, and nothing came out whole."""
    run = subprocess.run(["hg-extract", "-O", "csv", *arguments], capture_output=True, check=False)
    if run.returncode in (2, 3):
        return None
    if run.returncode != 0:
        sys.exit(f"status {run.returncode}: {arguments}: {run.stderr.decode()[:400]}")
    return list(csv.DictReader(io.StringIO(run.stdout.decode("utf-8"))))


def rows_of(table):
    """Rows as they compare: numbers by what they are worth."""
    return collections.Counter(tuple(sorted((k, worth(v)) for k, v in row.items())) for row in table)


def worth(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return text


def values_of(table, name):
    return collections.Counter(worth(row[name]) for row in table)


def guessed(name, recipe):
    run = subprocess.run(["hg-extract", "--guess", name, "-o", recipe], capture_output=True, check=False)
    if run.returncode == 2:
        return None
    if run.returncode != 0:
        sys.exit(f"status {run.returncode}: --guess {name}: {run.stderr.decode()[:400]}")
    table = extract("-r", recipe, name)
    if table is None:
        return collections.Counter(["the recipe guessed does not fit"])
    return values_of(table, "gia_tri") if table and "gia_tri" in table[0] else collections.Counter(["a list"])


def span(form):
    """The rows of the first and the last number but years and rulers."""
    rows = [r for (r, _), v in form.cells.items()
            if isinstance(v[0], (int, float)) and not 1900 <= v[0] <= 2100]
    counts = collections.Counter(rows)
    full = sorted(r for r in counts if counts[r] * 2 > max(counts.values()))
    first = next(r for r in full if sorted(v[0] for (k, _), v in form.cells.items() if k == r and
                                          isinstance(v[0], (int, float))) != list(range(1, counts[r] + 1)))
    return first, full[-1]


def main():
    n, rng, folder = int(sys.argv[1]), random.Random(int(sys.argv[2])), sys.argv[3]
    bases = []
    for pair in sys.argv[4:]:
        dataset, name = pair.split("=", 1)
        form = Form(name)
        copy = os.path.join(folder, "base.xlsx")
        form.save(copy)
        table = extract("-d", dataset, copy)
        value = next(k for k, v in json.load(open(os.path.join(dataset, "recipe.json"), encoding="utf-8"))["columns"].items()
                     if v == "value" or isinstance(v, dict) and v.get("from") == "value")
        bases.append((dataset, name, table, value, guessed(copy, os.path.join(folder, "r.json"))))
    tally, wrong = collections.Counter(), 0
    for i in range(n):
        dataset, name, table, value, sure = bases[i % len(bases)]
        form = Form(name)
        first, last = span(form)
        changes = rng.sample(CHANGES, rng.randint(1, 3))
        for change in changes:
            change(form, *span(form), rng)
        mutant = os.path.join(folder, "mutant.xlsx")
        form.save(mutant)
        told = f"{os.path.basename(name)} {i}: " + ", ".join(c.__name__ for c in changes)
        if table is not None:
            got = extract("-d", dataset, mutant)
            tally["given recipe: " + ("refuses" if got is None else "survives")] += 1
            if got is not None and rows_of(got) != rows_of(table):
                wrong += 1
                print(f"{told}: the recipe gives other rows: {list((rows_of(got) - rows_of(table)).elements())[:1]} "
                      f"for {list((rows_of(table) - rows_of(got)).elements())[:1]}")
        want = values_of(table, value) if table is not None else sure
        got = guessed(mutant, os.path.join(folder, "r.json"))
        tally["guess: " + ("unsure" if got is None else "sure")] += 1
        if got is not None and want is not None and got != want:
            wrong += 1
            print(f"{told}: the guess gives other values: {list((got - want).elements())[:3]} for "
                  f"{list((want - got).elements())[:3]}")
            if os.environ.get("KEEP"):
                form.save(os.path.join(os.environ["KEEP"], f"mutant-{i}.xlsx"))
    print(f"{n} forms;", ", ".join(f"{k} {v}" for k, v in sorted(tally.items())) + f"; wrong {wrong}")
    sys.exit(1 if wrong else 0)


main()
