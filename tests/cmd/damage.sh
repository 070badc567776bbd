# Damage on the way is found before anything comes of it: in a pipe, where hg-validate leaves the rows' digest to the
# reader, at its end at the latest.
. tests/cmd/lib.sh

awk 'BEGIN { print "id,ten,so"
    for (i = 1; i <= 120000; i++) print i ",Tan Lap," i * 7919 % 1000003 (i == 500 ? "," : "") }' >"$tmp/text.csv"
mkdir -p "$tmp/datasets/do"
cp datasets/publisher.json "$tmp/datasets/"
/usr/bin/python3 - "$tmp/datasets/do" <<'PY'
import json, pathlib, sys
about = json.loads(pathlib.Path("datasets/dan-so/dataset.json").read_text())
about["id"] = "do"
about.pop("tables", None)
fields = [{"name": n, "type": t, "title": n, "description": n} for n, t in (("id", "integer"), ("ten", "string"), ("so", "integer"))]
pathlib.Path(sys.argv[1], "dataset.json").write_text(json.dumps(about))
pathlib.Path(sys.argv[1], "schema.json").write_text(json.dumps({"fields": fields, "primaryKey": "id"}))
PY
hg-extract --on-error report -d "$tmp/datasets/do" "$tmp/text.csv" >"$tmp/extracted" 2>"$err"
hg-validate "$tmp/extracted" >"$tmp/checked" 2>"$err"
hg-validate "$tmp/extracted" 2>"$err" | cat >"$out"
check "a pipe passes on the same stream" cmp "$out" "$tmp/checked"
mkdir "$tmp/damaged"
check "a stream is damaged in all ways" /usr/bin/python3 tests/cmd/damage.py "$tmp/extracted" "$tmp/damaged"

for what in rows head origin finding seal digest; do
    damaged=$tmp/damaged/$what
    expect 3 "-q finds that the $what changed" hg-validate -q "$damaged"
    says "and says so" "damaged"
    expect 3 "so does who writes a file" hg-validate -o "$tmp/to" "$damaged"
    check "and writes none" [ ! -e "$tmp/to" ]
    expect 3 "so does standard output that is a file" hg-validate "$damaged"
    expect 3 "or plain CSV" sh -c "hg-validate -O csv '$damaged' 2>'$tmp/said'; s=\$?; cat '$tmp/said' >&2; exit \$s"
    for form in text json html; do
        hg-validate --report "$tmp/to" --report-format $form "$damaged" 2>"$err" | cat >"$out"
        check "so does who writes a report ($form)" [ "${PIPESTATUS[0]}" = 3 -a ! -e "$tmp/to" ]
    done
    hg-validate --report-format json "$damaged" 2>"$err" | cat >"$out"
    check "so does one that is asked for its form only" [ "${PIPESTATUS[0]}" = 3 ]
    hg-validate -O csv "$damaged" 2>"$err" | cat >"$out"
    check "so does plain CSV down a pipe" [ "${PIPESTATUS[0]}" = 3 ]
    hg-validate --split "$tmp/to" "$damaged" 2>"$err" | cat >"$out"
    check "so does who splits rows off" [ "${PIPESTATUS[0]}" = 3 -a ! -e "$tmp/to" ]

    hg-validate "$damaged" 2>"$err" | cat >"$tmp/passed"
    first=${PIPESTATUS[0]}
    case $what in
    rows | digest) check "down a pipe the $what are not looked at" [ "$first" -le 1 ] ;;
    *) check "down a pipe the $what is, all the same" [ "$first" = 3 ] ;;
    esac
    expect 3 "hg-package finds it then" hg-package -o "$tmp/to.zip" "$tmp/passed"
    check "and makes nothing" [ ! -e "$tmp/to.zip" ]
    hg-validate "$damaged" 2>"$err" | hg-validate 2>"$err" | hg-validate -q >"$out" 2>"$err"
    check "and so does the last of several" [ "${PIPESTATUS[2]}" = 3 ]
    hg-validate "$damaged" 2>"$err" | hg-package 2>"$err" | hg-publish -t "$tmp/site" 2>"$err"
    check "nothing is published" [ "${PIPESTATUS[2]}" = 3 -a ! -e "$tmp/site" ]
done
finish
