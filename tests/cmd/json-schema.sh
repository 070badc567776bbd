# hg-validate --json-schema from outside: what it says of a document, and the JSON Schema Test Suite.
# Here a fourth of the suite's cases is run; `make json-schema` runs all.
. tests/cmd/lib.sh
suite=${JSON_SCHEMA:-../shared/conformance/json-schema/suite}
python=${PYTHON:-/usr/bin/python3}
found() { check "$1" grep -q -e "$2" "$out"; }

cat >"$tmp/s.json" <<'EOF'
{ "$schema": "https://json-schema.org/draft/2020-12/schema",
  "properties": { "tên": { "type": "string" }, "giá": { "multipleOf": 0.01 } },
  "required": ["tên"], "additionalProperties": false }
EOF
printf '{"tên": "Gạo", "giá": 12345678901234567890.01}' >"$tmp/good.json"
printf '{\n  "ten": "Gạo",\n  "giá": 0.005\n}\n' >"$tmp/bad.json"
S="--json-schema $tmp/s.json"

expect 0 "a document that keeps its schema is valid" hg-validate $S "$tmp/good.json"
found "the report says so" '^valid: 0 errors, 0 warnings$'
expect 1 "a document that breaks it is not" hg-validate $S "$tmp/bad.json"
found "a finding names line, column, place and keyword" \
    "bad.json:3:3 \[/giá\]: error multipleOf: 0.005 is no multiple of 0.01$"
found "a key that is not known is told with the one that was meant" \
    "bad.json:2:3 \[/ten\]: error additionalProperties: the key 'ten' is not allowed here; did you mean 'tên'?$"
found "what is missing is named where it should be" "bad.json:1:1: error required: 'tên' is missing here$"
expect 1 "standard input is read where no file is named" sh -c "hg-validate $S <'$tmp/bad.json'"
expect 1 "the report speaks Vietnamese on request" hg-validate --lang vi $S "$tmp/bad.json"
found "and says what is wrong" "lỗi required: ở đây thiếu 'tên'$"
expect 1 "the report can be JSON" hg-validate --report-format json $S "$tmp/bad.json"
check "which holds pointer, line and column" $python - "$out" <<'EOF'
import json, sys
report = json.load(open(sys.argv[1], encoding="utf-8"))
task = report["tasks"][0]
assert report["valid"] is False and task["type"] == "document" and task["stats"]["errors"] == 3
error = [e for e in task["errors"] if e["type"] == "multipleOf"][0]
assert (error["pointer"], error["row"], error["column"]) == ("/giá", 3, 3), error
assert error["messages"]["vi"] == "0.005 không phải bội số của 0.01"
EOF

# ---- what cannot be checked is never valid ----
printf '{"type": "strin"}' >"$tmp/wrong.json"
expect 2 "a schema that is none is refused" hg-validate --json-schema "$tmp/wrong.json" "$tmp/good.json"
says "with its place" 'wrong.json:1:2'
printf '{"$ref": "https://example.com/x"}' >"$tmp/away.json"
expect 2 "a schema that leads elsewhere is refused" hg-validate --json-schema "$tmp/away.json" "$tmp/good.json"
says "as nothing is fetched" 'nothing is fetched'
printf '{"a": 1' >"$tmp/cut.json"
expect 3 "a document that is cut off is damaged input" hg-validate $S "$tmp/cut.json"
says "with its place" 'cut.json:1:8: this is not valid JSON'
printf '{"$ref": "#"}' >"$tmp/loop.json"
expect 3 "a schema that applies itself without end cannot be checked" \
    hg-validate --json-schema "$tmp/loop.json" "$tmp/good.json"
expect 2 "a table's options do not go with it" hg-validate $S -d datasets/dan-so "$tmp/good.json"
expect 2 "remotes are for a JSON Schema" hg-validate -q --remotes . "$tmp/good.json"
mkdir "$tmp/remotes"
printf '{"type": "string"}' >"$tmp/remotes/text.json"
printf '{"properties": {"a": {"$ref": "http://localhost:1234/text.json"}}}' >"$tmp/far.json"
printf '{"a": 1}' >"$tmp/a.json"
expect 1 "a reference leads into the folder of remotes" \
    hg-validate --json-schema "$tmp/far.json" --remotes "$tmp/remotes" "$tmp/a.json"
printf '{"$ref": "http://localhost:1234/%%2e%%2e/s.json"}' >"$tmp/out.json"
expect 2 "but not out of it" hg-validate --json-schema "$tmp/out.json" --remotes "$tmp/remotes" "$tmp/a.json"

# ---- the definitions and the metaschemas ----
for folder in datasets/*/; do
    for kind in dataset recipe schema report; do
        [ ! -f "$folder$kind.json" ] || check "$folder$kind.json keeps its JSON Schema" \
            hg-validate --json-schema "metadata-schemas/$kind.schema.json" "$folder$kind.json"
    done
done
for draft in http://json-schema.org/draft-07/schema https://json-schema.org/draft/2020-12/schema; do
    printf '{"$ref": "%s"}' "$draft" >"$tmp/meta.json"
    for schema in metadata-schemas/*.schema.json; do
        check "$schema is a schema by $draft" hg-validate --json-schema "$tmp/meta.json" "$schema"
    done
done

# ---- the suite ----
if [ -d "$suite/tests" ]; then
    for draft in draft7 draft2020-12; do
        check "$draft of the JSON Schema Test Suite comes out as it says" \
            $python tests/cmd/json-schema.py "$suite" $draft "${JSON_SCHEMA_EVERY:-4}"
    done
else
    skip "the JSON Schema Test Suite comes out as it says" "no $suite"
fi
finish
