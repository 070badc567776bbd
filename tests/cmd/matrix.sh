# tests/cases/matrix.tsv: each type with each format and constraint, cells that are good and cells that are not.
. tests/cmd/lib.sh

check "what is good has no finding" /usr/bin/python3 tests/cmd/matrix.py good
check "what is not of its type, or breaks a constraint, is told as that" /usr/bin/python3 tests/cmd/matrix.py bad
check "the same value in other words is not unique" /usr/bin/python3 tests/cmd/matrix.py same
check "no type, format or constraint of the standard is absent" /usr/bin/python3 tests/cmd/matrix.py whole
finish
