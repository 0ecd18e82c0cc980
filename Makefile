# hem. One Makefile, out of tree: everything that is built goes to build/ (SAN=1: build/san/).
# `make help` lists what there is to make.

CC      ?= gcc
CFLAGS  ?= -O2 -g
VERSION := 0.1.0
PREFIX  ?= /usr/local
B       := build

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wwrite-strings -Wformat=2 -Wundef -Wvla
ifeq ($(CI),true)
WARN += -Werror
endif
ifeq ($(SAN),1)
B       := build/san
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif

ROOMS   := base emulator vision input policy trajectory commands

# Each library against the folder that may use it.
PKG_emulator   := x11 yaml-0.1 sqlite3 libxxhash
PKG_vision     := x11 xext xdamage xfixes libpng lept tesseract libxxhash
PKG_input      := x11 xtst xkbcommon
PKG_trajectory := libpng libcjson
PKG_commands   := libcjson
LIBS_emulator  := -lcsv
LIBS_vision    := -lpthread -lgomp
LIBS_trajectory := -lpthread
LIBS_base      := -lm

pkg = $(if $(1),$(shell pkg-config $(2) $(1) 2>/dev/null))
libs_of = $(call pkg,$(PKG_$(1)),--libs) $(LIBS_$(1))

ALL_CFLAGS = -std=gnu11 $(CFLAGS) $(WARN) $(SANFLAGS) -I. -D_GNU_SOURCE -DHEM_VERSION='"$(VERSION)"'

SRC  := $(foreach room,$(ROOMS),$(wildcard $(room)/*.c))
OBJ  := $(SRC:%.c=$(B)/%.o)
TESTSRC := $(wildcard tests/*.c)
TESTS   := $(TESTSRC:tests/%.c=$(B)/tests/%)

.PHONY: all demo test lint layers headers format tidy san bench install uninstall clean help deps
.SECONDARY:
.DEFAULT_GOAL := all

all: $(B)/hem ## build build/hem

$(B)/hem: $(OBJ)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(foreach room,$(ROOMS),$(call libs_of,$(room)))

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(call pkg,$(PKG_$(firstword $(subst /, ,$*))),--cflags) -MMD -MP -c -o $@ $<

# A test is tests/<room>_<file>.c and links its own room and base only (emulator/ joins the rooms, so its tests link
# them all); tests/hem_*.c run build/hem itself.
room_of = $(firstword $(subst _, ,$(1)))
rooms_of = $(if $(filter emulator,$(1)),$(filter-out commands,$(ROOMS)),$(sort $(1) base))
test_rooms = $(call rooms_of,$(call room_of,$(1)))
test_objects = $(filter $(foreach room,$(call test_rooms,$(1)),$(B)/$(room)/%.o),$(OBJ))

$(B)/tests/%.o: tests/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(call pkg,cmocka $(PKG_$(call room_of,$*)),--cflags) -MMD -MP -c -o $@ $<

.SECONDEXPANSION:
$(B)/tests/%: $(B)/tests/%.o $$(call test_objects,$$*)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(foreach room,$(call test_rooms,$*),$(call libs_of,$(room))) \
	    $(call pkg,cmocka,--libs)

-include $(OBJ:.o=.d) $(TESTSRC:tests/%.c=$(B)/tests/%.d)
