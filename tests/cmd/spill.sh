# What keys, references and sums need beyond the memory they are given is on disk.
. tests/cmd/lib.sh

B=${B:-build${SAN:+-san}}
tool=$PWD/$B/tools/peak
check "the tool of this test is built" make -s "$B/tools/peak"
TMPDIR=$tmp check "with 1 MiB for them the report is the same, and the memory is kept" \
    /usr/bin/python3 tests/cmd/spill.py "$tmp" "$tool"
finish
