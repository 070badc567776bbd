#!/usr/bin/python3
"""texts.py COMMAND - delimited texts of every kind of careless or hostile making, with what is expected of each, written by hand

A case is: name, bytes, status, standard CSV expected (None: none, but for what was written before the failure), and a
part of what stderr has to say (None: stderr is empty). Every case ends within 10 seconds, with a message or exact data.
"""
import gzip
import lzma
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

DATA = "".join(f"{i},Xã {chr(65 + i % 26)},2024-{i % 12 + 1:02}-01,{i * 7 % 100}\n" for i in range(1, 13))
TABLE = "stt,ten,ngay,so\n" + DATA
ROW = "5,Xã F,2024-06-01,35\n"
assert ROW in TABLE


def put(old, new, text=TABLE):
    assert text.count(old) == 1, old
    return text.replace(old, new)


def case(name, text, status=0, expected=TABLE, says=None, options=()):
    return name, text if isinstance(text, bytes) else text.encode(), status, expected, says, options


DATED = "ma,ngay\n" + "".join(f"{i:03},2024-{i % 12 + 1:02}-{i % 28 + 1:02}\n" for i in range(40))
COUNTED = "ma,so\n" + "".join(f"{i:03},{i * i * 37}\n" for i in range(40))

BASIC = [
    case("clean", TABLE),
    case("crlf", TABLE.replace("\n", "\r\n")),
    case("cr", TABLE.replace("\n", "\r")),
    case("mixed line ends", put(ROW, ROW[:-1] + "\r\n")),
    case("cr cr lf", TABLE.replace("\n", "\r\r\n"), says="blank lines in the table: 12"),
    case("no last line end", TABLE[:-1]),
    case("blank lines at the end", TABLE + "\n\r\n\n"),
    case("blank line within", put(ROW, ROW + "\n"), says="blank lines in the table: 1"),
    case("utf-8 with a mark", TABLE.encode("utf-8-sig")),
    case("a mark only", "\ufeff", 0, ""),
    case("one byte", "a", 0, "a\n"),
    case("empty", "", 3, "", "the file is empty"),
    case("line ends only", "\n\r\n\r\r\n", 0, ""),
    case("header only", "a,b,c\n", 0, "a,b,c\n"),
    case("one column", "a\nb\n\nc\n", 0, "a\nb\n\nc\n"),
    case("one column of prose", "Tên\nXã A, huyện B\nXã C\nThị trấn D, huyện E, tỉnh F\nXã G\n", 0,
         'Tên\n"Xã A, huyện B"\nXã C\n"Thị trấn D, huyện E, tỉnh F"\nXã G\n'),
    case("an option for nothing", TABLE, 2, "", "takes one ASCII character", ["--delimiter", "ab"]),
    case("an unknown encoding", TABLE, 2, "", "the encoding 'klingon' is not known", ["--encoding", "klingon"]),
]
for name, d in (("semicolon", ";"), ("tab", "\t"), ("bar", "|"), ("caret", "^"), ("tilde", "~"), ("unit separator", "\x1f")):
    BASIC.append(case("delimited by " + name, TABLE.replace(",", d)))
    BASIC.append(case("and quoted, by " + name, "\n".join(d.join(f'"{c}"' for c in r.split(",")) for r in TABLE.split("\n")[:-1])))
for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
    BASIC.append(case("in " + encoding, TABLE.encode(encoding)))
    BASIC.append(case("crlf in " + encoding, TABLE.replace("\n", "\r\n").encode(encoding)))

