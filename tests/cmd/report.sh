# hg-report from outside: the samples' reports, what it refuses, and that nothing is left behind.
. tests/cmd/lib.sh

python=/usr/bin/python3
for id in dan-so giao-duc-mam-non ty-le-ho-ngheo; do
    hg-extract -d datasets/$id datasets/$id/$id.xlsx 2>/dev/null | hg-validate 2>/dev/null |
        hg-package -o "$tmp/$id.zip" 2>/dev/null
    expect 0 "$id gets its report" hg-report -o "$tmp/$id.xlsx" "$tmp/$id.zip"
    check "and nothing is printed" [ ! -s "$out" -a ! -s "$err" ]
done

unzip -p "$tmp/dan-so.xlsx" xl/workbook.xml | grep -o '<definedName name="hg[^/]*' >"$tmp/names"
check "the areas of a form's table have names" [ "$(sed 's/.*name="//; s/">.*!/ /; s/<//' "$tmp/names" | tr '\n' ' ')" = \
    'hg.t1.data $B$8:$F$34 hg.t1.header $A$4:$F$6 hg.t1.stub $A$8:$A$34 ' ]

# the same bytes, however the package comes and wherever it is done
id=dan-so
sleep 1
expect 0 "a report of a folder" sh -c "mkdir '$tmp/p' && cd '$tmp/p' && unzip -q ../$id.zip && TZ=Asia/Ho_Chi_Minh LC_ALL=vi_VN.UTF-8 hg-report -o ../folder.xlsx ."
check "has the bytes of the zip's" cmp "$tmp/$id.xlsx" "$tmp/folder.xlsx"
hg-extract -d datasets/$id datasets/$id/$id.xlsx 2>/dev/null | hg-validate 2>/dev/null | hg-package >"$tmp/$id.tar" 2>/dev/null
expect 0 "a report of the standard input" sh -c "cat '$tmp/$id.tar' | hg-report -o '$tmp/stdin.xlsx'"
check "has the same bytes" cmp "$tmp/$id.xlsx" "$tmp/stdin.xlsx"
expect 0 "a report by the dataset's folder" hg-report -d datasets/$id -o "$tmp/folder.xlsx" "$tmp/$id.zip"
check "has the same bytes" cmp "$tmp/$id.xlsx" "$tmp/folder.xlsx"
expect 0 "several packages make one workbook" hg-report -o "$tmp/all.xlsx" "$tmp/dan-so.zip" "$tmp/ty-le-ho-ngheo.zip"

# a first report.json, which is one that works
for one in dan-so giao-duc-mam-non ty-le-ho-ngheo; do
    expect 0 "a first report.json of $one" hg-report --init "$tmp/$one.zip"
    cp "$out" "$tmp/init.json"
    expect 0 "makes a report" hg-report --spec "$tmp/init.json" -o "$tmp/init.xlsx" "$tmp/$one.zip"
done
rm "$tmp/init.xlsx"

# computed columns, by hand from the package: 2016 against 2015
cat >"$tmp/computed.json" <<END
{ "hgReport": 1, "tables": [ { "head": { "number": "1" }, "value": "gia_tri", "status": "obs_status", "rows": [ { "field": "gioi_tinh" } ],
  "where": { "don_vi": "nghin_nguoi", "khu_vuc": "T", "nam": ["2015", "2016"] },
  "columns": [ { "field": "nam" },
    { "label": "%", "compute": { "way": "index", "of": { "nam": "2016" }, "to": { "nam": "2015" } } },
    { "label": "+/-", "compute": { "way": "difference", "of": { "nam": "2016" }, "to": { "nam": "2015" }, "decimals": 1 } },
    { "label": "+%", "compute": { "way": "growth", "of": { "nam": "2016" }, "to": { "nam": "2015" }, "decimals": 2 } },
    { "label": "x", "compute": { "way": "ratio", "of": { "nam": "2016" }, "to": { "nam": "2015" } } } ] } ] }
END
expect 0 "computed columns" hg-report --spec "$tmp/computed.json" -o "$tmp/computed.xlsx" "$tmp/$id.zip"
sed 's/"way": "index"/"way": "indx"/' "$tmp/computed.json" >"$tmp/wrong.json"
expect 2 "a way of computing that is not known is refused" hg-report --spec "$tmp/wrong.json" -o "$tmp/no.xlsx" "$tmp/$id.zip"
says "with the nearest" "did you mean 'index'"

# a sheet for each code, both layouts, what the workbook says of itself
cat >"$tmp/each.json" <<END
{ "hgReport": 1, "workbook": { "title": "Báo cáo dân số", "author": "Cục Thống kê", "keywords": ["a", "b"], "cover": ["Dòng một"] },
  "tables": [ { "head": { "number": "9" }, "value": "gia_tri", "status": "obs_status", "forEach": "don_vi", "sheet": "[{label}]",
    "title": "Dân số ({code})", "where": { "khu_vuc": "T" }, "rows": [ { "field": "nam" } ], "columns": [ { "field": "gioi_tinh" } ] } ] }
