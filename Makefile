# hem. One Makefile, out of tree: everything that is built goes to build/ (SAN=1: build/san/).
# `make help` lists what there is to make.

CC      ?= gcc
CFLAGS  ?= -O2 -g
VERSION := 0.1.0
PREFIX  ?= /usr/local
B       := build

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wformat=2 -Wundef -Wvla
ifeq ($(CI),true)
WARN += -Werror
endif
ifeq ($(SAN),1)
B       := build/san
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif
ifeq ($(FUZZ),1) # for make fuzz
B        := build/fuzz
CC       := clang
SANFLAGS := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif

ROOMS   := base fleet emulator vision input policy trajectory page suite commands

# Each library against the folder that may use it.
PKG_emulator   := x11 yaml-0.1 sqlite3 libxxhash libcjson
PKG_vision     := x11 xext xdamage xfixes libpng libcjson lept libxxhash
HEADERS_vision := tesseract # loaded when it is needed, vision/ocr.c
PKG_input      := x11 xtst xres xkbcommon
PKG_policy     := libcjson nettle libxxhash
HEADERS_policy := libcurl # loaded with the first call to a model, policy/http.c
PKG_trajectory := libpng libcjson nettle
HEADERS_trajectory := libarchive # loaded with the first tar, trajectory/export_shard.c
PKG_page       := libcjson libxxhash nettle
PKG_fleet      := libcjson
PKG_commands   := libcjson
PKG_hem        := libcjson x11 xtst
LIBS_emulator  := -lcsv
LIBS_vision    := -lgomp -lpthread -lgomp
LIBS_trajectory := -lpthread
LIBS_base      := -lm

pkg = $(if $(1),$(shell pkg-config $(2) $(1) 2>/dev/null))
libs_of = $(call pkg,$(PKG_$(1)),--libs) $(LIBS_$(1))

