#!/usr/bin/python3
"""hostile.py make FOLDER | check FOLDER PUBLIC - what people may type, through every form in which it is written.

make: a dataset for each hostile text, d000, d001 ..., which has it as title, description, keyword, names of
publisher, contact, series and source, as title of a column and as code label; and one, n000 ..., which has it as a name of which a file, a folder or an IRI is made; texts.json has all.
check: each package of FOLDER (pN/), and its page in PUBLIC, holds the same text, in NFC, for a reader not ours.
"""
import csv, json, random, sys, unicodedata
from html.parser import HTMLParser
from pathlib import Path

BASE = "https://dulieumo.example/"


def texts():
    """300 texts: those that are known to break things, and mixtures of their pieces, always the same."""
    known = [
        '"', "'", '"""', "'''", '"@en', "''", "\\", "\\\\", "\\n", "\\u0041", "\\U00000041", "\\uD800", "\\x41", "\\", "a\\",
        "<", ">", "&", "<b>", "</title>", "</script><script>alert(1)</script>", "<!--", "-->", "<![CDATA[x]]>", "]]>", "<?xml?>", "&amp;",
        "&lt;", "&#x41;", "&unknown;", "<img src=x onerror=alert(1)>", "*/", "/*", "//", "--", "#", "# tiêu đề", "## x", "- x", "* x", "1. x", "+ x",
        "> x", "| a | b |", "a|b", "`x`", "```", "[a](javascript:alert(1))", "![a](b)", "*đậm*", "_x_", "~~x~~", "***", "---", "===",
        "%s", "%n", "%1$s", "%%", "%d%d%d%d", "%41", "%00", "%2e%2e%2f", "{}", "{{x}}", "${HOME}", "$HOME", "$(id)", "`id`", "; rm -rf /", "&& x",
        "../", "../../etc/passwd", "..\\..\\x", "/", "/etc/passwd", "C:\\x", "\\\\server\\x", ".", "..", "~", "~root", "a/b", "a:b", "a?b", "a*b",
        "CON", "PRN", "AUX", "NUL", "COM1", "LPT9", "con.csv", "nul.json", "a.", "a ", "-", "-rf", "--help",
        "' OR 1=1 --", "'; DROP TABLE x; --", "=1+1", "=cmd|'/c calc'!A0", "@SUM(A1)", "+1", "-1", "null", "true", "false", "undefined", "NaN", "0", "-0", "1e999",
        "@vi", "@base <x> .", "@prefix", "^^xsd:date", "<http://a>", "a .", ";", ",", "_:b0", "dct:title", "rdf:type", "@id", "@type", "@context", "@value", "http://a b",
        "javascript:alert(1)", "data:text/html,x", "{\"a\": 1}", "[1]", "\"a\": \"b\"",
        "Tiếng Việt", "Tiê\u0301ng Viê\u0323t", "\u0110ắk Lắk", "đ", "Ơ\u031b", "\u0301", "\u0301x", "e\u0323\u0302", "\u1ec7", "\u212b", "\u2126", "\ufb01", "\uac00", "\u1100\u1161",
        "a\u202eb", "\u202e", "a\u200fb", "م\u200fرحبا", "שלום", "עם \u202aabc\u202c", "\u2066x\u2069", "\u200b", "a\u200bb", "a\u200db", "\u200d", "\ufeffx", "x\ufeff", "\u00ad", "\u2060",
        "\u2028", "a\u2028b", "a\u2029b", "\u00a0", "a\u00a0b", "\u3000", " a", "a ", "  a  b  ", " ", "", "\t", "a\tb", "\n", "a\nb", "a\r\nb", "a\rb", "\x00", "a\x00b",
        "\x01", "a\x01b", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x1f", "\x7f", "a\x7fb", "\x80", "\x85", "a\x85b", "\x9f", "\ufffd", "\ufffe", "a\uffff", "\U0001fffe", "\U0010ffff", "\ue000",
        "\ud800", "a\udc00b", "\U0001F600", "👨\u200d👩\u200d👧", "🇻🇳", "👍🏽", "𝒟𝒶̂𝓃", "𠮷", "\U000e0041", "ệ" * 500, "x" * 500, "\U0001F600" * 500, "a" * 5000, "&" * 500, '"' * 500, "\\" * 500, "<" * 500,
    ]
    pieces = [t for t in known if 0 < len(t) < 12]
    dice = random.Random(20261123)
    while len(known) < 300:
        known.append(dice.choice(["", "x"]) + "".join(dice.sample(pieces, dice.randint(2, 6))))
    return known[:300]


def description(i, text):
    both = {"vi": text, "en": text}
    return {
        "id": f"d{i:03}", "base": BASE, "license": "CC-BY-4.0", "language": ["vi", "en"], "title": both, "description": {"vi": text + "\n" + text, "en": text},
        "keywords": {"vi": [text]}, "publisher": {"id": "p", "name": both, "identifier": text}, "contact": {"name": text}, "rights": text, "provenance": text,
        "series": {"id": "s", "title": text, "description": text}, "sources": [{"title": text}], "version": text, "version_notes": text, "place": {"name": text},
        "tables": [{"name": "t", "title": both, "schema": "schema.json"}],
    }