QUOTES = [
    case("regular quotes", put("Xã F", '"Xã ""F"", cũ"'), 0, put("Xã F", '"Xã ""F"", cũ"')),
    case("a line end in quotes", put("Xã F", '"Xã\nF"'), 0, put("Xã F", '"Xã\nF"')),
    case("a crlf in quotes", put("Xã F", '"Xã\r\nF"'), 0, put("Xã F", '"Xã\r\nF"')),
    case("a quote that nothing closes", put("Xã F", '"Xã F'), 1, put("Xã F", '"""Xã F"'), "a quote that nothing closes"),
    case("one in the last row", put("Xã M", '"Xã M'), 1, put("Xã M", '"""Xã M"'), ":13:4: "),
    case("one at the very end", TABLE + '13,Xã N,2024-01-01,"', 1, TABLE + '13,Xã N,2024-01-01,""""\n', ":14:21: "),
    case("a stray quote in a cell", put("Xã F", 'Xã "F'), 1, put("Xã F", '"Xã ""F"'), ":6:7: error: a stray quote"),
    case("a stray quote at a cell's end", put("Xã F", 'Ống 5"'), 1, put("Xã F", '"Ống 5"""'), "a stray quote"),
    case("text behind a closing quote", put("Xã F", '"Xã"F'), 1, put("Xã F", '"""Xã""F"'), "quote"),
    case("a quote doubled once too often", put("Xã F", '""Xã F"'), 1, put("Xã F", '"""Xã F"'), "a stray quote"),
    case("quotes unescaped in quotes", put("Xã F", '"Xã "F" cũ"'), 1, put("Xã F", '"Xã ""F"" cũ"'), "quote"),
    case("spaces behind a closing quote", put("Xã F", '"Xã F"  '), 1, TABLE, "a stray quote"),
    case("only quotes", '"' * 7, 1, None, "quote"),
    case("a million quotes", '"' * 1000001, 1, None, "quote"),
    case("quotes line by line", 'a,b\n"\n"\n"\n', 1, None, "quote"),
    case("backslashes", TABLE.replace("Xã F", '"Xã \\"F\\", cũ"').replace("Xã G", '"C:\\dir"'), 0,
         TABLE.replace("Xã F", '"Xã ""F"", cũ"').replace("Xã G", "C:\\dir")),
    case("apostrophes as quotes", "\n".join(",".join(f"'{c}'" for c in r.split(",")) for r in put("Xã F", "Xã F").split("\n")[:-1])),
    case("fail at a stray quote", put("Xã F", 'Xã "F'), 3, None, ":6:7: a stray quote", ["--on-error", "fail"]),
    case("fail at an open quote", put("Xã F", '"Xã F'), 3, None, ":6:3: a quote that nothing closes", ["--on-error", "fail"]),
]

ROWS = [
    case("a delimiter missing", put(ROW, "5,Xã F,2024-06-0135\n"), 1, TABLE, "a delimiter was missing"),
    case("a delimiter missing where it shows", put(ROW, "5,Xã F2024-06-01,35\n"), 1, TABLE, "a delimiter was missing"),
    case("a delimiter too many", put(ROW, "5,Xã F,,2024-06-01,35\n"), 1, TABLE, "an empty cell too many"),
    case("one in front", put(ROW, ",5,Xã F,2024-06-01,35\n"), 1, TABLE, "an empty cell too many"),
    case("a comma in a cell", put(ROW, "5,Xã F, cũ,2024-06-01,35\n"), 1, put(ROW, '5,"Xã F, cũ",2024-06-01,35\n'),
         "a delimiter in a cell without quotes"),
    case("a row with semicolons", put(ROW, ROW.replace(",", ";")), 1, TABLE, "another delimiter"),
    case("a short row", put(ROW, "5\n" + ROW), 1, put(ROW, "5\n" + ROW), "fewer cells"),
    case("a long row", put(ROW, ROW[:-1] + ",a,b,c\n"), 1, put(ROW, ROW[:-1] + ",a,b,c\n"), "more cells"),
    case("fail at a short row", put(ROW, "5\n"), 3, None, ":6:1: fewer cells", ["--on-error", "fail"]),
    case("ragged all through", "a,b,c\n1\n1,2,3,4,5\n1,2\n", 1, "a,b,c\n1\n1,2,3,4,5\n1,2\n", "cells"),
    case("a title above", "Biểu 1\n\n" + TABLE, says="rows above the table: 1, left out"),
    case("a title above, kept", "Biểu 1\n\n" + TABLE, 1, None, "cells", ["--skip-rows", "0", "--one-table"]),
    case("notes below", TABLE + "\nNguồn: Cục Thống kê\n", says="rows below the table: 1, left out"),
    case("two tables", TABLE + "\nma,ten\n1,A\n2,B\n3,C\n", says="the text has 2 tables"),
    case("the second table", TABLE + "\nma,ten\n1,A\n2,B\n3,C\n", 0, "ma,ten\n1,A\n2,B\n3,C\n", None, ["-s", "2"]),
    case("the header again", TABLE + TABLE, says="the text has 2 tables"),
    case("the header again, as one table", TABLE + TABLE, 0, TABLE + TABLE, None, ["--one-table"]),
    case("no header", DATA, 0, DATA),
    case("two header rows", "stt,ten,ngay,so\n,xã,báo cáo,người\n" + DATA, 0, "stt,ten xã,ngay báo cáo,so người\n" + DATA,
         "the first 2 rows are the header"),
]

