# hg-validate's verdict on each cell is that of plain readers; `make agree` asks for 10^7 cells.
. tests/cmd/lib.sh

check "the quick readers agree with plain ones" /usr/bin/python3 tests/cmd/agree.py 100000
finish
