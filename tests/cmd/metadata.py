#!/usr/bin/python3
"""metadata.py answer - what readers that are not ours make of a package's metadata: questions of settle (lib.sh).

same FILE...         the RDF files are one graph, without blank nodes; N-Triples are sorted and canonical
ask FILE SPARQL      the ASK query is true
csvw FILE            the CSVW metadata fit the CSV files they name: names, titles, types, keys, foreign keys
breaks WORD FILE     they do not, and what is wrong is said with the word
google FILE KEY...   the schema.org description has what Google requires, and the keys
"""
import csv, functools, json, re
from answers import answer
from decimal import Decimal
from pathlib import Path

FORMATS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}


@functools.cache
def graph(name):
    from rdflib import Graph
    return Graph().parse(name, format=FORMATS[name.rsplit(".", 1)[1]])


def same(*names):
    from rdflib import BNode
    first, *others = [graph(n) for n in names]
    assert len(first) > 50, len(first)
    for name, other in zip(names, [first, *others]):
        assert not any(isinstance(x, BNode) for t in other for x in t), (name, "a blank node")
        assert set(first) == set(other), (name, set(first) ^ set(other))
    for name in names:
        if name.endswith(".nt"):
            lines = Path(name).read_bytes().splitlines(keepends=True)
            assert lines == sorted(set(lines)), "N-Triples are not sorted"


def ask(name, query):
    prefixes = "".join(f"PREFIX {p}: <{i}>\n" for p, i in {
        "adms": "http://www.w3.org/ns/adms#", "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
        "dqv": "http://www.w3.org/ns/dqv#", "prov": "http://www.w3.org/ns/prov#", "spdx": "http://spdx.org/rdf/terms#",
        "foaf": "http://xmlns.com/foaf/0.1/", "schema": "http://schema.org/", "xsd": "http://www.w3.org/2001/XMLSchema#"}.items())
    assert graph(name).query(f"{prefixes}ASK {{ {query} }}").askAnswer, query


TYPES = {
    "string": lambda t: True, "integer": lambda t: re.fullmatch(r"[+-]?\d+", t), "number": lambda t: float(t) is not None,
    "gYear": lambda t: re.fullmatch(r"\d{4}", t), "gYearMonth": lambda t: re.fullmatch(r"\d{4}-\d\d", t),
    "date": lambda t: re.fullmatch(r"\d{4}-\d\d-\d\d", t), "boolean": lambda t: t in ("true", "false", "1", "0"),
}
LIMITS = {"minimum": lambda t, n: Decimal(t) >= Decimal(str(n)), "maximum": lambda t, n: Decimal(t) <= Decimal(str(n)),
          "minLength": lambda t, n: len(t) >= n, "maxLength": lambda t, n: len(t) <= n, "format": lambda t, n: re.fullmatch(n, t)}


def cell_is_good(column, text):
    datatype = column.get("datatype", "string")
    base, facets = (datatype, {}) if isinstance(datatype, str) else (datatype["base"], datatype)
    if text in column.get("null", [""]):
        assert not column.get("required"), (column["name"], "required")
        return
    for part in text.split(column["separator"]) if "separator" in column else [text]:
        assert TYPES[base](part), (column["name"], base, part)
        for facet, limit in facets.items():
            assert facet == "base" or LIMITS[facet](part, limit), (column["name"], facet, limit, part)


def columns_of(table, names):
    all_names = [c["name"] for c in table["tableSchema"]["columns"]]
    return [all_names.index(n) for n in names]


def csvw(name):
    metadata = json.loads(Path(name).read_text(encoding="utf-8"))
    context, language = metadata["@context"]
    assert context == "http://www.w3.org/ns/csvw" and language == {"@language": "vi"}
    tables, rows = {}, {}
    for table in metadata.get("tables", [metadata]):
        file = (Path(name).parent / table["url"]).resolve()
        with open(file, encoding="utf-8", newline="") as f:
            header, *body = csv.reader(f)
        columns = table["tableSchema"]["columns"]
        tables[table["url"]], rows[table["url"]] = table, body
        assert len(columns) == len(header), file
        for column, head in zip(columns, header):
            assert re.fullmatch(r"(?!_)([A-Za-z0-9_]|%[0-9A-F]{2})+", column["name"]), column["name"]
            titles = column["titles"]
            assert head in [t for v in titles.values() for t in ([v] if isinstance(v, str) else v)], (head, titles)
        for row in body:
            for column, text in zip(columns, row):
                cell_is_good(column, text)
    assert Path(name[:-len("-metadata.json")]).resolve() in {(Path(name).parent / u).resolve() for u in tables}
    for url, table in tables.items():
        schema = table["tableSchema"]
        if "primaryKey" in schema:
            at = columns_of(table, schema["primaryKey"])
            keys = [tuple(r[i] for i in at) for r in rows[url]]
            assert len(keys) == len(set(keys)), f"{url}: the key is not one"
        for key in schema.get("foreignKeys", []):
            to = key["reference"]
            at, there = columns_of(table, key["columnReference"]), columns_of(tables[to["resource"]], to["columnReference"])
            known = {tuple(r[i] for i in there) for r in rows[to["resource"]]}
            assert all(tuple(r[i] for i in at) in known for r in rows[url]), (url, key)


def google(name, *keys):
    data = json.loads(Path(name).read_text(encoding="utf-8"))
    assert data["@context"] == "https://schema.org/" and data["@type"] == "Dataset"
    assert data["name"] and 50 <= len(data["description"]) <= 5000
    assert all(d["@type"] == "DataDownload" and d["contentUrl"].startswith("https://") and d["encodingFormat"] for d in data["distribution"])
    assert data["license"].startswith("https://") and data["includedInDataCatalog"]["@type"] == "DataCatalog"
    missing = [k for k in keys if not data.get(k)]
    assert not missing, missing


def breaks(what, name):
    """The CSVW metadata do not fit: that is what the other judge is for."""
    try:
        csvw(name)
    except AssertionError as why:
        assert what in str(why), why
    else:
        raise AssertionError(f"{name} fits")


answer({"same": same, "ask": ask, "csvw": csvw, "breaks": breaks, "google": google})