BYTES = [
    case("a NUL", put("Xã F", "Xã \0F").encode(), 1, TABLE, ":6:7: error: a NUL byte"),
    case("a byte that is no UTF-8", put("Xã F", "Xã @").encode().replace(b"@", b"\xff"), 1, put("Xã F", "Xã \ufffd"),
         ":6:7: error: not UTF-8"),
    case("a character cut off", TABLE.encode() + "13,Huế".encode()[:-1], 1, None, "not UTF-8"),
    case("a surrogate in UTF-8", put("Xã F", "Xã @").encode().replace(b"@", b"\xed\xa0\x80"), 1, put("Xã F", "Xã \ufffd\ufffd\ufffd"),
         "not UTF-8"),
    case("an overlong slash", put("Xã F", "Xã @").encode().replace(b"@", b"\xc0\xaf"), 1, put("Xã F", "Xã \ufffd\ufffd"), "not UTF-8"),
    case("fail at a NUL", put("Xã F", "Xã \0F").encode(), 3, None, ":6:7: a NUL byte", ["--on-error", "fail"]),
    case("UTF-16 cut within a unit", TABLE.encode("utf-16") + b"x", 1, None, "is no character of its encoding"),
    case("UTF-16 with half a pair", put("Xã F", "Xã @").encode("utf-16-le").replace(b"@\0", b"\x00\xd8"), 1,
         put("Xã F", "Xã \ufffd"), "is no character of its encoding, utf-16le"),
    case("windows-1252", "a,b\ncafé,1\nnaïve,2\n".encode("cp1252"), 0, "a,b\ncafé,1\nnaïve,2\n", "read as windows-1252"),
    case("decomposed", TABLE.replace("ã", "a\u0303"), 0, TABLE),
    case("tcvn3", "a,b\nHµ Néi,1\nTr¹m: CÇn Th¬,2\n§é cao,3\nHµ Néi vµ CÇn Th¬,4\n§é cao tr¹m,5\n".encode("cp1252"), 0,
         "a,b\nHà Nội,1\nTrạm: Cần Thơ,2\nĐộ cao,3\nHà Nội và Cần Thơ,4\nĐộ cao trạm,5\n", "read as TCVN3"),
    case("vni, by option", "a,b\nXin chaøo caùc baïn,1\n".encode("cp1252"), 0, "a,b\nXin chào các bạn,1\n", None,
         ["--encoding", "vni"]),
    case("noise", bytes((i * 7919 + i // 251 * 31) % 256 for i in range(5000)), 3, "", "control bytes"),
    case("UTF-16 that is none", (TABLE + "\2\3\4" * 200).encode("utf-16"), 3, "", "neither a workbook nor a text"),
    case("words of a program", b"".join(bytes((i % 9, 0, 0, 0, i * 7 % 256, 0, i % 256, 0)) for i in range(500)), 3, "",
         "neither a workbook nor a text"),
    case("a lock of Excel", b"\x05Nga M".ljust(55) + "\x05Nga M".ljust(55).encode("utf-16-le"), 3, "", "the lock of a workbook"),
    case("a png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 3, "", "an image"),
    case("a gif", b"GIF89a\1\0\1\0\0\0\0;", 3, "", "an image"),
    case("a program", b"\x7fELF\2\1\1" + b"\0" * 9, 3, "", "a program"),
    case("a PDF", b"%PDF-1.7\n1 0 obj\n", 3, "", "a PDF"),
    case("NULs", b"\0" * 5000, 3, "", "control bytes"),
    case("html", "<html><p>lỗi 500</p></html>", 3, "", "an HTML page without a table"),
]

LONG = range(40000)  # rows that are passed on in blocks

NAMES = ["Thị trấn Cần Thơ", "Xã Đông Phước", "Phường Vị Thanh", "Xã Trường Long Tây", "Xã Hỏa Lựu", "Tiếng Việt"] * 3
LETTERS = "âãôĐơưấầếệịỏớờự"  # those of NAMES, and their bytes (RFC 1456 for VISCII)
VISCII = "E2 E3 F4 D0 BD DF A4 A5 AA AE B8 F6 BE B6 F1"
VPS = "E2 E3 F4 F1 D6 DC C3 C0 89 8C CE D5 A7 A9 BF"
LIST = "ten,so\n" + "".join(f"{name},{i}\n" for i, name in enumerate(NAMES))


def encoded(codes):
    return LIST.translate({ord(a): b for a, b in zip(LETTERS, bytes.fromhex(codes).decode("latin-1"))}).encode("latin-1")


def cp1258():
    """Windows-1258: letters and their hats as one, tones behind them."""
    parts = (unicodedata.normalize("NFD", c) for c in LIST)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    return "".join(unicodedata.normalize("NFC", "".join(p for p in part if p not in tones)) + "".join(p for p in part if p in tones)
                   for part in parts).encode("cp1258")


ENCODINGS = [
    case("VISCII", encoded(VISCII), 0, LIST, "read as VISCII"),
    case("VPS", encoded(VPS), 0, LIST, "read as VPS"),
    case("windows-1258", cp1258(), 0, LIST, "read as windows-1258"),
    case("VISCII, by option", encoded(VISCII), 0, LIST, None, ["--encoding", "VISCII"]),
    case("VPS, by option", encoded(VPS), 0, LIST, None, ["--encoding", "vps"]),
    case("windows-1258, by option", cp1258(), 0, LIST, None, ["--encoding", "cp1258"]),
    case("a mark of UTF-16 BE", LIST.encode("utf-16-be").join((b"\xfe\xff", b"")), 0, LIST),
    case("UTF-16 and semicolons", LIST.replace(",", ";").encode("utf-16"), 0, LIST),
    case("letters beyond the first plane", put("Xã F", "Xã \U0001f600"), 0, put("Xã F", "Xã \U0001f600")),
    case("and in UTF-16", put("Xã F", "Xã \U0001f600").encode("utf-16"), 0, put("Xã F", "Xã \U0001f600")),
]

MORE = [
    case("semicolons behind a mark", "\ufeff" + TABLE.replace(",", ";")),
    case("decimal commas between semicolons", "ten;so\nA;1,5\nB;2,25\nC;10,75\nD;0,5\n", 0,
         'ten,so\nA,"1,5"\nB,"2,25"\nC,"10,75"\nD,"0,5"\n'),
    case("decimal commas between tabs", "ten\tso\nA\t1,5\nB\t2,25\nC\t10,75\n", 0, 'ten,so\nA,"1,5"\nB,"2,25"\nC,"10,75"\n'),
    case("thousands with dots", "ten;so\nA;1.500\nB;2.250\nC;10.750\n", 0, "ten,so\nA,1.500\nB,2.250\nC,10.750\n"),
    case("quotes in a text of tabs", 'ten\tso\n"A\tB"\t1\nC\t2\nD\t3\n', 0, 'ten,so\n"A\tB",1\nC,2\nD,3\n'),
    case("a delimiter behind every row", TABLE.replace("\n", ",\n"), 0, TABLE.replace("\n", ",\n")),
    case("a delimiter before every row", "".join("," + r + "\n" for r in TABLE.split("\n")[:-1]), 0,
         "".join("," + r + "\n" for r in TABLE.split("\n")[:-1])),
    case("an empty column within", TABLE.replace(",2024", ",,2024").replace("ten,ngay", "ten,,ngay"), 0,
         TABLE.replace(",2024", ",,2024").replace("ten,ngay", "ten,,ngay")),
    case("empty quoted cells", put("Xã F", '""'), 0, put("Xã F", '""')),
    case("spaces around cells stay", put("Xã F", "  Xã F "), 0, put("Xã F", "  Xã F ")),
    case("a hard space stays", put("Xã F", "Xã\u00a0F"), 0, put("Xã F", "Xã\u00a0F")),
    case("a zero width space stays", put("Xã F", "Xã\u200bF"), 0, put("Xã F", "Xã\u200bF")),
    case("a right-to-left mark stays", put("Xã F", "Xã\u202eF"), 0, put("Xã F", "Xã\u202eF")),
    case("a mark within stays", put("Xã F", "Xã\ufeffF"), 0, put("Xã F", "Xã\ufeffF")),
    case("formulas are texts", put("Xã F", "=1+1"), 0, put("Xã F", "=1+1")),
    case("a formula that calls", put("Xã F", "=cmd|' /C calc'!A0"), 0, put("Xã F", "=cmd|' /C calc'!A0")),
    case("a tab in a cell", put("Xã F", "Xã\tF"), 0, put("Xã F", "Xã\tF")),
    case("an apostrophe", put("Xã F", "Xã Ea H'leo"), 0, put("Xã F", "Xã Ea H'leo")),
    case("apostrophes before numbers", TABLE.replace("2024", "'2024"), 0, TABLE.replace("2024", "'2024")),
    case("leading zeros", TABLE.replace("5,Xã F", "00005,Xã F"), 0, TABLE.replace("5,Xã F", "00005,Xã F")),
    case("long numbers", put("Xã F", "12345678901234567890123.10"), 0, put("Xã F", "12345678901234567890123.10")),
    case("a line separator of Unicode", put("Xã F", "Xã\u2028F"), 0, put("Xã F", "Xã\u2028F")),
    case("a next line of Unicode", put("Xã F", "Xã\u0085F"), 0, put("Xã F", "Xã\u0085F")),
    case("a vertical tab in a cell", put("Xã F", "Xã\x0bF"), 0, put("Xã F", "Xã\x0bF")),
    case("two stray quotes, two rows", put("Xã F", 'Xã "F').replace("Xã H", 'Xã "H'), 1,
         put("Xã F", '"Xã ""F"').replace("Xã H", '"Xã ""H"'), ":8:7: error: a stray quote"),
    case("an open quote in crlf", put("Xã F", '"Xã F').replace("\n", "\r\n"), 1, put("Xã F", '"""Xã F"'), ":6:3: "),
    case("an open quote between semicolons", put("Xã F", '"Xã F').replace(",", ";"), 1, put("Xã F", '"""Xã F"'), ":6:3: "),
    case("an open quote in UTF-16", put("Xã F", '"Xã F').encode("utf-16"), 1, put("Xã F", '"""Xã F"'), ":6:3: "),
    case("a delimiter missing between semicolons", put(ROW, "5,Xã F,2024-06-0135\n").replace(",", ";"), 1, TABLE, "a delimiter was missing"),
    case("a delimiter too many between tabs", put(ROW, "5,Xã F,,2024-06-01,35\n").replace(",", "\t"), 1, TABLE, "an empty cell too many"),
    case("a NUL between semicolons", put("Xã F", "Xã \0F").replace(",", ";"), 1, TABLE, "a NUL byte"),
    case("NULs in three rows", put("Xã F", "Xã \0F").replace("Xã G", "\0Xã G").replace("Xã H", "Xã H\0"), 1, TABLE, "a NUL byte"),
    case("fail at a delimiter too many", put(ROW, "5,Xã F,,2024-06-01,35\n"), 3, None, ":6:", ["--on-error", "fail"]),
    case("fail at a byte that is no UTF-8", put("Xã F", "Xã @").encode().replace(b"@", b"\xff"), 3, None, ":6:7: not UTF-8",
         ["--on-error", "fail"]),
    case("fail at a delimiter missing", put(ROW, "5,Xã F,2024-06-0135\n"), 3, None, ":6:", ["--on-error", "fail"]),
    case("fail at a row with semicolons", put(ROW, ROW.replace(",", ";")), 3, None, ":6:1: a row with another delimiter",
         ["--on-error", "fail"]),
    case("fail at a long row", put(ROW, ROW[:-1] + ",a,b,c\n"), 3, None, ":6:", ["--on-error", "fail"]),
    case("fail at half a pair", put("Xã F", "Xã @").encode("utf-16-le").replace(b"@\0", b"\x00\xd8"), 3, None,
         "is no character of its encoding", ["--on-error", "fail"]),
    case("a delimiter by option", "a,b;c\n1,2;3\n", 0, '"a,b",c\n"1,2",3\n', None, ["--delimiter", ";"]),
    case("no delimiter by option", "a,b\n1,2\n", 0, '"a,b"\n"1,2"\n', None, ["--delimiter", "none"]),
    case("no quotes by option", 'a,b\n"1,2"\n3,4\n', 0, 'a,b\n"""1","2"""\n3,4\n', None, ["--quote", "none"]),
    case("rows above by option", "x\ny\n" + TABLE, 0, TABLE, "rows above the table: 2", ["--skip-rows", "2"]),
    case("rows below by option", TABLE + "13,tổng,2024-01-01,9\n", 0, TABLE, "rows below the table: 1", ["--skip-last", "1"]),
    case("no header by option", TABLE, 0, TABLE, None, ["--header-rows", "0"]),
    case("three header rows by option", "a,b\nc,d\n,e\n1,2\n", 0, "a c,b d e\n1,2\n", "the first 3 rows are the header",
         ["--header-rows", "3"]),
    case("bars in UTF-16", TABLE.replace(",", "|").encode("utf-16")),
    case("quoted line ends in UTF-16", put("Xã F", '"Xã\nF"').encode("utf-16"), 0, put("Xã F", '"Xã\nF"')),
    case("all cells quoted, crlf", "".join(",".join(f'"{c}"' for c in r.split(",")) + "\r\n" for r in TABLE.split("\n")[:-1]), 0,
         "".join(",".join(f'"{c}"' for c in r.split(",")) + "\n" for r in TABLE.split("\n")[:-1])),
    case("blank lines above", "\n\n" + TABLE, 0, TABLE),
    case("a long title above", "x" * 70000 + "\n\n" + TABLE, 0, TABLE, "rows above the table: 1"),
    case("an xz of semicolons", lzma.compress(TABLE.replace(",", ";").encode())),
    case("a gzip in a gzip", gzip.compress(gzip.compress(TABLE.encode())), 3, "", "neither a workbook nor a text"),
    case("one wide row", ",".join(map(str, range(5000))) + "\n", 0, ",".join(map(str, range(5000))) + "\n"),
]

# Lists of one column, in which something stands that is a delimiter elsewhere.
LISTS = [
    case("a list of " + name, "ten\n" + "".join(v + "\n" for v in values), 0,
         "ten\n" + "".join((f'"{v}"' if "," in v else v) + "\n" for v in values))
    for name, values in (
        ("names", ["Vị Thanh", "Ngã Bảy", "Long Mỹ"]), ("wards", ["Phường 5", "Phường 12", "Phường 3"]),
        ("people", ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Chi"]), ("times", ["10:30", "08:15", "09:00"]),
        ("decimals", ["12,5", "7,25", "3,0", "100,0"]), ("thousands", ["1,200,000", "300,000", "4,500"]),
        ("addresses", ["https://a.vn/x", "https://b.vn/y"]), ("codes", ["A*1", "B*2", "C#3"]),
        ("moments", ["2024-01-05 10:30:00", "2024-01-06 11:30:00"]),
        ("sentences", ["đạt", "không đạt, cần sửa", "đạt", "đạt, tốt", "chưa"]))]
LISTS.append(case("a list below a heading of two words", "Tên xã\nVị Thanh\nNgã Bảy\nLong Mỹ\n", 0,
                  "Tên xã\nVị Thanh\nNgã Bảy\nLong Mỹ\n"))

ABOVE = [
    case("a title of as many words as columns", "SỐ LIỆU NĂM 2024\n" + TABLE, says="rows above the table: 1, left out"),
    case("and a blank line below", "Danh sách xã phường\n\n" + TABLE, says="rows above the table: 1, left out"),
    case("a title with delimiters", "Báo cáo, quý I, năm 2024\nSở Nội vụ, tỉnh\n\n" + TABLE, says="rows above the table: 2, left out"),
    case("a header with spaces between its cells", put("stt,ten,ngay,so", "stt ten ngay so"), 1, TABLE, "another delimiter"),
    case("columns that spaces align", "ten    so  gia\nan     1   2.5\nbinh   20  3.5\nchi    300 4.5\n", 0,
         "ten,so,gia\nan,1,2.5\nbinh,20,3.5\nchi,300,4.5\n"),
    case("notes below, filled up with delimiters", TABLE + ",,,\nNguồn: Cục Thống kê,,,\n", says="rows below the table: 2, left out"),
    case("a title above, filled up with delimiters", "Biểu 1,,,\n,,,\n" + TABLE, says="rows above the table: 2, left out"),
    case("an empty row within", put(ROW, ROW + ",,,\n"), 0, put(ROW, ROW + ",,,\n")),
    *(case("each delimiter is " + name, TABLE.replace(",", by), 0, TABLE.replace(",", "," * len(by)), f'as if "{shown}" were the delimiter')
      for name, by, shown in (("two bars", "||", "||"), ("two colons", "::", "::"), ("two semicolons", ";;", ";;"),
                              ("two tabs", "\t\t", "\\t\\t"), ("three bars", "|||", "|||"))),
    case("each delimiter is a comma and a space", TABLE.replace(",", ", ")),
    *(case("a last row " + name, DATED[:-1 - n], 0, DATED[:-1 - n] + "\n", says)
      for name, n, says in (("cut within its last cell", 1, ":41:5: warning: the last cell is the start of one like the others"),
                            ("cut within the month", 4, "the text may be cut off"), ("cut behind its delimiter", 10, "the text may be cut off"),
                            ("without a line end", 0, None))),
    *(case("a last number that is short, " + name, COUNTED[:n], 0, COUNTED[:n].rstrip("\n") + "\n")
      for name, n in (("and no line end", -2), ("and a line end", None))),
    case("a NUL in a short text", "a,b\n1,x\0y\n", 1, "a,b\n1,xy\n", ":2:4: error: a NUL byte"),
]

JSON = [
    case("JSON Lines", '{"ma":"01","ten":"Xã, A"}\n\n{"ten":"Xã \\"B\\"","so":1.50,"ma":null}\r\n', 0,
         'ma,ten,so\n01,"Xã, A",\n,"Xã ""B""",1.50\n'),
    case("a list of objects", '\ufeff [ {"a": true, "b": [1, {"c": "d\\n"}]},\n{"a": 12345678901234567890} ]\n', 0,
         'a,b\ntrue,"[1,{""c"":""d\\u000A""}]"\n12345678901234567890,\n'),
    case("a list of lists", '[["ma","ten"],["01","A"]]', 0, "ma,ten\n01,A\n"),
    case("braces in strings", '{"a":"}]{[\\"}"}\n{"a":"\\\\"}\n', 0, 'a\n"}]{[""}"\n\\\n'),
    case("100,000 lines", "".join(f'{{"i":{i},"x":"xã {i}"}}\n' for i in range(100000)), 0,
         "i,x\n" + "".join(f"{i},xã {i}\n" for i in range(100000))),
    case("a line that is no JSON", '{"a":1}\n{"a":}\n', 3, "", ":2:6: this is not valid JSON"),
    case("a line cut off", '{"a":1}\n{"a":"x', 3, "", ":2: a record of JSON that is cut off"),
    case("a list cut off", '[{"a":1},\n{"a":2}', 3, "", ":2: the list of JSON is cut off"),
    case("a list cut off behind a comma", '[{"a":1},\n', 3, "", "the list of JSON is cut off"),
    case("a list and more", '[{"a":1}]\n[{"a":2}]', 3, "", "something stands behind the list"),
    case("lists among objects", '{"a":1}\n[2]\n', 3, "", ":2: a record that is a list"),
    case("a key twice", '{"a":1}\n{"a":1,"a":2}\n', 3, "", "twice"),
    case("depth", '{"a":1}\n' + "[" * 5000, 3, "", "JSON"),
    case("a long record", '{"a":1}\n{"a":"' + "x" * 2000000 + '"}', 3, "", "longer than 1 MiB"),
    case("keys without end", "".join(f'{{"k{i}":1}}\n' for i in range(17000)), 3, "", "more than 16384 keys"),
    case("what is no JSON is a text", "{a},{b}\n{c},{d}\n", 0, "{a},{b}\n{c},{d}\n"),
]

SIZES = [
    case("semicolons, and commas in cells", "".join(f'{i};"Xã ""{i}""; cũ";12,{i % 97};x\n' for i in LONG), 0,
         "".join(f'{i},"Xã ""{i}""; cũ","12,{i % 97}",x\n' for i in LONG)),
    case("tabs, crlf, and line ends in cells", "ma\tten\tso\r\n" + "".join(f'{i}\t"Xã\r\n\t{i}"\t1,{i % 7}\r\n' for i in LONG), 0,
         "ma,ten,so\n" + "".join(f'{i},"Xã\r\n\t{i}","1,{i % 7}"\n' for i in LONG)),
    case("crlf, and in cells", "ma,ten\r\n" + "".join(f'{i},"Xã\r\n, {i}"\r\n' for i in LONG), 0,
         "ma,ten\n" + "".join(f'{i},"Xã\r\n, {i}"\n' for i in LONG)),
    case("bars behind a mark, crlf", "\ufeffma|ten|so\r\n" + "".join(f"{i}|Xã, {i}|,\r\n" for i in LONG), 0,
         "ma,ten,so\n" + "".join(f'{i},"Xã, {i}",","\n' for i in LONG)),
    case("a field of 2 MB", put("Xã F", "x" * 2000000), 0, put("Xã F", "x" * 2000000)),
    case("a quoted field of 2 MB", put("Xã F", '"' + "x,\n" * 700000 + '"'), 0, put("Xã F", '"' + "x,\n" * 700000 + '"')),
    case("a line without end", "x" * 20000000, 3, "", "a record of more than 16777216 bytes"),
    case("70,000 cells in a row", "a,b\n" + "1," * 70000 + "\n", 3, "", "more than 65536 cells"),
    case("an open quote before 3 MB", "a,b\n1,\"x\n" + "2,y\n" * 700000, 1, "a,b\n1,\"\"\"x\"\n" + "2,y\n" * 700000, ":2:3: "),
    case("20,000 open quotes", "a,b\n" + '1,"x\n' * 20000, 1, "a,b\n" + '1,"""x"\n' * 20000, "and 981 more findings"),
]

PACKED = [
    case("gzip", gzip.compress(TABLE.encode())),
    case("gzip in two members", gzip.compress(TABLE[:40].encode()) + gzip.compress(TABLE[40:].encode())),
    case("xz", lzma.compress(TABLE.encode())),
    case("gzip cut off", gzip.compress(TABLE.encode())[:-9], 3, "", "the gzip file is cut off"),
    case("gzip damaged", gzip.compress(TABLE.encode())[:-6] + b"zzzzzz", 3, "", "the gzip file is damaged"),
    case("gzip and more", gzip.compress(TABLE.encode()) + b"zzzzzz", 3, "", "something stands behind"),
    case("xz cut off", lzma.compress(TABLE.encode())[:-9], 3, "", "the xz file is cut off"),
    case("a bomb", gzip.compress(b"\0" * 300000000, 9), 3, "", "too much for its size"),
]


def run(command, path, data, status, expected, says, options):
    path.write_bytes(data)
    p = subprocess.run([command, "-O", "csv", *options, str(path)], capture_output=True, timeout=10, check=False)
    out, err = p.stdout.decode(), p.stderr.decode()
    if p.returncode != status:
        return f"status {p.returncode}, not {status}: {err[:200]}"
    if expected is not None and out != expected:
        at = next((i for i, (a, b) in enumerate(zip(out, expected)) if a != b), min(len(out), len(expected)))
        return f"gives {out[max(0, at - 30):at + 50]!r}, not {expected[max(0, at - 30):at + 50]!r}; {err[:200]}"
    if says is None and err or says is not None and says not in err:
        return f"says {err[:300]!r}, not {says!r}"
    if any(ord(c) < 32 and c != "\n" for c in err):
        return "a control byte in a message"
    return None


def main(command):
    failed = 0
    cases = BASIC + QUOTES + ROWS + BYTES + ENCODINGS + LISTS + ABOVE + JSON + MORE + SIZES + PACKED
    with tempfile.TemporaryDirectory() as folder:
        for name, *rest in cases:
            wrong = run(command, Path(folder) / "t.csv", *rest)
            if wrong:
                failed += 1
                print(f"{name}: {wrong}")
    print(f"{len(cases) - failed} of {len(cases)} texts as expected")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
