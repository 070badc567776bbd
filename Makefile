# hg-tools: make, make check, make demo, make bench; SAN=1 builds with ASan and UBSan,
# SAN=thread with TSan, CC=clang B=build-clang with clang
ifeq ($(origin CC),default)
CC = gcc
endif
PYTHON ?= /usr/bin/python3
PREFIX ?= /usr/local
LIBS = jansson expat xlsxwriter serd-0 libutf8proc libpcre2-8 libcrypto zlib libisal libzstd liblzma
comma = ,
B = build$(if $(SAN),-$(SAN:1=san))
bin = $(if $(SAN),$(B)/bin,bin)
WARN = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wmissing-prototypes -Werror
CFLAGS ?= -O2 -g
FLAGS = -std=c17 -D_XOPEN_SOURCE=700 $(WARN) $(CFLAGS) -Ipkg -MMD -MP \
	$(if $(SAN),$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all)
SANITIZE = -fsanitize=$(SAN:1=address$(comma)undefined)
LDFLAGS += $(if $(SAN),$(SANITIZE))
PKGFLAGS := $(shell pkg-config --cflags $(LIBS) 2>/dev/null)
PKGLIBS := $(shell pkg-config --libs $(LIBS) 2>/dev/null) -lm -pthread

pkg_src := $(wildcard pkg/*/*.c)
pkg_obj := $(pkg_src:%.c=$(B)/%.o)
unit_src := $(wildcard tests/unit/*.c)
commands := $(patsubst cmd/%.c,%,$(wildcard cmd/hg-*.c))

all: $(commands:%=$(bin)/%)

$(bin)/hg-%: $(B)/cmd/hg-%.o $(B)/cmd/cli.o $(B)/libhg.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(PKGLIBS)

$(bin)/hg-validate: $(B)/cmd/validate.o

$(B)/libhg.a: $(pkg_obj)
	@rm -f $@
	ar rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(PKGFLAGS) -c -o $@ $<

# its vectors are passed to none but inlined functions
$(B)/pkg/table/lanes_4.o $(B)/pkg/table/lanes_8.o: WARN += -Wno-psabi

suites = $(filter-out main,$(unit_src:tests/unit/%.c=%))
$(B)/tests/unit/%.o: FLAGS += -Itests/unit -I$(B)
$(unit_src:%.c=$(B)/%.o): $(B)/suites.h
$(B)/suites.h: tests/unit Makefile
	@mkdir -p $(@D)
	echo '#define SUITES(X) $(foreach s,$(suites),X($s))' > $@

$(B)/unit: $(unit_src:%.c=$(B)/%.o) $(B)/libhg.a
	$(CC) $(LDFLAGS) -o $@ $^ $(shell pkg-config --libs check) -lcsv $(PKGLIBS)

# small programs that only tests run
$(B)/tools/%: $(B)/tests/tools/%.o $(B)/libhg.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(PKGLIBS)

unit: $(B)/unit
	$(if $(SAN),HG_CELLS=1000 CK_FORK=no) $(B)/unit

# The README's two commands. Both install what is missing first, so they build in a second run of
# make, which then finds the libraries.
demo:
	@sh scripts/setup
	@$(MAKE) --no-print-directory all
	@sh scripts/demo

check:
	@sh scripts/setup --tests
	@$(MAKE) --no-print-directory all build/unit
	@sh tests/run

# Reports of N random schemas, both layouts, straight and saved by LibreOffice, give back their data.
N = 220
round-trip: all
	$(PYTHON) tests/cmd/roundtrip.py $(bin) $(N) --resave

# FORMS forms changed as people change them: recipes survive or refuse, sure guesses give every value.
FORMS = 500
mutate: all
	@bash tests/cmd/mutate.sh $(FORMS)

# Speed and memory of every command, on files of SIZE MB that it makes; takes some minutes.
SIZE = 1000
bench: all portable $(B)/generate
	$(PYTHON) tests/bench/run $(B)/generate $(SIZE) build-portable/bin
	$(PYTHON) tests/bench/workbooks $(SIZE)000

# The whole JSON Schema Test Suite, of which make check runs a fourth.
json-schema: all
	JSON_SCHEMA_EVERY=1 bash tests/cmd/json-schema.sh

# What other programs do with the same file; sets up those that can be had, which takes minutes.
bench-peers: all $(B)/generate $(B)/count $(B)/bare
	$(PYTHON) tests/bench/peers $(B)/generate $(B)/count $(SIZE)
	$(PYTHON) tests/bench/lists $(B)/generate $(B)/bare
	@$(PYTHON) -m venv --system-site-packages build/peers && build/peers/bin/pip -q install python-calamine || \
		echo "skipped: python-calamine (PyPI cannot be reached, or there is no venv)"
	$(PYTHON) tests/bench/workbooks $(SIZE)000 build/peers/bin/python

# The verdict of hg-validate on 10^7 cells against plain readers.
agree: all
	PATH="$$PWD/$(bin):$$PATH" $(PYTHON) tests/cmd/agree.py 10000000

# Compare with other readers all workbooks of a folder: make corpus CORPUS=folder.
corpus: all
	$(PYTHON) tests/cmd/corpus.py $(CORPUS)

# Each fuzz target for some time, with clang; what it finds is left in build-fuzz/found.
FUZZ_SECONDS = 60
fuzzers = $(patsubst tests/fuzz/%.c,%,$(filter-out tests/fuzz/fuzz.c,$(wildcard tests/fuzz/*.c)))
FUZZ = build-fuzz
fuzz:
	@$(MAKE) --no-print-directory CC=clang B=$(FUZZ) LDFLAGS="-fsanitize=address,undefined" \
		CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all" \
		$(fuzzers:%=$(FUZZ)/fuzz/%)
	@sh tests/fuzz/run $(FUZZ) $(FUZZ_SECONDS) $(fuzzers)

$(FUZZ)/fuzz/%: $(FUZZ)/tests/fuzz/%.o $(FUZZ)/tests/fuzz/fuzz.o $(FUZZ)/libhg.a
	@mkdir -p $(@D)
	$(CC) -fsanitize=address,undefined,fuzzer -o $@ $^ $(PKGLIBS)

# The commands under ThreadSanitizer, on tables of some MiB.
threads:
	@$(MAKE) --no-print-directory SAN=thread all
	@sh tests/threads build-thread/bin

# All commands and unit tests as on a machine without AVX2.
portable:
	$(MAKE) B=build-portable bin=build-portable/bin CFLAGS="-O2 -g -DHG_PORTABLE" all build-portable/unit

$(B)/generate: tests/bench/generate.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -o $@ $<

$(B)/count: tests/bench/count.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -o $@ $< -lcsv

$(B)/bare: tests/bench/bare.c
	@mkdir -p $(@D)
	$(CC) -O2 $(WARN) -o $@ $< $(PKGLIBS)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5 $(DESTDIR)$(PREFIX)/share/man/man7
	install $(commands:%=bin/%) $(DESTDIR)$(PREFIX)/bin
	for n in 1 5 7; do install -m 644 cmd/*.$$n $(DESTDIR)$(PREFIX)/share/man/man$$n; done

clean:
	rm -rf build build-san build-thread build-clang build-portable build-fuzz bin public reports

.PHONY: all unit threads portable bench-peers agree corpus fuzz demo check round-trip bench json-schema install clean
.SECONDARY:
-include $(pkg_obj:.o=.d) $(wildcard $(B)/cmd/*.d $(B)/tests/*/*.d)