END
mkdir "$tmp/two"
expect 0 "both layouts, a sheet for each code" hg-report --layout both --spec "$tmp/each.json" -o "$tmp/two/each.xlsx" "$tmp/$id.zip"
check "are two files" sh -c "[ \"\$(ls '$tmp/two')\" = 'each.accessible.xlsx
each.xlsx' ]"
check "sheets have safe names" sh -c "hg-extract --list '$tmp/two/each.xlsx' | cut -f1 | tr '\n' ' ' | grep -q '^-Nghìn người- -%- _hg $'"
check "titles say which code" sh -c "unzip -p '$tmp/two/each.xlsx' xl/sharedStrings.xml | grep -q 'DÂN SỐ (PHAN_TRAM)'"
check "properties and cover are the report's" sh -c "unzip -p '$tmp/two/each.accessible.xlsx' docProps/core.xml xl/sharedStrings.xml | grep -c 'Báo cáo dân số.*Cục Thống kê.*a, b\|Dòng một' | grep -q '^2$'"
expect 0 "the accessible one keeps the rules" hg-report --check "$tmp/two/each.accessible.xlsx"
sed 's/"don_vi", "sheet"/"don_vj", "sheet"/' "$tmp/each.json" >"$tmp/wrong.json"
expect 2 "a field that is not there is refused" hg-report --spec "$tmp/wrong.json" -o "$tmp/no.xlsx" "$tmp/$id.zip"
says "with the nearest" "did you mean 'don_vi'"

# charts: each kind, its texts, what it cannot show
cat >"$tmp/charts.json" <<END
{ "hgReport": 1, "tables": [ { "head": { "number": "9" }, "value": "gia_tri", "rows": [ { "field": "nam" } ], "columns": [ { "field": "gioi_tinh" } ],
  "where": { "don_vi": "nghin_nguoi", "khu_vuc": "T", "gioi_tinh": ["M", "F"] }, "unit": "Nghìn người", "charts": [
    { "kind": "pyramid", "title": "Tháp", "alt": "Nam bên trái" }, { "kind": "bar", "title": "Nam", "alt": "a", "columns": { "gioi_tinh": "M" } },
    { "kind": "column", "title": "Cột", "alt": "b", "along": "columns", "rows": { "nam": ["2004", "2016"] } },
    { "kind": "stacked", "title": "Chồng", "alt": "c" }, { "kind": "line", "title": "Đường", "alt": "d" } ] } ] }
END
expect 0 "charts" hg-report --spec "$tmp/charts.json" -o "$tmp/charts.xlsx" "$tmp/$id.zip"
check "without a word" [ ! -s "$out" -a ! -s "$err" ]
charts() {
    sed "$2" "$tmp/charts.json" >"$tmp/wrong.json"
    expect 2 "$1" hg-report --spec "$tmp/wrong.json" -o "$tmp/no.xlsx" "$tmp/$id.zip"
    says "$1: the message" "$3"
}
charts "a chart needs a text for people who do not see it" 's/, "alt": "d"//' "wrong.json:5:[0-9]*.*'alt' is missing"
charts "a chart's kind must be known" 's/"line"/"lines"/' "did you mean 'line'"
charts "a pyramid has two sides" 's/"Tháp"/"Tháp", "columns": { "gioi_tinh": "M" }/' "two series"
charts "a chart needs something to show" 's/\["2004", "2016"\]/"1900"/' "nothing to show"
charts "a chart's block must be there" 's/"Chồng"/"Chồng", "block": 2/' "the table has 1 blocks"

