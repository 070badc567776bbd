# Every folder of tests/cases/check says what hg-validate makes of its input.csv:
#   valid/NAME    with schema.json (or without a schema): status 0; the report has no finding
#   invalid/NAME  status 1, or that in a file "status", and the report's lines, but for its last, are those of "expected"
#   wrong/NAME    the schema is wrong or cannot be checked: status 2, and the message has the
#                 line of "expected" in it
# A folder with datapackage.json or dataresource.json is checked as what that describes.
# A file "options" holds further options. A line of "expected" leaves out the file's name.
. tests/cmd/lib.sh

case_of() {
    folder=$1
    args="-q $(cat "$folder/options" 2>/dev/null)"
    if [ -e "$folder/datapackage.json" ]; then
        hg-validate $args "$folder" >"$out" 2>"$err"
    elif [ -e "$folder/dataresource.json" ]; then
        hg-validate $args "$folder/dataresource.json" >"$out" 2>"$err"
    else
        [ ! -e "$folder/schema.json" ] || args="$args -S $folder/schema.json"
        hg-validate $args "$folder/input.csv" >"$out" 2>"$err"
    fi
}

for folder in tests/cases/check/valid/*/; do
    case_of "${folder%/}"
    status=$?
    if [ $status -eq 0 ] && grep -q '^valid: 0 errors, 0 warnings' "$out"; then
        pass
    else
        fail "$folder is valid" "status $status" "$(cat "$out" "$err")"
    fi
done

for folder in tests/cases/check/invalid/*/; do
    case_of "${folder%/}"
    status=$?
    sed -e '$d' -e 's/^input\.csv//' "$out" >"$tmp/got"
    wanted=$(cat "$folder/status" 2>/dev/null || echo 1)
    if [ $status -eq $wanted ] && diff "$folder/expected" "$tmp/got" >"$tmp/diff"; then
        pass
    else
        fail "$folder has the findings it should" "status $status" "$(cat "$tmp/diff" "$err")"
    fi
done

for folder in tests/cases/check/wrong/*/; do
    case_of "${folder%/}"
    status=$?
    if [ $status -eq 2 ] && [ ! -s "$out" ] && grep -q -F -f "$folder/expected" "$err"; then
        pass
    else
        fail "$folder is refused" "status $status" "$(cat "$out" "$err")"
    fi
done
finish
