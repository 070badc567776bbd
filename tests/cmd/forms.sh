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
finish
