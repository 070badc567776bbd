"""forms.py FOLDER - packages and specs of two real forms: 16B/GTVT-HH (statistics) and B01/BCQT (budget), as folders
a and b with a.json and b.json beside; called by forms.sh. The figures are made up, and add up."""

import csv
import hashlib
import io
import json
import sys
from pathlib import Path

FIELDS = {"chi_tieu": "string", "cot": "string", "gia_tri": "number"}


def package(folder, name, codes, columns, rows):
    """A sealed package of a table chi_tieu, cot, gia_tri."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(rows)
    lists = {}
    for list_, entries in (("chi-tieu", codes), ("cot", columns)):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([["code", "vi"], *entries])
        lists[list_ + ".csv"] = out.getvalue()
    schema = {"fields": [{"name": n, "type": t} for n, t in FIELDS.items()], "primaryKey": ["chi_tieu", "cot"],
              "foreignKeys": [{"fields": [f], "reference": {"resource": f"codes/{l}", "fields": ["code"]}}
                              for f, l in (("chi_tieu", "chi-tieu"), ("cot", "cot"))]}
    about = {"id": name, "title": {"vi": "Biểu thử"}, "modified": "2026-03-31", "keywords": {"vi": ["biểu mẫu"]},
             "publisher": {"id": "chhvn", "name": {"vi": "Bộ Giao thông vận tải (Cục Hàng hải Việt Nam)"}}}
    head = {"hg": 1, "stage": "packaged", "id": name, "definition": {"dataset": about, "codes": lists}, "sources": [],
            "resources": [{"name": name, "schema": schema}]}
    files = {"hg.json": json.dumps(head, ensure_ascii=False), f"data/{name}.csv": text.getvalue()}
    sha = lambda t: hashlib.sha256(t.encode()).hexdigest()
    files["manifest-sha256.txt"] = "".join(f"{sha(t)}  {f}\n" for f, t in sorted(files.items(), key=lambda i: i[0] != "hg.json"))
    files["datapackage.json"] = json.dumps({
        "name": name, "resources": [{"name": name, "path": f"data/{name}.csv", "hash": "sha256:" + sha(text.getvalue()), "schema": schema}],
        "hg": {"version": 1, "stage": "packaged", "head": sha(files["hg.json"]), "manifest": sha(files["manifest-sha256.txt"]),
               "verdict": {"errors": 0, "warnings": 0}}})
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")


def form_a(top):
    codes = [["01", "Tổng trị giá"], ["02", "Thu dịch vụ bảo đảm hàng hải"], ["03", "Nước đối tác A"], ["04", "Nước đối tác B"],
             ["06", "Thu dịch vụ cảng biển"], ["07", "Nước đối tác A"], ["08", "Nước đối tác B"]]
    columns = [["ke_hoach", "Kế hoạch năm"], ["thuc_hien", "Thực hiện năm"], ["nam_truoc", "Thực hiện năm trước"]]
    plan, done, before = [900, 400, 250, 150, 500, 200, 300], [954, 424, 260, 164, 530, 210, 320], [900, 400, 250, 150, 500, 200, 300]
    package(top / "a", "bieu-16b", codes, columns,
            [[c, k, v[i]] for i, (c, _) in enumerate(codes) for k, v in (("ke_hoach", plan), ("thuc_hien", done), ("nam_truoc", before))])
    total = lambda t, *parts: {"dimension": "chi_tieu", "total": t, "parts": list(parts)}
    spec = {"hgReport": 1, "signature": {"place": "Hà Nội", "signers": [
        {"title": "Người lập biểu", "hint": "(Ký, họ tên)"}, {"title": "Thủ trưởng đơn vị", "hint": "(Ký, đóng dấu, họ tên)"}]},
        "tables": [{"head": {"number": "16B/GTVT-HH", "basis": "Ban hành theo Quyết định\nsố … QĐ-TTg ngày …\ncủa Thủ tướng Chính phủ",
                             "received": "ngày 31 tháng 3 năm sau", "receivingUnit": "Tổng cục Thống kê"},
                    "title": "Trị giá xuất khẩu dịch vụ hàng hải", "period": "(Năm)", "unit": "USD", "value": "gia_tri",
                    "stub": [{"show": "label", "label": ""}, {"show": "code", "label": "Mã số"}],
                    "rows": [{"field": "chi_tieu", "codes": ["01"], "look": "bold"},
                             {"label": "Chia theo loại dịch vụ", "heading": True},
                             {"field": "chi_tieu", "codes": ["02"], "labels": {"02": "1. Thu dịch vụ bảo đảm hàng hải"}},
                             {"label": "Chia theo nước đối tác", "heading": True, "look": "italic", "rows": [{"field": "chi_tieu", "codes": ["03", "04"]}]},
                             {"field": "chi_tieu", "codes": ["06"], "labels": {"06": "2. Thu dịch vụ cảng biển"}},
                             {"label": "Chia theo nước đối tác", "heading": True, "look": "italic", "rows": [{"field": "chi_tieu", "codes": ["07", "08"]}]}],
                    "columns": [{"field": "cot", "codes": ["ke_hoach", "thuc_hien", "nam_truoc"]},
                                {"label": "So với năm trước (%)", "compute": {"way": "index", "of": {"cot": "thuc_hien"}, "to": {"cot": "nam_truoc"}}}],
                    "sums": [total("01", "02", "06"), total("02", "03", "04"), total("06", "07", "08")], "ruler": True}]}
    (top / "a.json").write_text(json.dumps(spec, ensure_ascii=False, indent=1), encoding="utf-8")


def form_b(top):
    codes = [["A", "KINH PHÍ NGÂN SÁCH NHÀ NƯỚC"], ["01", "Số dư kinh phí năm trước chuyển sang (01=02+05)"], ["02", "Kinh phí thường xuyên (02=03+04)"],
             ["03", "Kinh phí đã nhận"], ["04", "Dự toán còn dư ở Kho bạc"], ["05", "Kinh phí không thường xuyên"]]
    columns = [["tong", "TỔNG SỐ"], ["l1", "TỔNG SỐ"], ["l1k1", "KHOẢN 341"], ["l1k2", "KHOẢN 342"], ["l2", "TỔNG SỐ"], ["l2k1", "KHOẢN 081"]]
    leaves = {"03": [10, 20, 5], "04": [1, 2, 3], "05": [7, 8, 9]}
    leaves["02"] = [a + b for a, b in zip(leaves["03"], leaves["04"])]
    leaves["01"] = [a + b for a, b in zip(leaves["02"], leaves["05"])]
    rows = []
    for code in ("01", "02", "03", "04", "05"):
        k1, k2, k3 = leaves[code]
        rows += [[code, k, v] for k, v in (("tong", k1 + k2 + k3), ("l1", k1 + k2), ("l1k1", k1), ("l1k2", k2), ("l2", k3), ("l2k1", k3))]
    package(top / "b", "b01-bcqt", codes, columns, rows)
    total = lambda d, t, *parts: {"dimension": d, "total": t, "parts": list(parts)}
    line = lambda *codes, **more: {"field": "chi_tieu", "codes": list(codes), **more}
    spec = {"hgReport": 1, "signature": {"signers": [{"title": "Người lập biểu", "hint": "(Ký, họ tên)"},
                                                     {"title": "Phụ trách kế toán", "hint": "(Ký, họ tên)"},
                                                     {"title": "Thủ trưởng đơn vị", "hint": "(Ký, họ tên, đóng dấu)"}]},
            "tables": [{"sheet": "B01-BCQT", "head": {"style": "budget", "number": "B01/BCQT", "chapter": "622", "unitCode": "1053629",
                                                      "reportingUnit": "Trường THPT Vị Thanh",
                                                      "basis": "(Ban hành theo Thông tư số 107/2017/TT-BTC ngày 10/10/2017 của Bộ Tài chính)"},
                        "title": "Báo cáo quyết toán kinh phí hoạt động", "period": "Năm 2025", "unit": "Đồng", "value": "gia_tri",
                        "stub": [{"show": "number", "label": "STT"}, {"show": "label", "label": "CHỈ TIÊU"}, {"show": "code", "label": "MÃ SỐ"}],
                        "rows": [{"label": "KINH PHÍ NGÂN SÁCH NHÀ NƯỚC", "heading": True, "look": "bold", "numbering": "A",
                                  "rows": [line("01", look="bold", numbering="I", rows=[]) | {}, line("02", numbering="1"), line("03", "04", numbering="-"),
                                           line("05", numbering="1")]}],
                        "columns": [{"field": "cot", "codes": ["tong"]},
                                    {"label": "LOẠI 340", "columns": [{"field": "cot", "codes": ["l1", "l1k1", "l1k2"]}]},
                                    {"label": "LOẠI 070", "columns": [{"field": "cot", "codes": ["l2", "l2k1"]}]}],
                        "sums": [total("cot", "tong", "l1", "l2"), total("cot", "l1", "l1k1", "l1k2"), total("cot", "l2", "l2k1"),
                                 total("chi_tieu", "01", "02", "05"), total("chi_tieu", "02", "03", "04")],
                        "orientation": "landscape", "ruler": True}]}
    for node in spec["tables"][0]["rows"][0]["rows"]:
        node.pop("rows", None)
    (top / "b.json").write_text(json.dumps(spec, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    form_a(Path(sys.argv[1]))
    form_b(Path(sys.argv[1]))
