# lib.sh - sourced by the tests of the built programs: each test is a sentence that is true when it passes.
set -u
PATH=$PWD/bin:$PATH LC_ALL=C.UTF-8
export PATH LC_ALL
passed=0 failed=0 skipped=0
tmp=$(mktemp -d)
out=$tmp/.out err=$tmp/.err
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
TMPDIR=$tmp/.tmp # what commands leave that are killed goes with the rest
export TMPDIR
mkdir "$TMPDIR"

pass() { passed=$((passed + 1)); }

fail() {
    failed=$((failed + 1))
    echo "not true: $1"
    shift
    [ $# -eq 0 ] || printf '    %s\n' "$@"
}

# expect STATUS SENTENCE COMMAND... - stdout is left in $out, stderr in $err
expect() {
    want=$1 sentence=$2
    shift 2
    "$@" >"$out" 2>"$err"
    got=$?
    if [ $got -eq "$want" ]; then pass; else fail "$sentence" "status $got, not $want: $*" "$(head -c 600 "$err")"; fi
}

# check SENTENCE COMMAND...
check() {
    sentence=$1
    shift
    if "$@" >/dev/null 2>"$tmp/.why"; then pass; else fail "$sentence" "$*" "$(head -c 600 "$tmp/.why")"; fi
}

# says SENTENCE PATTERN - the last command's messages hold a basic regular expression
says() {
    if grep -q -e "$2" "$err"; then pass; else fail "$1" "no '$2' in: $(head -c 600 "$err")"; fi
}

skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1 ($2)"
}

# later SENTENCE WORD... - as check, of a question that settle has answered; no word is empty
later() { printf '%s\0' "$@" '' >>"$tmp/.later"; }

# settle PROGRAM... - one run of it answers all questions, which takes less than to start it for each. It reads them as
# words that end in NUL, an empty one behind each question; and writes of each, in order, "yes" or why not, a line.
settle() {
    asked=$(sed -z '/./d' "$tmp/.later" | tr -cd '\0' | wc -c)
    "$@" <"$tmp/.later" >"$tmp/.answers" 2>"$err"
    while IFS= read -r answer; do
        if [ "$answer" = yes ]; then pass; else fail "$answer"; fi
    done <"$tmp/.answers"
    answered=$(wc -l <"$tmp/.answers")
    [ "$answered" -eq "$asked" ] || fail "all questions are answered: $*" "$answered of $asked" "$(head -c 600 "$err")"
    rm "$tmp/.later"
}

# the last line of each test file
finish() {
    echo "$(basename "$0"): $passed passed, $failed failed, $skipped skipped"
    [ $failed -eq 0 ]
}