# refusals: the status, the place, and nothing written
refuses() {
    rm -f "$tmp/no.xlsx"
    expect "$1" "$2" hg-report -o "$tmp/no.xlsx" "${@:4}"
    says "$2: the message" "$3"
    check "$2: nothing is written" [ -z "$(find "$tmp" -name '*no.xlsx*')" ]
}
spec=$tmp/report.json
sed 's/"ruler"/"ruller"/' datasets/$id/report.json >"$spec"
refuses 2 "a misspelt key is refused" "report.json:[0-9]*:[0-9]* .*did you mean 'ruler'" --spec "$spec" "$tmp/$id.zip"
sed 's/"field": "nam"/"field": "nm"/' datasets/$id/report.json >"$spec"
refuses 2 "an unknown field is refused" "report.json:13:.*'nm' is not known here; did you mean 'nam'" --spec "$spec" "$tmp/$id.zip"
sed 's/"codes": \["M", "F"\]/"codes": ["M"]/' datasets/$id/report.json >"$spec"
refuses 1 "a row without a place is refused" "data/$id.csv:[0-9]*.*no place" --spec "$spec" "$tmp/$id.zip"
sed 's/"sheet": "[^"]*"/"sheet": "a\/b"/' datasets/$id/report.json >"$spec"
refuses 2 "a sheet's name that Excel refuses" "a/b: a sheet's name holds none of" --spec "$spec" "$tmp/$id.zip"
refuses 2 "a folder of another dataset is refused" "of the dataset 'dan-so', not of 'ty-le-ho-ngheo'" -d datasets/ty-le-ho-ngheo "$tmp/$id.zip"
refuses 2 "the same report twice is refused" "two sheets have the same name" "$tmp/$id.zip" "$tmp/$id.zip"
refuses 3 "a missing package is refused" "missing.zip" "$tmp/missing.zip"
head -c 3000 "$tmp/$id.zip" >"$tmp/cut.zip"
refuses 3 "a package cut off is refused" "cut.zip" "$tmp/cut.zip"
head -c 20480 "$tmp/$id.tar" >"$tmp/cut.tar"
refuses 3 "a stream cut off is refused" "cut.tar" "$tmp/cut.tar"
refuses 2 "a stream not yet packaged is refused" "hg-package" <(hg-extract -d datasets/$id datasets/$id/$id.xlsx 2>/dev/null)
expect 2 "another layout is refused" hg-report --layout modern -o "$tmp/no.xlsx" "$tmp/$id.zip"
expect 2 "an output is needed" hg-report "$tmp/$id.zip"
expect 4 "a folder that is not there" hg-report -o "$tmp/none/no.xlsx" "$tmp/$id.zip"

# libxlsxwriter does not notice when its temporary files cannot be written; hg-report does
mkdir "$tmp/q" && (cd "$tmp/q" && unzip -q ../ty-le-ho-ngheo.zip)
rm -f "$tmp/no.xlsx"
expect 4 "a temporary file that cannot grow is noticed" bash -c "trap '' XFSZ; ulimit -f 20; hg-report -o '$tmp/no.xlsx' '$tmp/q'"
says "and told" "not written whole"
check "and nothing is written" [ ! -e "$tmp/no.xlsx" ]
for limit in 1 2 4 8 12 16; do # KiB: some part, or the whole, does not fit
    expect 4 "a file of $limit KiB at most is noticed" bash -c "trap '' XFSZ; ulimit -f $limit; hg-report -o '$tmp/no.xlsx' '$tmp/q'"
    check "told in one line, by us alone" [ "$(wc -l <"$err") $(grep -c '^hg-report: ' "$err")" = "1 1" ]
done
check "and nothing is written" [ ! -e "$tmp/no.xlsx" ]

# a total that is not the sum of its parts, within the rules' reach or not
cat >"$spec" <<END
{ "hgReport": 1, "tables": [ { "head": { "number": "1" }, "value": "gia_tri", "where": { "don_vi": "nghin_nguoi", "gioi_tinh": "T" },
  "rows": [ { "field": "nam" } ], "columns": [ { "field": "khu_vuc", "where": { "gioi_tinh": "T" } } ],
  "sums": [ { "dimension": "khu_vuc", "total": "U", "parts": ["T", "R"] } ] } ] }
END
refuses 1 "a total that is not the sum of its parts" "the published total 114.3 is not the sum of its parts, 1385.3" --spec "$spec" "$tmp/$id.zip"

# what other programs see in the workbook
if $python -c 'import openpyxl' 2>/dev/null; then
    check "figures are numbers, totals formulas, the page is set up" $python tests/cmd/report.py sheet "$tmp"
    check "charts have their texts, colours and live data" $python tests/cmd/report.py charts "$tmp"
    check "computed columns are formulas with exact values" $python tests/cmd/report.py computed "$tmp"
else
    skip "the workbook as openpyxl reads it" "no python3-openpyxl"
fi
if command -v soffice >/dev/null && $python -c 'import openpyxl' 2>/dev/null; then
    for one in dan-so giao-duc-mam-non ty-le-ho-ngheo; do
        hg-report --layout accessible -o "$tmp/$one.accessible.xlsx" "$tmp/$one.zip"
    done
    check "reports of random schemas" $python tests/cmd/roundtrip.py bin 8 --seed 7000 --keep "$tmp"
    mkdir "$tmp/bare" # the same workbooks without the values, so that LibreOffice must compute them
    $python tests/cmd/report.py strip "$tmp" "$tmp/bare"
    soffice --headless "-env:UserInstallation=file://$tmp/lo" --convert-to xlsx --outdir "$tmp/calc" "$tmp"/bare/*.xlsx >/dev/null 2>&1
    check "every total is what LibreOffice computes" $python tests/cmd/report.py totals "$tmp" "$tmp/calc"
else
    skip "totals as LibreOffice computes them" "no LibreOffice"
fi
if $python -c 'import jsonschema' 2>/dev/null; then
    check "each report.json is as its JSON Schema says" $python tests/cmd/report.py schema metadata-schemas/report.schema.json datasets/*/report.json
else
    skip "report.json and its JSON Schema" "no python3-jsonschema"
fi
finish
