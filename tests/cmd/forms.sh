# The forms of datasets/README.md that are no sample: 16B/GTVT-HH and B01/BCQT, point by point.
. tests/cmd/lib.sh

/usr/bin/python3 tests/cmd/forms.py "$tmp" || fail "the forms' packages are made"
for form in a b; do
    for layout in classic accessible; do
        expect 0 "form $form, $layout" hg-report --layout $layout --spec "$tmp/$form.json" -o "$tmp/$form.$layout.xlsx" "$tmp/$form"
        check "without a word" [ ! -s "$out" -a ! -s "$err" ]
        expect 0 "is read back" hg-extract -O csv "$tmp/$form.$layout.xlsx"
        check "as it was" cmp "$out" "$tmp/$form/data/"*.csv
    done
    expect 0 "form $form is accessible" hg-report --check "$tmp/$form.accessible.xlsx"
done

# has FORM CELL TEXT - of the sheet as rows
has() {
    check "form $1 has '$2'" sh -c "unzip -p '$tmp/$1.classic.xlsx' xl/sharedStrings.xml | sed 's/<[^>]*>/|/g' | tr '\n' ' ' | grep -qF -- '$2'"
}
has a 'Biểu số: |'
has a '|16B/GTVT-HH|'
has a 'Ban hành theo Quyết định'
has a '|ngày 31 tháng 3 năm sau|'
has a 'TRỊ GIÁ XUẤT KHẨU'
has a '|Đơn vị nhận báo cáo: |'
has a 'Đơn vị tính: USD'
has a 'Mã số'
has a 'So với năm trước (%)'
has a '|A|'
has a '|Chia theo loại dịch vụ|'
has a '1. Thu dịch vụ bảo đảm hàng hải'
has a 'Hà Nội, ngày … tháng … năm ……'
has a '(Ký, đóng dấu, họ tên)'
has b 'Mã chương: |'
has b 'Mã ĐVQHNS: |'
has b '|B01/BCQT|'
has b '(Ban hành theo Thông tư số 107/2017/TT-BTC ngày 10/10/2017 của Bộ Tài chính)'
has b 'BÁO CÁO QUYẾT TOÁN'
has b 'LOẠI 340'
has b '|1=2+5|'
has b '|2=3+4|'
has b '(01=02+05)'
check "form b is A4 upright's other way, fitted to its width" sh -c "unzip -p '$tmp/b.classic.xlsx' xl/worksheets/sheet1.xml | grep -q 'fitToPage=\"1\".*<pageSetup paperSize=\"9\" [^>]*orientation=\"landscape\"'"
check "headings come again on each page" sh -c "unzip -p '$tmp/b.classic.xlsx' xl/workbook.xml | grep -q 'Print_Titles'"
# a first report.json for a form that is there: ours, and a real one beside the project
sketch() { # FORM-FILE EXPRESSION - what Python finds in the spec as s
    expect 0 "a spec from $1" hg-report --spec-from "$1"
    check "has $2" /usr/bin/python3 -c "import json; s = json.load(open('$out'))['tables'][0]; assert $2, s"
}
sketch "$tmp/a.classic.xlsx" "s['head']['number'] == '16B/GTVT-HH' and s['unit'] == 'USD' and s['ruler']"
sketch "$tmp/a.classic.xlsx" "[r['where']['dong'] for r in s['rows'] if 'where' in r] == ['01', '02', '03', '04', '06', '07', '08']"
sketch "$tmp/a.classic.xlsx" "[r['label'] for r in s['rows'] if r.get('heading')] == ['Chia theo loại dịch vụ'] + 2 * ['Chia theo nước đối tác']"
sketch "$tmp/a.classic.xlsx" "s['title'].startswith('TRỊ GIÁ XUẤT KHẨU DỊCH VỤ')"
sketch "$tmp/b.classic.xlsx" "[(c['label'], [d['label'] for d in c.get('columns', [])]) for c in s['columns']] == [('TỔNG SỐ', []), ('LOẠI 340', ['TỔNG SỐ', 'KHOẢN 341', 'KHOẢN 342']), ('LOẠI 070', ['TỔNG SỐ', 'KHOẢN 081'])]"
sketch "$tmp/b.classic.xlsx" "[c['show'] for c in s['stub']] == ['number', 'label', 'code']"
expect 3 "a sheet without a table has none" hg-report --spec-from datasets/README.md
if [ -d ../shared/real ]; then
    sketch ../shared/real/gso-ty-le-ho-ngheo-bieu-10.xlsx "len(s['columns']) == 2 and s['columns'][0]['columns'][0]['label'] == '2016' and s['head']['number'] == '10' and s['title'] == 'Tỷ lệ hộ nghèo phân theo địa phương'"
    sketch ../shared/real/gso-ty-le-ho-ngheo-bieu-10.xlsx "[(r['label'], len(r.get('rows', []))) for r in s['rows'][:3]] == [('CẢ NƯỚC', 0), ('Đồng bằng sông Hồng', 11), ('Trung du và miền núi phía Bắc', 14)]"
    sketch ../shared/real/gso-ty-le-ho-ngheo-bieu-10.xlsx "len(s['rows']) == 7 and sum(len(r.get('rows', [])) for r in s['rows']) == 63 and len(s['stub']) == 1"
    sketch ../shared/real/gia-phu-luc-ket-qua-tham-dinh.xls "[c['show'] for c in s['stub']] == ['number', 'label', 'unit'] and len(s['columns']) == 4 and s['x-left-out'] == ['Đăc điểm kinh tế kỹ thuật ', 'Nguồn gốc xuất xứ']"
    sketch ../shared/real/gso-dieu-tra-nong-thon-2020.xlsx "s['rows'][1]['label'] != '1'"
else
    skip "a spec from a real form" "no ../shared/real"
fi
if /usr/bin/python3 -c 'import jsonschema' 2>/dev/null; then
    hg-report --spec-from "$tmp/b.classic.xlsx" >"$tmp/sketch.json"
    check "what is printed keeps the JSON Schema" /usr/bin/python3 -c "import json, jsonschema; jsonschema.Draft7Validator(json.load(open('metadata-schemas/report.schema.json'))).validate(json.load(open('$tmp/sketch.json')))"
else
    skip "a sketch and the JSON Schema" "no python3-jsonschema"
fi
finish
