# hg-publish killed at system calls, evenly spread: a reader finds the old catalogue or the new one,
# the next run completes, and nothing is left beside it. POINTS=0 tries every system call (some minutes).
. tests/cmd/lib.sh

if ! command -v strace >/dev/null || ! strace -qq -o /dev/null true 2>/dev/null; then
    skip "a killed publication leaves the old catalogue or the new one" "strace cannot be used here"
    finish
    exit
fi
POINTS=${POINTS:-60}

state() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum); }
litter() { find "$1" -mindepth 1 -maxdepth 1 ! -name pub ! -name new.tar | wc -l; }

mkdir "$tmp/base" "$tmp/tmp"
export TMPDIR="$tmp/tmp"
tests/cmd/make-package "$tmp/a"
tests/cmd/make-package "$tmp/b" 'id="lua"'
tests/cmd/make-package "$tmp/b2" 'id="lua"' rows=9 'version="2.0.0"'
hg-publish -t "$tmp/base/pub" "$tmp/a" "$tmp/b" >/dev/null
echo dulieumo.example >"$tmp/base/pub/CNAME"
(cd "$tmp/b2" && tar cf "$tmp/base/new.tar" --format=ustar hg.json README.md data/lua.csv metadata/dcat.jsonld metadata/dcat.ttl \
    manifest-sha256.txt datapackage.json)
old=$(state "$tmp/base/pub")

# one run from start to end tells the points: the k-th call of each system call
cp -a "$tmp/base" "$tmp/run"
(cd "$tmp/run" && strace -f -qq -o "$tmp/calls" hg-publish -t pub new.tar >/dev/null)
new=$(state "$tmp/run/pub")
check "the new version makes another catalogue" [ "$old" != "$new" ]
sed -n 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/p' "$tmp/calls" | grep -v -e '^execve$' -e '^exit' |
    awk '{ print $1, ++n[$1] }' >"$tmp/points"
total=$(wc -l <"$tmp/points")
[ "$POINTS" -gt 0 ] && [ "$POINTS" -lt "$total" ] || POINTS=$total

tried=0 olds=0 news=0 mixed='' stuck='' left=''
while read -r call k; do
    rm -rf "$tmp/run"
    cp -a "$tmp/base" "$tmp/run"
    (cd "$tmp/run" && strace -f -qq -o /dev/null -e trace="$call" -e inject="$call:signal=KILL:when=$k" \
        hg-publish -t pub new.tar >/dev/null 2>&1) 2>/dev/null
    tried=$((tried + 1))
    case $(state "$tmp/run/pub") in
    "$old") olds=$((olds + 1)) ;;
    "$new") news=$((news + 1)) ;;
    *) mixed="$mixed $call:$k" ;;
    esac
    (cd "$tmp/run" && hg-publish -t pub new.tar >/dev/null 2>&1) && [ "$(state "$tmp/run/pub")" = "$new" ] || stuck="$stuck $call:$k"
    [ "$(litter "$tmp/run")" -eq 0 ] && [ "$(litter "$TMPDIR")" -eq 0 ] || left="$left $call:$k"
done <<EOT
$(awk -v total="$total" -v points="$POINTS" '{ if (int(NR * points / total) > int((NR - 1) * points / total)) print }' "$tmp/points")
EOT
echo "killed at $tried of $total system calls: $olds times the old catalogue, $news times the new one"
check "the catalogue is the old or the new one, never a mixture:$mixed" [ -z "$mixed" ]
check "the next run completes:$stuck" [ -z "$stuck" ]
check "and leaves no litter:$left" [ -z "$left" ]
check "both states were met" [ "$olds" -gt 0 -a "$news" -gt 0 ]

# what is renamed was synced before, and the folder it is in afterwards
order() { awk '/fsync\(/ { synced++ } /renameat2\(.*EXCHANGE/ { at = NR; before = synced } END { exit !(at && before > 10 && synced > before) }' "$tmp/calls"; }
check "files are on the disk before the exchange, the folder after it" order
finish
