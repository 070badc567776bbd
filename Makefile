# hg-tools: make, make check, make demo, make bench; SAN=1 builds with ASan and UBSan, CC=clang with clang
CC ?= gcc
PYTHON ?= /usr/bin/python3
LIBS = jansson libarchive expat xlsxwriter serd-0 libutf8proc libpcre2-8 libcrypto
B = build$(if $(SAN),-san)
WARN = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wmissing-prototypes -Werror
CFLAGS ?= -O2 -g
FLAGS = -std=c17 -D_XOPEN_SOURCE=700 $(WARN) $(CFLAGS) -Ipkg -MMD -MP \
	$(if $(SAN),-fsanitize=address$(comma)undefined -fno-omit-frame-pointer -fno-sanitize-recover=all)
comma = ,
LDFLAGS += $(if $(SAN),-fsanitize=address$(comma)undefined)
PKGFLAGS := $(shell pkg-config --cflags $(LIBS) 2>/dev/null)
PKGLIBS := $(shell pkg-config --libs $(LIBS) 2>/dev/null) -lcsv -lm

pkg_src := $(wildcard pkg/*/*.c)
pkg_obj := $(pkg_src:%.c=$(B)/%.o)
unit_src := $(wildcard tests/unit/*.c)
commands := $(patsubst cmd/%.c,%,$(wildcard cmd/hg-*.c))
bin = $(if $(SAN),$(B)/bin,bin)

all: $(commands:%=$(bin)/%)

$(bin)/hg-%: $(B)/cmd/hg-%.o $(B)/cmd/cli.o $(B)/libhg.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(PKGLIBS)

$(B)/libhg.a: $(pkg_obj)
	@rm -f $@
	ar rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(PKGFLAGS) -c -o $@ $<

suites = $(filter-out main,$(unit_src:tests/unit/%.c=%))
$(B)/tests/unit/%.o: FLAGS += -Itests/unit -I$(B)
$(unit_src:%.c=$(B)/%.o): $(B)/suites.h
$(B)/suites.h: $(unit_src)
	@mkdir -p $(@D)
	echo '#define SUITES(X) $(suites:%=X(%))' > $@

$(B)/unit: $(unit_src:%.c=$(B)/%.o) $(B)/libhg.a
	$(CC) $(LDFLAGS) -o $@ $^ $(shell pkg-config --libs check) $(PKGLIBS)

unit: $(B)/unit
	$(B)/unit

clean:
	rm -rf build build-san bin public reports

.PHONY: all unit clean
.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)
