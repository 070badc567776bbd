#!/usr/bin/python3
"""realtexts.py COMMAND FOLDER - real delimited texts, each read by COMMAND alone as Python's csv reads it when told how

Told by a person who looked: encoding, delimiter, records above the table, records of its header. Then the same through
gzip, zstd, zip and a pipe, and a workbook in gzip."""
import csv
import gzip
import io
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path

TEXTS = {
    "bang-chuyen-doi-dvhc-2025.csv": ("utf-8", ",", 0, 2),
    "danh-muc-van-ban-utf16.csv": ("utf-16", "\t", 0, 1),
    "gso-csv-cpi-thang.csv": ("utf-8-sig", ";", 1, 1),
    "gso-csv-dan-so-tinh.csv": ("utf-8-sig", ";", 1, 1),
    "gso-csv-don-vi-hanh-chinh.csv": ("cp1252", ";", 1, 1),
    "gso-csv-lua-dien-tich.csv": ("utf-8-sig", ";", 1, 1),
    "gso-danh-muc-xa-2025-01-04.csv": ("utf-8", ",", 0, 1),
    "ma-vung-dien-thoai-2017.csv": ("utf-8", ",", 0, 1),
}


def wanted(path, encoding, delimiter, above, header):
    text = unicodedata.normalize("NFC", path.read_bytes().decode(encoding))
    rows = [r for r in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if r and any(r)]
    rows = rows[above:]
    return [[" ".join(c for c in column if c) for column in zip(*rows[:header])]] + rows[header:]


def given(command, *arguments, **more):
    p = subprocess.run([command, "-O", "csv", *map(str, arguments)], capture_output=True, timeout=60, check=False, **more)
    if p.returncode not in (0, 1):
        return p.stderr.decode()
    return list(csv.reader(io.StringIO(p.stdout.decode(), newline="")))


def main(command, folder):
    folder, failed = Path(folder), 0

    def same(name, got, want):
        nonlocal failed
        if got != want:
            failed += 1
            at = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b), "the end")
            where = (got[at], want[at]) if isinstance(at, int) and isinstance(got, list) else got[:200]
            print(f"{name}: differs at row {at}: {where}")

    for path in sorted(folder.glob("*.csv")):
        same(path.name, given(command, path), wanted(path, *TEXTS[path.name]))
    path = folder / "danh-muc-van-ban-utf16.csv"
    want, data = wanted(path, *TEXTS[path.name]), path.read_bytes()
    with tempfile.TemporaryDirectory() as tmp:
        gz, zst, packed, book = (Path(tmp) / name for name in ("t.gz", "t.zst", "t.zip", "b.xlsx.gz"))
        gz.write_bytes(gzip.compress(data))
        subprocess.run(["zstd", "-q", "-o", zst, path], check=True)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("báo cáo.csv", data)
        for of in (gz, zst, packed):
            same(of.name, given(command, of), want)
            same(of.name + " through a pipe", given(command, "-", input=of.read_bytes()), want)
        same("a pipe", given(command, "-", input=data), want)
        source = folder / "gso-lua-2014.xlsx"
        book.write_bytes(gzip.compress(source.read_bytes()))
        same("xlsx.gz", given(command, book), given(command, source))
    print(f"{len(list(folder.glob('*.csv')))} real texts, {failed} faults")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
