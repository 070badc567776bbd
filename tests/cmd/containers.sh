#!/bin/sh
# The bodies of a package - folder, zip, tar, tar.zst - read by other programs too; and its signature.
. "$(dirname "$0")/lib.sh"
python=/usr/bin/python3
id=dan-so
hg-extract -d "datasets/$id" "datasets/$id/$id.xlsx" | hg-validate >"$tmp/$id.tar" 2>"$err"

# every body is the same package
expect 0 "a zip is made" hg-package -o "$tmp/p.zip" "$tmp/$id.tar"
expect 0 "a fast zip is made" hg-package --fast -o "$tmp/fast.zip" "$tmp/$id.tar"
expect 0 "a tar is made" hg-package -o "$tmp/p.tar" "$tmp/$id.tar"
expect 0 "a tar.zst is made" hg-package -o "$tmp/p.tar.zst" "$tmp/$id.tar"
expect 0 "a folder is made" hg-package -o "$tmp/p/" "$tmp/$id.tar"
for body in p.zip fast.zip p.tar p.tar.zst p; do
    expect 0 "$body is as it was sealed" hg-package --verify "$tmp/$body"
done
expect 0 "a tar.zst is read from a pipe" sh -c "hg-package --verify - <'$tmp/p.tar.zst'"
expect 0 "a tar.zst is published" hg-publish -t "$tmp/public" "$tmp/p.tar.zst"
for zip in p.zip fast.zip; do
    check "unzip finds no fault in $zip" unzip -tqq "$tmp/$zip"
    check "$zip holds what the folder holds" $python - "$tmp/p" "$tmp/$zip" <<'PYTHON'
