# A text that is in our dialect is passed on by the system, wherever it goes; and a change meanwhile is noticed.
. tests/cmd/lib.sh

make_text() { # 4 MB: more than a pipe holds
    awk 'BEGIN { print "id,tên,số"; for (i = 1; i <= 200000; i++) printf "%d,Xã Tân Lập,%d\n", i, i * 7919 % 1000003 }'
}
make_text >"$tmp/text.csv"
sed 's/,/;/g' "$tmp/text.csv" >"$tmp/other.csv"

expect 0 "a text becomes a stream" hg-extract -O stream -o "$tmp/stream" "$tmp/text.csv"
tar -xOf "$tmp/stream" --wildcards 'data/*' >"$tmp/rows" 2>/dev/null
check "whose rows are the text's bytes" cmp "$tmp/rows" "$tmp/text.csv"
hg-extract "$tmp/text.csv" | cat >"$out"
check "a pipe gets the same stream" cmp "$out" "$tmp/stream"
hg-extract "$tmp/text.csv" >"$out"
check "so does a file" cmp "$out" "$tmp/stream"
echo before >"$tmp/added"
hg-extract "$tmp/text.csv" >>"$tmp/added"
check "and one that is added to" cmp "$tmp/added" <(echo before && cat "$tmp/stream")
/usr/bin/python3 - "$tmp/text.csv" >"$out" <<'PY'
import socket, subprocess, sys
ours, theirs = socket.socketpair()
command = subprocess.Popen(["hg-extract", sys.argv[1]], stdout=theirs)
theirs.close()
while came := ours.recv(1 << 16):
    sys.stdout.buffer.write(came)
PY
check "and a socket" cmp "$out" "$tmp/stream"
/usr/bin/python3 - "$tmp/text.csv" >"$out" <<'PY'
import os, subprocess, sys
command = subprocess.Popen(["hg-extract", sys.argv[1]], stdout=subprocess.PIPE, preexec_fn=lambda: os.set_blocking(1, False), bufsize=0)
while came := command.stdout.read(1 << 16):
    sys.stdout.buffer.write(came)
sys.exit(command.wait())
PY
check "and a pipe that does not block" cmp "$out" "$tmp/stream"
cat "$tmp/text.csv" | hg-extract -O csv - >"$out"
check "a text from a pipe stays what it is" cmp "$out" "$tmp/text.csv"
hg-extract -O csv "$tmp/text.csv" | cat >"$out"
check "as plain CSV it stays what it is" cmp "$out" "$tmp/text.csv"
(printf '\357\273\277' && cat "$tmp/text.csv") >"$tmp/marked.csv"
hg-extract -O csv "$tmp/marked.csv" >"$out"
check "but for a byte order mark" cmp "$out" "$tmp/text.csv"
gzip -k "$tmp/text.csv"
expect 0 "a text in a .gz becomes a stream" hg-extract "$tmp/text.csv.gz"
tar -xOf "$out" --wildcards 'data/*' >"$tmp/rows" 2>/dev/null
check "whose rows are the text's bytes, too" cmp "$tmp/rows" "$tmp/text.csv"
hg-validate "$out" >"$tmp/checked"
expect 0 "and which is whole" hg-validate -q "$tmp/checked"
expect 0 "nobody need read it" hg-extract -O csv -o /dev/null "$tmp/text.csv"

expect 4 "a full device is noticed" sh -c "hg-extract '$tmp/text.csv' >/dev/full"
says "and named" "cannot write"
expect 4 "so is a file that may not get longer" sh -c "trap '' XFSZ; ulimit -f 1000; hg-extract '$tmp/text.csv' >'$tmp/limited'"
hg-extract "$tmp/text.csv" 2>"$err" | head -c 2000000 >"$tmp/part"
status=${PIPESTATUS[0]}
check "a reader that leaves is no crash" [ "$status" -gt 0 -a "$status" -le 4 ]
expect 3 "and what it has is no stream" hg-validate -q "$tmp/part"

for file in text other; do
    for change in cut longer other; do
        for form in stream csv; do
            cp "$tmp/$file.csv" "$tmp/changing.csv"
            expect 3 "a change ($change) of $file.csv while it becomes $form is noticed" \
                /usr/bin/python3 tests/cmd/send.py "$tmp/changing.csv" $form $change "$tmp/part"
            says "and told" "changed while it was read"
            [ $form = csv ] || expect 3 "and what came is no stream" hg-validate -q "$tmp/part"
        done
    done
done
finish
