"""legacy.py TOOL SHARED - real Vietnamese phrases through every legacy encoding and back.

The phrases are names of administrative units; the encodings' tables are those beside the
project, so that nothing here comes from hg-tools itself. Prints a line a check: "ok"/"not ok".
"""
import csv, subprocess, sys, unicodedata
from pathlib import Path

tool, shared = sys.argv[1], Path(sys.argv[2])
tables = {'TCVN3': 'tcvn3', 'VNI': 'vni-win', 'VISCII': 'viscii', 'VPS': 'vps', 'BKHCM1': 'bkhcm1',
          'BKHCM2': 'bkhcm2', 'Vietware-F': 'vietware-f', 'Vietware-X': 'vietware-x',
          'windows-1258': 'windows-1258'}
fonts = {'TCVN3': '.VnTime', 'VNI': 'VNI-Times', 'VPS': 'VPS Times', 'VISCII': 'VISCII Times'}
shares_capitals = {'TCVN3', 'Vietware-F', 'VPS', 'BKHCM1'}  # of VPS and BKHCM1 some


def say(right, what):
    print(('ok ' if right else 'not ok ') + what)


def phrases():
    names = set()
    with open(shared / 'reference/admin/admin-map-2025-full.tsv', encoding='utf-8') as file:
        for row in csv.reader(file, delimiter='\t'):
            for cell in row:
                text = unicodedata.normalize('NFC', cell.strip())
                if ' ' in text and any(c > '\x7f' for c in text) and all(
                        c < '\x7f' or c.isalpha() and c in letters for c in text):
                    names.add(text)
    return sorted(names)[::3]  # two thousand and more are enough


def table(name):
    codes = {}
    with open(shared / 'reference/encodings' / (name + '.tsv'), encoding='utf-8') as file:
        for row in list(csv.reader(file, delimiter='\t', quoting=csv.QUOTE_NONE))[1:]:
            codes.setdefault(chr(int(row[1][2:], 16)), bytes.fromhex(row[0]))
    return codes


letters = set(table('viscii'))


def encode(codes, text):
    """The text in an encoding: a capital without a code takes its small letter's; None: not in it."""
    out = b''
    for c in text:
        code = c.encode() if c < '\x7f' else codes.get(c) or codes.get(c.lower())
        if code is None:
            return None
        out += code
    return out


def run(*arguments, lines):
    done = subprocess.run([tool, *arguments], input=b'\n'.join(lines) + b'\n', stdout=subprocess.PIPE,
                          check=True)
    return done.stdout.decode('utf-8').split('\n')[:-1]


def view(data):
    return ''.join(bytes([b]).decode('cp1252', errors='ignore') or chr(b) for b in data)


names = phrases()
say(len(names) >= 2000, f'there are {len(names)} phrases')
for encoding, file in tables.items():
    codes = table(file)
    pairs = [(t, encode(codes, t)) for t in names]
    pairs = [(t, b) for t, b in pairs if b is not None]
    back = run(encoding, lines=[b for _, b in pairs])
    same = sum(a == b for (a, _), b in zip(pairs, back))
    folded = sum(a.lower() == b.lower() for (a, _), b in zip(pairs, back))
    say(len(pairs) >= 2000 and folded == len(pairs) == len(back),
        f'{folded} of {len(pairs)} phrases come back from {encoding}')
    say(same >= len(pairs) * (0.99 if encoding in shares_capitals else 1),
        f'{same} of them with their capitals')

    # as runs in a workbook: with the font of the encoding, and with a font that says nothing
    views = [view(b).encode() for _, b in pairs]
    for font in filter(None, [fonts.get(encoding), 'Arial']):
        got = [line.split('\t', 2) for line in run('read', font, lines=views)]
        wrong = [g for (t, b), g in zip(pairs, got)
                 if g[0] == 'converted' and g[2].lower() != t.lower()]
        right = sum(g[2].lower() == t.lower() for (t, b), g in zip(pairs, got))
        say(len(wrong) <= (0 if font != 'Arial' else len(pairs) // 1000),
            f'{len(wrong)} of {len(pairs)} {encoding} runs in {font} are read as something else {wrong[:3]}')
        say(font == 'Arial' or right >= len(pairs) * 0.999, f'{right} of {len(pairs)} are read in {font}')

foreign = '''Größe über 5 m², Straßen und Brücken|Bevölkerung nach Altersgruppen|Öffentliche Verkehrsmittel
Numéro à côté, né l'été|Répartition de la population âgée|Œuvre, où, naïf, Noël, ça et là, élève, dépôt
População não é só também já avós|São Paulo, Ceará, Goiás, três regiões|Informação à câmara
Año, niño, señor, población, más, aquí, también, ¿Qué?|España, Perú, México
Città, perché, già, più, così, università|Århus, Ærø, København, smørrebrød|Ängelholm, Öland, får, sjö
Hyvää päivää, määrä, työ, yö|Þórður, Ísland, fjörður, æð|25 °C ± 0,5 µg/m³, 10 km², ½ × ¾ ÷ 2, § 5, © ® ™ €'''
lines = [part.encode() for part in foreign.replace('\n', '|').split('|')]
kept = sum(g.split('\t', 2)[2].encode() == t for g, t in zip(run('read', 'Arial', lines=lines), lines))
say(kept == len(lines), f'{kept} of {len(lines)} texts of other languages stay as they are')

for font in ['Arial', '.VnTime', '.VnTimeH', 'VNI-Times', 'VPS Times']:
    for form in 'NFC', 'NFD':
        lines = [unicodedata.normalize(form, t).encode() for t in names]
        got = run('read', font, lines=lines)
        kept = sum(g.split('\t', 2)[2].encode() == t for g, t in zip(got, lines))
        say(kept == len(lines), f'{kept} of {len(lines)} Unicode phrases ({form}) stay as they are in {font}')