import pathlib, sys, zipfile
folder = pathlib.Path(sys.argv[1])
with zipfile.ZipFile(sys.argv[2]) as z:
    assert {n: z.read(n) for n in z.namelist()} == {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    for i in z.infolist():
        assert i.date_time == (1980, 1, 1, 0, 0, 0) and i.external_attr == 0o100644 << 16 and i.create_system == 3
PYTHON
done
if command -v zstd >/dev/null; then
    check "zstd takes the tar out of the tar.zst" sh -c "zstd -dcq '$tmp/p.tar.zst' | cmp - '$tmp/p.tar'"
else
    skip "zstd takes the tar out of the tar.zst" "no zstd"
fi
for place in p.zip p.tar.zst; do
    (umask 077; TZ=Asia/Tokyo LC_ALL=C taskset -c 0 hg-package -o "$tmp/again-$place" "$tmp/$id.tar")
    check "$place is the same on one processor, under another umask and time zone" cmp "$tmp/$place" "$tmp/again-$place"
done
head -c 3000 "$tmp/p.tar.zst" >"$tmp/cut.tar.zst"
expect 3 "a tar.zst that was cut off is refused" hg-package --verify "$tmp/cut.tar.zst"
expect 2 "--fast is for a zip" hg-package --fast -o "$tmp/x.tar" "$tmp/$id.tar"

# zips by other readers: long members, many members, names, forms
B=${B:-build${SAN:+-san}}
tool=$PWD/$B/tools/zip
check "the tool of this test is built" make -s "$B/tools/zip"
mkdir "$tmp/z"
$python - "$tmp/z" <<'PYTHON'
import pathlib, random, sys
at, r = pathlib.Path(sys.argv[1]), random.Random(7)
for name, n in (("empty", 0), ("một", 1), ("block-1", 2**20 - 1), ("block", 2**20), ("block+1", 2**20 + 1), ("long", 5 * 2**20 + 3)):
    (at / name).write_bytes(bytes(r.choices(b"0123456789,\n", k=n)))
(at / "noise").write_bytes(r.randbytes(3 * 2**20 + 1))
PYTHON
for kind in small fast; do
    (cd "$tmp/z" && "$tool" $kind 2 * >"$tmp/$kind.zip")
    check "unzip finds no fault in a $kind zip of long members" unzip -tqq "$tmp/$kind.zip"
    check "zip finds none either" zip -Tq "$tmp/$kind.zip"
    check "Python reads from a $kind zip what was put in, and noise is stored" $python - "$tmp/z" "$tmp/$kind.zip" <<'PYTHON'
import pathlib, sys, zipfile
with zipfile.ZipFile(sys.argv[2]) as z:
    assert len(z.namelist()) == 7
    for i in z.infolist():
        assert z.read(i) == pathlib.Path(sys.argv[1], i.filename).read_bytes(), i
        assert (i.compress_type == zipfile.ZIP_STORED) == (i.filename in ("empty", "một", "noise")), i
PYTHON
    for threads in 1 5; do
        (cd "$tmp/z" && "$tool" $kind $threads * | cmp -s - "$tmp/$kind.zip")
        check "$threads threads make the same $kind zip, into a pipe too" test $? -eq 0
    done
done
seq 0 65999 | xargs -n 70000 -s 1000000 "$tool" small 2 =0 >"$tmp/many.zip"
check "66,000 members are all found" $python -c 'import sys, zipfile
assert zipfile.ZipFile(sys.argv[1]).namelist() == [str(i) for i in range(66000)]' "$tmp/many.zip"
(cd "$tmp/z" && "$tool" fast 2 long =4294967300 huge =9 last >"$tmp/huge.zip")
check "a member over 4 GiB has its length, and the one behind it is found" $python - "$tmp" <<'PYTHON'
import pathlib, sys, zipfile
tmp = pathlib.Path(sys.argv[1])
with zipfile.ZipFile(tmp / "huge.zip") as z:
    assert [i.file_size for i in z.infolist()] == [(tmp / "z/long").stat().st_size, 4294967300, 9]
    assert z.read("long") == (tmp / "z/long").read_bytes() and z.read("last") == bytes(9)
PYTHON

# signatures
if ! command -v openssl >/dev/null; then
    skip "packages are signed, and signatures checked" "no openssl"
    finish
    exit
fi
cd "$tmp" || exit
ca() { # NAME COMMON-NAME
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" -days 3650 -utf8 -subj "/C=VN/O=CA Thử/CN=$2" 2>/dev/null
}
person() { # NAME DAYS KEY-OPTIONS...
    name=$1 days=$2
    shift 2
    openssl req -newkey "$@" -nodes -keyout "$name.key" -out "$name.csr" -utf8 -subj "/C=VN/O=Sở Khoa học và Công nghệ/CN=Người ký" 2>/dev/null
    openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$days" -out "$name.pem" 2>/dev/null
    chmod 600 "$name.key"
}
ca ca 'CA gốc'
ca other 'CA khác'
person rsa 700 rsa:2048
person curve 700 ec -pkeyopt ec_paramgen_curve:P-256
for key in rsa curve; do
    for place in s.zip s.tar s.tar.zst s/; do
        expect 0 "$place is signed by a key of $key" hg-package --sign $key.key --cert $key.pem -o "$place" "$id.tar"
        expect 0 "the signature of $place is right and trusted" hg-package --verify --trust ca.pem "$place"
        grep -q 'signed at 20.*Z by CN=Người ký,O=Sở Khoa học và Công nghệ,C=VN; certificate issued by CN=CA gốc' "$out"
        check "and who signed is told" test $? -eq 0
    done
    check "openssl agrees with the signature by $key" openssl cms -verify -binary -inform DER -in s/datapackage.json.p7s \
        -content s/datapackage.json -CAfile ca.pem -purpose any -out /dev/null
done
expect 1 "a signer whom nobody named is not trusted" hg-package --verify --trust other.pem s.zip
says "and the reason is told" 'leads to none of other.pem'
expect 0 "without --trust the signature alone is checked" hg-package --verify s.zip
expect 1 "where signatures are wanted, none will not do" hg-package --verify --trust ca.pem p.zip
says "and that is told" 'not signed'
expect 0 "a package without a signature is as it was sealed" hg-package --verify p.zip
check "in a zip the signature stands before the seal" $python -c 'import zipfile
assert zipfile.ZipFile("s.zip").namelist()[-2:] == ["datapackage.json.p7s", "datapackage.json"]'
check "the manifest does not list it" sh -c '! grep p7s s/manifest-sha256.txt'
expect 0 "a signed package is published with its signature" hg-publish -t signed s.zip
check "which is the same there" sh -c "unzip -p s.zip datapackage.json.p7s | cmp - signed/datasets/$id/datapackage.json.p7s"
expect 0 "and there it is right too" hg-package --verify --trust ca.pem "signed/datasets/$id/"

cp -r s changed && printf ' ' >>changed/datapackage.json
expect 3 "a changed seal does not match the signature" hg-package --verify changed
says "and that is told" 'signature is wrong'
cp -r s cut && head -c 700 s/datapackage.json.p7s >cut/datapackage.json.p7s
expect 3 "a signature that was cut off is refused" hg-package --verify cut
cp -r s foreign && openssl cms -sign -binary -in ca.pem -signer rsa.pem -inkey rsa.key -outform DER -out foreign/datapackage.json.p7s
expect 3 "a signature of something else is refused" hg-package --verify foreign
cp -r s weak && openssl cms -sign -binary -md sha1 -in s/datapackage.json -signer rsa.pem -inkey rsa.key -outform DER -out weak/datapackage.json.p7s
expect 3 "a signature by SHA-1 is refused" hg-package --verify weak

SOURCE_DATE_EPOCH=$(($(date +%s) + 60))
export SOURCE_DATE_EPOCH
hg-package --sign rsa.key --cert rsa.pem -o one.zip "$id.tar"
hg-package --sign rsa.key --cert rsa.pem -o two.zip "$id.tar"
check "signed at the same time, the same package is the same bytes" cmp one.zip two.zip
expect 2 "a certificate that is not valid yet signs nothing" env SOURCE_DATE_EPOCH=1000000000 hg-package --sign rsa.key --cert rsa.pem -o none.zip "$id.tar"
says "and that is told" 'not valid at the time of signing'
unset SOURCE_DATE_EPOCH
expect 2 "the key of another certificate is refused" hg-package --sign other.key --cert rsa.pem -o none.zip "$id.tar"
expect 3 "a file without a key is refused" hg-package --sign rsa.pem --cert rsa.pem -o none.zip "$id.tar"
expect 3 "a missing key is told" hg-package --sign nothing.key --cert rsa.pem -o none.zip "$id.tar"
openssl pkey -in rsa.key -aes256 -passout pass:x -out locked.key 2>/dev/null
expect 3 "a key behind a passphrase is refused without a question" hg-package --sign locked.key --cert rsa.pem -o none.zip "$id.tar"
expect 2 "a key needs its certificate" hg-package --sign rsa.key -o none.zip "$id.tar"
expect 2 "a PIN is not taken from the arguments" hg-package --sign 'pkcs11:object=k;pin-value=1' --cert rsa.pem -o none.zip "$id.tar"
expect 4 "a token that is not there is told" hg-package --sign 'pkcs11:token=none;object=none' --cert rsa.pem -o none.zip "$id.tar"
check "nothing was written by any of them" test ! -e none.zip
if command -v softhsm2-util >/dev/null && [ -e /usr/lib/*/engines-3/pkcs11.so ]; then
    mkdir tokens
    printf 'directories.tokendir = %s\nobjectstore.backend = file\n' "$PWD/tokens" >softhsm2.conf
    printf 4321 >pin && chmod 600 pin
    export SOFTHSM2_CONF=$PWD/softhsm2.conf
    softhsm2-util --init-token --free --label office --so-pin 1234 --pin 4321 >/dev/null
    openssl pkcs8 -topk8 -nocrypt -in rsa.key -out rsa.p8
    softhsm2-util --import rsa.p8 --token office --label key --id 01 --pin 4321 >/dev/null
    expect 0 "a key in a token signs" hg-package --sign "pkcs11:token=office;object=key;pin-source=file:$PWD/pin" \
        --cert rsa.pem -o token.zip "$id.tar"
    expect 0 "and its signature is right and trusted" hg-package --verify --trust ca.pem token.zip
    printf 1111 >pin
    expect 4 "a wrong PIN is told" hg-package --sign "pkcs11:token=office;object=key;pin-source=file:$PWD/pin" \
        --cert rsa.pem -o none.zip "$id.tar"
    check "and nothing is written" test ! -e none.zip
else
    skip "a key in a token signs" "no softhsm2 and libengine-pkcs11-openssl"
fi
chmod 644 rsa.key
expect 0 "a key that others may read is taken" hg-package --sign rsa.key --cert rsa.pem -o loose.zip "$id.tar"
says "with a warning" 'rsa.key: others on this machine may read this key'
finish