def make(folder):
    tried = texts()
    assert len(tried) == 300
    for i, text in enumerate(tried):
        one = Path(folder, f"d{i:03}")
        (one / "codes").mkdir(parents=True)
        (one / "dataset.json").write_text(json.dumps(description(i, text)), encoding="utf-8")
        schema = {"fields": [{"name": "ma", "type": "string", "title": text, "titles": {"vi": text}, "description": text}],
                  "foreignKeys": [{"fields": ["ma"], "reference": {"resource": "codes/c", "fields": ["code"]}}]}
        (one / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
        with open(one / "codes/c.csv", "w", encoding="utf-8", errors="replace", newline="") as f:
            csv.writer(f, lineterminator="\n").writerows([["code", "vi"], ["a", text.replace("\r", " ").replace("\0", " ")]])
    Path(folder, "texts.json").write_text(json.dumps(tried))
    # as the name of what becomes a file, a folder or an IRI
    for i, text in enumerate(tried):
        about = description(i, "x")
        key = ("id", "table", "series", "publisher")[i % 4]
        {"id": about, "table": about["tables"][0], "series": about["series"], "publisher": about["publisher"]}[key][
            "name" if key == "table" else "id"] = text
        one = Path(folder, f"n{i:03}")
        one.mkdir()
        (one / "dataset.json").write_text(json.dumps(about), encoding="utf-8")
        (one / "schema.json").write_text('{"fields": [{"name": "ma", "type": "string"}]}')


class Texts(HTMLParser):
    """All that a page shows, and its JSON-LD."""
    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tag, self.shown, self.script = "", [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tag = tag
        self.shown.append("\0")

    def handle_endtag(self, tag):
        self.tag = ""

    def handle_data(self, data):
        if self.tag == "script":
            self.script += data
        else:
            self.shown.append(data)


def unmarked(text):
    """CommonMark's backslash escapes undone (section 2.4)."""
    out, i = "", 0
    while i < len(text):
        i += text[i] == "\\" and i + 1 < len(text) and text[i + 1] in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
        out += text[i]
        i += 1
    return out


def expect(place, got, want):
    assert got == want, f"{place}: {ascii(got)[:200]} is not {ascii(want)[:200]}"


def check_rdf(folder, i, want):
    from rdflib import Graph, Literal, URIRef
    from rdflib.namespace import DCAT, DCTERMS, FOAF
    graphs = {}
    # N-Triples are Turtle too; rdflib's own reader of them takes the n of "\\\\n" for an escape
    for end, kind in (("ttl", "turtle"), ("nt", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld")):
        graph = graphs[end] = Graph().parse(folder / f"metadata/dcat.{end}", format=kind)
        one = URIRef(f"{BASE}datasets/d{i:03}")
        for subject, predicate, texts in (
                (one, DCTERMS.title, {(want, "vi"), (want, "en")}), (one, DCTERMS.description, {(want + "\n" + want, "vi"), (want, "en")}),
                (one, DCAT.keyword, {(want, "vi")}), (one, URIRef(str(DCAT) + "version"), {(want, None)}), (URIRef(BASE + "#p"), FOAF.name, {(want, "vi"), (want, "en")}),
                (URIRef(BASE + "series/s"), DCTERMS.title, {(want, "vi")}), (URIRef(f"{one}#derived-from-1"), DCTERMS.title, {(want, "vi")})):
            expect(f"{end} {predicate}", {(str(o), o.language) for o in graph.objects(subject, predicate)}, texts)
    first = set(graphs["ttl"])
    assert all(set(g) == first for g in graphs.values()), "the forms differ"


def check_json(folder, want):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    expect("datapackage title", package["title"], want)
    expect("datapackage keywords", package["keywords"], [want])
    expect("datapackage contributor", package["contributors"][0]["title"], want)
    head = json.loads((folder / "hg.json").read_text(encoding="utf-8"))
    expect("hg.json title", head["definition"]["dataset"]["title"]["vi"], want)
    own = json.loads((folder / "metadata/schema-org.jsonld").read_text(encoding="utf-8"))
    expect("schema.org name", (own["name"], own["keywords"], own["publisher"]["name"]), (want, [want], want))
    group = json.loads((folder / "data/t.csv-metadata.json").read_text(encoding="utf-8"))
    expect("CSVW title", {v["@value"] for v in group["dc:title"]}, {want})
    expect("CSVW keyword", [v["@value"] for v in group["dcat:keyword"]], [want])


def check_people(folder, page, want):
    shown = Texts(page.read_text(encoding="utf-8"))
    data = json.loads(shown.script)
    expect("page JSON-LD", data["name"], want)
    assert want in "".join(shown.shown), f"page: {ascii(want)[:80]} is not shown"
    readme = (folder / "README.md").read_text(encoding="utf-8").split("\n")[0]
    expect("README", unmarked(readme[2:]), want)


def check_names(folder):
    """A package came of a name only if it is one that every file system takes."""
    import re
    good = r"(?!(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$))(?!.*\.(\.|$))[a-z0-9][a-z0-9._-]{0,59}"
    for i, text in enumerate(json.loads(Path(folder, "texts.json").read_text())):
        taken = Path(folder, f"q{i:03}").exists()
        if taken != (re.fullmatch(good, text) is not None):
            print(f"{i} {ascii(text)[:80]}: {'taken' if taken else 'refused'} as a name")
            yield i


def check(folder, public):
    tried, faults, passed = json.loads(Path(folder, "texts.json").read_text()), 0, 0
    for i, text in enumerate(tried):
        package = Path(folder, f"p{i:03}")
        if not package.exists():
            continue
        want = unicodedata.normalize("NFC", text)
        try:
            check_rdf(package, i, want)
            check_json(package, want)
            check_people(package, Path(public, f"datasets/d{i:03}/index.html"), want)
            passed += 1
        except Exception as why:
            faults += 1
            print(f"{i} {ascii(text)[:80]}: {type(why).__name__} {why}")
    print(f"{passed} came through")
    return faults + len(list(check_names(folder)))


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    sys.exit(1 if check(*sys.argv[2:]) else 0)
