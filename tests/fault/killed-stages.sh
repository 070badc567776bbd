# Whichever stage of the pipe is killed, and wherever, the catalogue stays as it was.
. tests/cmd/lib.sh

if ! command -v strace >/dev/null || ! strace -qq -o /dev/null true 2>/dev/null; then
    skip "a killed stage leaves the catalogue as it was" "strace cannot be used here"
    finish
    exit
fi
id=dan-so
stages='hg-extract hg-validate hg-package hg-publish'

state() { find "$tmp/public" -type f -not -path '*/.*' -exec sha256sum {} + 2>/dev/null | sort | sha256sum; }

# stage NAME ARGUMENTS... - one stage of the pipe; the victim is killed at its n-th write
stage() {
    if [ "$1" = "$victim" ]; then
        strace -qq -o /dev/null -e trace=write -e inject=write:signal=KILL:when="$n" "$@"
    else
        "$@"
    fi
}

pipeline() {
    stage hg-extract -d datasets/$id "$1" | stage hg-validate | stage hg-package |
        stage hg-publish -t "$tmp/public"
}

victim=none n=0
pipeline datasets/$id/$id.xlsx >/dev/null 2>&1
before=$(state)
cp datasets/$id/$id.xlsx "$tmp/renamed.xlsx" # another source, so another package
pipeline "$tmp/renamed.xlsx" >/dev/null 2>&1
after=$(state)
check "another source makes another package" [ "$before" != "$after" ]

for victim in $stages; do
    mixed=0 old=0
    for n in 1 2 3 4 5 6 8 10 12 15 20; do
        rm -rf "$tmp/public"
        victim_=$victim victim=none
        pipeline datasets/$id/$id.xlsx >/dev/null 2>&1
        victim=$victim_
        pipeline "$tmp/renamed.xlsx" >/dev/null 2>&1
        case $(state) in
        "$before") old=$((old + 1)) ;;
        "$after") ;;
        *) mixed=$((mixed + 1)) ;;
        esac
    done
    check "killing $victim never leaves a mixture" [ $mixed -eq 0 ]
    check "killing $victim early leaves the old state" [ $old -gt 0 ]
done
victim=none
pipeline "$tmp/renamed.xlsx" >/dev/null 2>&1
check "the next run completes" [ "$(state)" = "$after" ]
check "no litter is left beside the catalogue" [ -z "$(find "$tmp" -maxdepth 1 -name '.public*')" ]
finish
