# Vietnamese text from before Unicode: real phrases through every encoding and back.
. tests/cmd/lib.sh

shared=${HG_SHARED:-../shared}
B=${B:-build}
tool=$PWD/$B/tools/vntext
check "the tool of this test is built" make -s "$B/tools/vntext"

printf 'Tr\xB9m: C\xC7n Th\xAC\n' >"$tmp/tcvn3"
check "bytes of TCVN3 are read" sh -c "[ \"\$($tool tcvn3 <'$tmp/tcvn3')\" = 'Trạm: Cần Thơ' ]"
if [ -r "$shared/reference/encodings/tcvn3.tsv" ]; then
    /usr/bin/python3 tests/cmd/legacy.py "$tool" "$shared" >"$tmp/lines"
    check "the phrases were tried" test -s "$tmp/lines"
    while read -r line; do
        check "${line#*ok }" test "${line%% *}" = ok
    done <"$tmp/lines"
else
    skip "real phrases go through every legacy encoding and back" "no ../shared"
fi
finish
