# Long sheets are read in blocks of rows, by as many threads as there are: what they hold is the same.
. tests/cmd/lib.sh

/usr/bin/python3 tests/cmd/blocks.py "$tmp" || exit 1
for csv in "$tmp"/*.csv; do
    name=$(basename "$csv" .csv)
    hg-extract -O csv "$tmp/$name.xlsx" >"$out" 2>"$err"
    check "a long sheet with $name is read" cmp "$out" "$csv"
    taskset -c 0 hg-extract -O csv "$tmp/$name.xlsx" >"$out" 2>"$err"
    check "on one processor, too" cmp "$out" "$csv"
done
for says in "$tmp"/*.says; do
    name=$(basename "$says" .says)
    expect 3 "a long sheet with $name is refused" hg-extract -O csv "$tmp/$name.xlsx"
    says "and it is told what is wrong where" "$(cat "$says")"
    cp "$err" "$tmp/before"
    taskset -c 0 hg-extract -O csv "$tmp/$name.xlsx" >"$out" 2>"$err"
    check "in the same words on one processor" cmp "$err" "$tmp/before"
done
finish