# What lines of text said is kept on disk (vision/cache.h), but not from one state of the eyes to another.
EYES         := $(wildcard vision/*.[ch])
EYES_VERSION := $(shell cat $(EYES) | cksum | tr -d ' ')

ALL_CFLAGS = -std=gnu11 $(CFLAGS) $(WARN) $(SANFLAGS) -I. -D_GNU_SOURCE -DHEM_VERSION='"$(VERSION)"' \
             -DEYES_VERSION='"$(EYES_VERSION)"'

SRC  := $(foreach room,$(ROOMS),$(wildcard $(room)/*.c))
OBJ  := $(SRC:%.c=$(B)/%.o)
TESTSRC := $(wildcard tests/*.c)
TESTS   := $(TESTSRC:tests/%.c=$(B)/tests/%)

.PHONY: all demo test cases lint layers headers format tidy san fuzz bench install uninstall clean help \
        bench-eyes bench-miniwob bench-stillness tests fuzzers \
        packages-build packages-demo packages-test packages-lint packages-fuzz packages-bench packages-cases packages-eyes packages-miniwob
.SECONDARY:
.DEFAULT_GOAL := all

all: $(B)/hem ## build build/hem

$(B)/hem: $(OBJ)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(foreach room,$(ROOMS),$(call libs_of,$(room)))

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(call pkg,$(PKG_$(firstword $(subst /, ,$*))) $(HEADERS_$(firstword $(subst /, ,$*))),--cflags) -MMD -MP -c -o $@ $<

$(B)/vision/reader.o: $(EYES)
$(B)/policy/prices.o: policy/prices.json
$(B)/page/assets.o: $(wildcard page/*.html page/*.css page/*.js)
$(B)/fleet/templates.o: fleet/job.yaml fleet/Containerfile fleet/chunk.sh

# A test is tests/<room>_<file>.c and links its own room and base only (emulator/ joins the rooms and fleet/ stands on
# it, so their tests link them all); tests/hem_*.c run build/hem itself.
room_of = $(firstword $(subst _, ,$(1)))
rooms_of = $(if $(filter emulator fleet,$(1)),$(filter-out page suite commands,$(ROOMS)),$(sort $(1) base))
test_rooms = $(filter-out hem,$(call rooms_of,$(call room_of,$(1))))
test_objects = $(filter $(foreach room,$(call test_rooms,$(1)),$(B)/$(room)/%.o),$(OBJ))

$(B)/tests/%.o: tests/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(call pkg,cmocka $(PKG_$(call room_of,$*)),--cflags) -MMD -MP -c -o $@ $<

.SECONDEXPANSION:
$(B)/tests/%: $(B)/tests/%.o $$(call test_objects,$$*)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ \
	    $(foreach room,$(sort $(call test_rooms,$*) $(call room_of,$*)),$(call libs_of,$(room))) \
	    $(call pkg,cmocka,--libs)

# What reads files and answers of models, with hostile ones; links vision/, policy/ and base/ only. FUZZ=1.
FUZZSRC := $(wildcard tests/fuzz/*.c)
FUZZERS := $(filter-out seeds,$(FUZZSRC:tests/fuzz/%.c=%))
FUZZ_SECONDS ?= 600

$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(filter $(B)/base/% $(B)/vision/% $(B)/policy/%,$(OBJ))
	$(CC) $(SANFLAGS) $(if $(filter seeds,$*),,-fsanitize=fuzzer) $(LDFLAGS) -o $@ $^ \
	    $(foreach room,base vision policy,$(call libs_of,$(room))) -lz

fuzzers: $(FUZZSRC:%.c=$(B)/%)

# The benchmark measures the rooms themselves, so it links them, and build/hem as a user has it.
BENCHSRC := $(wildcard bench/*.c)

$(B)/bench/%.o: bench/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(call pkg,x11 libcjson,--cflags) -MMD -MP -c -o $@ $<

$(B)/bench/hem-bench: $(BENCHSRC:%.c=$(B)/%.o) $(filter-out $(B)/commands/%,$(OBJ))
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(foreach room,$(ROOMS),$(call libs_of,$(room)))

-include $(OBJ:.o=.d) $(TESTSRC:tests/%.c=$(B)/tests/%.d) $(FUZZSRC:%.c=$(B)/%.d) $(BENCHSRC:%.c=$(B)/%.d)

# Debian packages for each purpose; what is missing is installed, and said.
PACKAGES_build := pkg-config libx11-dev libxext-dev libxtst-dev libxres-dev libxdamage-dev libxfixes-dev \
    libxkbcommon-dev libpng-dev libleptonica-dev libtesseract-dev tesseract-ocr-eng libcjson-dev \
    libyaml-dev libcsv-dev libsqlite3-dev libxxhash-dev nettle-dev libcurl4-openssl-dev libarchive-dev ca-certificates \
    xvfb openbox dbus-daemon fonts-dejavu-core
PACKAGES_demo  := chromium fonts-liberation
PACKAGES_test  := $(PACKAGES_demo) libcmocka-dev yad zenity tk xterm x11-xkb-utils python3-gi gir1.2-gtk-3.0 \
    gir1.2-gtk-4.0 python3-pyqt5 python3 openssl xclip libxml2-utils $(if $(shell command -v npm),,npm) \
    slurmctld slurmd slurm-client munge ffmpeg
PACKAGES_lint  := clang-format clang-tidy libcmocka-dev
PACKAGES_fuzz  := clang libclang-rt-dev
PACKAGES_cases := $(PACKAGES_demo) mousepad galculator gnome-calculator kcalc featherpad tk xterm nano whiptail less
PACKAGES_eyes  := tesseract-ocr imagemagick python3
PACKAGES_miniwob := $(PACKAGES_demo) nodejs xdotool python3
PACKAGES_bench := $(PACKAGES_demo) tesseract-ocr xdotool scrot imagemagick xterm xauth yad python3-gi gir1.2-gtk-3.0 \
    gir1.2-gtk-4.0 python3-pyqt5 tk

packages-build:
	@sh .ci/packages $(PACKAGES_build)
packages-demo packages-test packages-lint packages-fuzz packages-bench packages-cases packages-eyes packages-miniwob: packages-%:
	@sh .ci/packages $(PACKAGES_build) $(PACKAGES_$*)

demo: packages-demo ## install what is missing, build, and fill in a real form in Chromium
	@$(MAKE) --no-print-directory all
	$(B)/hem run examples/registration/registration.yaml

tests: $(TESTS) $(B)/hem

test: packages-test ## install what is missing, build, and pass all tests (SAN=1: under ASan and UBSan)
	@$(MAKE) --no-print-directory -j2 tests
	@sh tests/run $(B) $(notdir $(TESTS))

san: ## the same as make SAN=1 test
	@$(MAKE) --no-print-directory SAN=1 test

fuzz: packages-fuzz ## hostile PNGs, languages, caches and answers of models for FUZZ_SECONDS each (600), under ASan and UBSan
	@$(MAKE) --no-print-directory FUZZ=1 -j2 fuzzers
	@sh tests/fuzz/run build/fuzz $(FUZZ_SECONDS) $(FUZZERS)

bench: packages-bench ## hem beside what a user would use instead, as ratios; writes build/bench.json
	@$(MAKE) --no-print-directory -j2 all $(B)/bench/hem-bench
	$(B)/bench/hem-bench $(MEASURES)

bench-stillness: ## when hem takes the screen for still, beside when it is, TRIALS times (200) a program
	@$(MAKE) --no-print-directory bench MEASURES=stillness TRIALS=$(or $(TRIALS),200)

bench-eyes: DIR ?= ../shared/percept/dev
bench-miniwob: DIR ?= ../shared/miniwob

bench-eyes: packages-eyes ## what hem sees on the pictures of DIR=FOLDER (with the truth), beside tesseract
	@$(MAKE) --no-print-directory -j2 all
	@python3 bench/eyes/eyes.py $(DIR) $(SCORER)

bench-miniwob: packages-miniwob ## plain instructions on MiniWoB++ pages with the harness in DIR=FOLDER, MINIWOB_ROOT=CHECKOUT
	@$(MAKE) --no-print-directory -j2 all
	@python3 bench/miniwob/miniwob.py $(DIR)

cases: packages-cases ## 20 regression cases for real programs, REPEAT times (20) each, two at a time
	@$(MAKE) --no-print-directory -j2 all
	$(B)/hem test examples/cases -j 2 --repeat-each $(or $(REPEAT),20) --output $(B)/cases --reporter list,html

lint: packages-lint ## layers, headers that compile alone, clang-format, clang-tidy
	@$(MAKE) --no-print-directory layers headers format
	@$(MAKE) --no-print-directory -j2 tidy

layers: ## who may include whom
	@sh .ci/layers

HEADERS := $(wildcard $(foreach room,$(ROOMS) tests bench,$(room)/*.h))
LINTSRC := $(SRC) $(TESTSRC) $(FUZZSRC) $(BENCHSRC)
LINT_CFLAGS = $(call pkg,$(sort $(foreach room,$(ROOMS),$(PKG_$(room)) $(HEADERS_$(room)))) cmocka,--cflags)

headers:
	@for h in $(HEADERS); do \
	    $(CC) $(ALL_CFLAGS) $(LINT_CFLAGS) -Werror -fsyntax-only -x c $$h || exit 1; \
	done; echo "headers: each of $(words $(HEADERS)) compiles alone"

format:
	@clang-format --dry-run --Werror $(LINTSRC) $(HEADERS) && echo "format: clean"

tidy: $(LINTSRC:%=$(B)/tidy/%.ok)
	@echo "tidy: clean"

$(B)/tidy/%.ok: % $(HEADERS) .clang-tidy
	@mkdir -p $(@D)
	@clang-tidy --quiet --warnings-as-errors='*' $< -- $(ALL_CFLAGS) $(LINT_CFLAGS) 2>/dev/null
	@touch $@

install: all ## to PREFIX (/usr/local), DESTDIR honoured
	install -D -m 755 $(B)/hem $(DESTDIR)$(PREFIX)/bin/hem
	install -D -m 644 hem.1 $(DESTDIR)$(PREFIX)/share/man/man1/hem.1

uninstall: ## what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/hem $(DESTDIR)$(PREFIX)/share/man/man1/hem.1

clean: ## remove build/
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14
