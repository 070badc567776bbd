# The same input gives the same package whoever makes it: another user, time zone, locale, umask,
# home, working and temporary folder, and folders whose entries lie in another order.
. tests/cmd/lib.sh

formats=csv,excel-csv,json,jsonl,sdmx-csv,xlsx

# make_all DATASET FOLDER - a package in each container, and the digests of all their files
make_all() {
    id=$(basename "$1")
    mkdir -p "$2"
    hg-extract -d "$1" "$1/$id.xlsx" 2>/dev/null | hg-validate 2>/dev/null >"$2/rows"
    for place in folder/ p.zip p.tar p.tar.zst; do
        hg-package --formats $formats -o "$2/$place" "$2/rows" 2>/dev/null
    done
    hg-package --fast -o "$2/fast.zip" "$2/rows" 2>/dev/null
    (cd "$2" && find . -type f | LC_ALL=C sort | xargs -d '\n' sha256sum) >"$2.sums"
}
if [ "${1-}" = make_all ]; then # as somebody else, see below
    LC_ALL=$THEIR_LOCALE
    make_all "$2" "$3"
    exit
fi

# The user nobody, where we may become it.
other=
if [ "$(id -u)" = 0 ] && setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null; then
    other="setpriv --reuid=65534 --regid=65534 --clear-groups"
else
    skip "another user makes the same packages" "this user may not become another"
fi
locale -a 2>/dev/null | grep -qi '^vi_VN.utf' && vi=vi_VN.UTF-8 || vi=C

# copy_backwards FROM TO - the files made in the opposite order, with other times
copy_backwards() {
    (cd "$1" && find . -type d) | while read -r d; do mkdir -p "$2/$d"; done
    (cd "$1" && find . -type f | LC_ALL=C sort -r) | while read -r f; do
        cat "$1/$f" >"$2/$f"
        touch -d 2001-02-03 "$2/$f"
    done
}

theirs=$tmp/theirs
mkdir -p "$theirs/tests/cmd" "$theirs/made"
cp tests/cmd/lib.sh tests/cmd/reproducible.sh "$theirs/tests/cmd/"
cp -r bin "$theirs/bin"
copy_backwards "$PWD/datasets" "$theirs/datasets"
chmod -R a+rX "$tmp"
chmod 777 "$theirs/made"
for dataset in datasets/*/recipe.json; do
    id=$(basename "$(dirname "$dataset")")
    (umask 022; TZ=UTC make_all "$PWD/datasets/$id" "$tmp/$id")
    (cd "$theirs" && umask 077 && $other env -i PATH=/usr/bin:/bin TZ=Asia/Ho_Chi_Minh THEIR_LOCALE=$vi \
        LANGUAGE=vi HOME=/nowhere TMPDIR=made bash tests/cmd/reproducible.sh make_all ./datasets/$id made/$id)
    check "$id was made in all containers" test "$(grep -c 'p\.zip\|p\.tar\|fast\.zip' "$tmp/$id.sums")" -eq 4
    check "$id: every file and container is the same" sh -c "diff '$tmp/$id.sums' '$theirs/made/$id.sums' >&2"
done
finish
