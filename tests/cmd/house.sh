# The house is in order: layers, symbols and messages are checked, and the checks can fail.
. tests/cmd/lib.sh

library=build/libhg.a
check "every #include goes the way of pkg/LAYERS" sh -c "scripts/check-layers >&2"
if [ -r $library ]; then
    check "pkg neither prints nor exits, and has no writable globals" sh -c "scripts/check-symbols $library >&2"
else
    skip "pkg neither prints nor exits, and has no writable globals" "$library is not built"
fi
check "every sentence has its Vietnamese, and every translation is of use" sh -c "scripts/check-messages >&2"

# ---- layers ----

bad=$tmp/bad
house() {
    rm -rf "$bad"
    mkdir -p "$bad/pkg/base" "$bad/pkg/work" "$bad/pkg/text/vi" "$bad/cmd"
    printf '%s\n' 'base/low lib:zlib.h' base/high work/one work/two >"$bad/pkg/LAYERS"
    for module in base/low base/high work/one work/two; do : >"$bad/pkg/$module.h"; done
}

house
expect 0 "a house without a breach passes" scripts/check-layers "$bad"

# breach SENTENCE FILE LINE MESSAGE - a file of that line gives that message, with file and line
breach() {
    house
    printf '/* a file */\n%s\n' "$3" >"$bad/$2"
    expect 1 "$1" scripts/check-layers "$bad"
    check "$1, and is named" grep -F "$2:2: $4" "$out"
}
breach "a module that looks up is refused" pkg/base/low.c '#include "base/high.h"' \
    'base/low includes base/high, which stands below it in pkg/LAYERS'
breach "a module of work that includes another is refused" pkg/work/two.c '#include "work/one.h"' \
    'work/two includes work/one: no module of work includes another'
breach "a third-party header outside its module is refused" pkg/base/high.h '#include <zlib.h>' \
    '<zlib.h> is for base/low alone'
breach "a command that includes a third-party header is refused" cmd/hg-x.c '#include <zlib.h>' \
    '<zlib.h> is for base/low alone'
breach "a third-party header that no module owns is refused" pkg/base/low.c '#include <bzlib.h>' \
    "<bzlib.h> is neither the system's nor named in pkg/LAYERS"
breach "a header that is not there is refused" pkg/base/high.c '#include "base/none.h"' \
    'base/none.h belongs to no module of pkg/LAYERS'
house
: >"$bad/pkg/base/stray.c"
expect 1 "a file of no module is refused" scripts/check-layers "$bad"
house
: >"$bad/pkg/base/low_part.c"
echo '#include <zlib.h>' >"$bad/pkg/base/low.c"
expect 0 "a module in parts may include its library" scripts/check-layers "$bad"
house
rm "$bad/pkg/base/high.h"
expect 1 "a line of pkg/LAYERS without a module is refused" scripts/check-layers "$bad"

# ---- symbols ----

# symbols STATUS SENTENCE C-TEXT
symbols() {
    rm -f "$tmp/x.o" "$tmp/x.a"
    printf '%s\n' "$3" | ${CC:-gcc} -x c -std=c17 -O2 -c -o "$tmp/x.o" - && ar rcs "$tmp/x.a" "$tmp/x.o"
    expect "$1" "$2" scripts/check-symbols "$tmp/x.a"
}
symbols 1 "a global that can be written is refused" 'int counter;'
symbols 1 "a hidden global that can be written is refused" 'int next(void) { static int n = 7; return n++; }'
symbols 1 "a global of a thread is refused" '_Thread_local int depth = 1;'
symbols 1 "printing is refused" '#include <stdio.h>
void f(void) { puts("x"); }'
symbols 1 "exiting is refused" '#include <stdlib.h>
void f(void) { exit(1); }'
symbols 1 "reading the environment is refused" '#include <stdlib.h>
char *f(void) { return getenv("x"); }'
symbols 0 "assertions and constants that hold addresses pass" '#include <assert.h>
static const char *const names[] = { "a", "b" };
const char *f(int i) { assert(i < 2); return names[i]; }'
expect 2 "a library that is not there is no success" scripts/check-symbols "$tmp/none.a"

# ---- messages ----

# messages STATUS SENTENCE C-TEXT DEF-TEXT
messages() {
    house
    printf '%s\n' "$3" >"$bad/pkg/base/high.c"
    printf '%s\n' "$4" >"$bad/pkg/text/vi/base.def"
    expect "$1" "$2" scripts/check-messages "$bad"
}
messages 0 "a sentence with its translation passes" \
    'int f(void) { return hg_fail(err, 1, NULL, "over %zu bytes, of %" PRIu64, n, m); }' \
    'T("over %zu bytes, of %" PRIu64, "trong %2$lu byte, hơn %1$zu")'
messages 1 "a sentence without a translation is refused" \
    'int f(void) { return hg_fail(err, 1, NULL, bad ? "no good" : "too long"); }' 'T("no good", "không tốt")'
check "it is named with its place" grep -F "pkg/base/high.c:1: has no Vietnamese: 'too long'" "$out"
messages 1 "a translation that nothing says is refused" '' 'T("no good", "không tốt")'
messages 1 "a translation with other conversions is refused" \
    'int f(void) { return hg_fail_sys(err, NULL, "over %zu bytes", n); }' 'T("over %zu bytes", "hơn %d byte")'
messages 1 "a sentence is found through a function that hands it on" \
    'static int no(hg_err *err, const char *why) { return hg_fail(err, 1, NULL, why); }
int f(void) { return no(err, "not so"); }' ''
messages 1 "a sentence is found in a table" \
    'static const struct { int n; const char *said; } table[] = { { 1, "at least" }, };
void f(void) { put(hg_text(table[i].said, lang)); }' ''
messages 0 "what is in a table beside the sentences is let through" \
    'static const struct { const char *key, *said; } table[] = { { "minimum", "at least" }, };
void f(void) { put(hg_text(table[i].said, lang)); }' 'T("at least", "ít nhất")'
finish
