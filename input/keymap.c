#include "input/keymap.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <X11/XKBlib.h>
#include <stdlib.h>
#include <string.h>
#include <xkbcommon/xkbcommon.h>

#define CODES       256
#define SHIFTER_MAX 3 /* Shift, AltGr (level 3) and level 5: the modifiers that choose levels */
#define COMBO_MAX   (1 << SHIFTER_MAX)
#define SLOT_LEVELS 4

/* What one key gives with some modifiers. */
struct entry {
    uint32_t character; /* 0: none */
    uint32_t keysym;
    struct stroke stroke;
};

struct keymap {
    Display *display; /* borrowed */
    XkbDescPtr xkb;   /* owned: types, keysyms and modifiers of all keys */
    XkbStateRec state;
    uint8_t modifier_codes[8];  /* by bit number; 0: no key */
    unsigned combos[COMBO_MAX]; /* sets of modifiers, the smallest first */
    int combo_count;
    struct entry entries[CODES * COMBO_MAX]; /* sorted by character */
    int entry_count;
    uint8_t spare[CODES]; /* keycodes that are free, or bound by us */
    int spare_count;
    bool bound[CODES]; /* keycodes that we have bound */
    int level_type;    /* the key type of bound keys */
    int level_count;   /* its levels that can be reached */
    unsigned levels[SLOT_LEVELS];
};

uint32_t keysym_from_character(uint32_t character)
{
    xkb_keysym_t keysym = xkb_utf32_to_keysym(character);
    if (keysym == XKB_KEY_NoSymbol && character >= 0x100 && character <= 0x10FFFF)
        keysym = 0x01000000 | character;
    return keysym;
}

static bool is_number_pad(uint32_t keysym)
{
    return keysym >= XKB_KEY_KP_Space && keysym <= XKB_KEY_KP_Equal;
}

uint32_t keysym_character(uint32_t keysym)
{
    return is_number_pad(keysym) ? 0 : xkb_keysym_to_utf32(keysym);
}

uint32_t keysym_text(uint32_t keysym)
{
    return xkb_keysym_to_utf32(keysym);
}

uint32_t keysym_from_name(const char *name)
{
    const char *rest = name;
    uint32_t character = utf8_next(&rest);
    if (character && character != UTF8_INVALID && !*rest)
        return keysym_from_character(character);
    return xkb_keysym_from_name(name, XKB_KEYSYM_NO_FLAGS);
}

uint32_t keysym_small(uint32_t keysym)
{
    return xkb_keysym_to_lower(keysym);
}

bool keysym_is_modifier(uint32_t keysym)
{
    return (keysym >= XKB_KEY_Shift_L && keysym <= XKB_KEY_Hyper_R) ||
           (keysym >= XKB_KEY_ISO_Lock && keysym <= XKB_KEY_ISO_Last_Group_Lock) ||
           (keysym >= XKB_KEY_ISO_Level5_Shift && keysym <= XKB_KEY_ISO_Level5_Lock) ||
           keysym == XKB_KEY_Mode_switch || keysym == XKB_KEY_Num_Lock;
}

void keysym_name(uint32_t keysym, char *out, size_t size_bytes)
{
    if (!keysym || xkb_keysym_get_name(keysym, out, size_bytes) < 0)
        out[0] = '\0';
}

/* The group of KEYCODE that counts when GROUP is active, -1 for a key without keysyms. */
static int key_group(const struct keymap *k, int keycode, int group)
{
    int groups = XkbKeyNumGroups(k->xkb, keycode);
    if (groups == 0)
        return -1;
    if (group < groups)
        return group;
    int info = XkbKeyGroupInfo(k->xkb, keycode);
    switch (XkbOutOfRangeGroupAction(info)) {
    case XkbClampIntoRange:
        return groups - 1;
    case XkbRedirectIntoRange:
        group = XkbOutOfRangeGroupNumber(info);
        return group < groups ? group : 0;
    default:
        return group % groups;
    }
}

static int type_level(const XkbKeyTypeRec *type, unsigned modifiers)
{
    for (int i = 0; i < type->map_count; i++) {
        const XkbKTMapEntryRec *entry = &type->map[i];
        if (entry->active && entry->mods.mask == (modifiers & type->mods.mask))
            return entry->level;
    }
    return 0;
}

static uint32_t group_keysym(const struct keymap *k, int keycode, int group, unsigned modifiers)
{
    int level = type_level(XkbKeyKeyType(k->xkb, keycode, group), modifiers);
    return level < XkbKeyGroupWidth(k->xkb, keycode, group)
               ? (uint32_t)XkbKeySymEntry(k->xkb, keycode, level, group)
               : 0;
}

/* What the key gives with these modifiers down, beside those that are locked (but for Caps Lock).
 */
static uint32_t key_keysym(const struct keymap *k, int keycode, unsigned modifiers)
{
    unsigned locked = k->state.locked_mods & ~(unsigned)LockMask;
    int group = key_group(k, keycode, k->state.group);
    return group < 0 ? 0 : group_keysym(k, keycode, group, modifiers | locked);
}

/* Which key sets which modifier: the first whose plain keysym is a modifier that is not a lock. */
static void find_modifiers(struct keymap *k)
{
    memset(k->modifier_codes, 0, sizeof k->modifier_codes);
    for (int code = k->xkb->min_key_code; code <= k->xkb->max_key_code; code++) {
        uint32_t keysym = key_keysym(k, code, 0);
        if (!keysym_is_modifier(keysym) || keysym == XKB_KEY_Caps_Lock ||
            keysym == XKB_KEY_Shift_Lock || keysym == XKB_KEY_Num_Lock ||
            keysym == XKB_KEY_Mode_switch)
            continue;
        for (int bit = 0; bit < 8; bit++) {
            if ((k->xkb->map->modmap[code] & (1u << bit)) && !k->modifier_codes[bit])
                k->modifier_codes[bit] = (uint8_t)code;
        }
    }
}

/* The modifiers that choose levels: Shift, and what the keys for levels 3 and 5 set. All subsets,
 * small ones first. */
static void find_combos(struct keymap *k)
{
    unsigned bits[SHIFTER_MAX] = {0};
    int count = 0;
    for (int i = 0; i < 8 && count < SHIFTER_MAX; i++) {
        uint8_t code = k->modifier_codes[i];
        uint32_t keysym = code ? key_keysym(k, code, 0) : 0;
        if ((1u << i) == ShiftMask
                ? code != 0
                : keysym == XKB_KEY_ISO_Level3_Shift || keysym == XKB_KEY_ISO_Level5_Shift)
            bits[count++] = 1u << i;
    }
    k->combo_count = 0;
    for (int size = 0; size <= count; size++) {
        for (int set = 0; set < 1 << count; set++) {
            if (__builtin_popcount((unsigned)set) != size)
                continue;
            unsigned modifiers = 0;
            for (int i = 0; i < count; i++)
                modifiers |= set & 1 << i ? bits[i] : 0;
            k->combos[k->combo_count++] = modifiers;
        }
    }
}

/* Keys of the main block (as on every PC keyboard) before special ones, few modifiers before many.
 */
static int stroke_rank(struct stroke s)
{
    return (s.keycode >= 128) << 16 | __builtin_popcount(s.modifiers) << 8 | s.keycode;
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->character != y->character)
        return x->character < y->character ? -1 : 1;
    return stroke_rank(x->stroke) - stroke_rank(y->stroke);
}

static void find_entries(struct keymap *k)
{
    k->entry_count = 0;
    for (int code = k->xkb->min_key_code; code <= k->xkb->max_key_code; code++) {
        for (int i = 0; i < k->combo_count && !k->bound[code]; i++) {
            uint32_t keysym = key_keysym(k, code, k->combos[i]);
            if (!keysym || (i > 0 && keysym == key_keysym(k, code, 0)))
                continue;
            k->entries[k->entry_count++] = (struct entry){
                keysym_character(keysym), keysym, {(uint8_t)code, (uint8_t)k->combos[i]}};
        }
    }
    qsort(k->entries, (size_t)k->entry_count, sizeof *k->entries, compare_entries);
}

static bool is_empty(const struct keymap *k, int code)
{
    for (int i = 0; i < XkbKeyNumSyms(k->xkb, code); i++) {
        if (XkbKeySymsPtr(k->xkb, code)[i])
            return false;
    }
    return !k->xkb->map->modmap[code];
}

/* Free keys. One that we had bound and that is empty now was taken from us by a new layout: free as
 * well. */
static void find_spares(struct keymap *k)
{
    k->spare_count = 0;
    for (int code = k->xkb->min_key_code; code <= k->xkb->max_key_code; code++) {
        bool empty = is_empty(k, code);
        if (k->bound[code] && (empty || XkbKeyNumGroups(k->xkb, code) != 1))
            k->bound[code] = false;
        if (empty || k->bound[code])
            k->spare[k->spare_count++] = (uint8_t)code;
    }
}

/* A type with as many levels as can be reached with Shift and AltGr, so that more fits on the free
 * keys. */
static void find_levels(struct keymap *k)
{
    k->level_type = XkbOneLevelIndex;
    k->level_count = 1;
    k->levels[0] = 0;
    for (int t = 0; t < k->xkb->map->num_types; t++) {
        const XkbKeyTypeRec *type = &k->xkb->map->types[t];
        unsigned reached[SLOT_LEVELS] = {0};
        int count = 1;
        for (int i = 0; i < k->combo_count && count < SLOT_LEVELS; i++) {
            if (type_level(type, k->combos[i]) == count)
                reached[count++] = k->combos[i];
        }
        /* Types that know Caps Lock or Num Lock as well would give something else when these are
         * on. */
        unsigned mask = reached[count - 1];
        if (count > k->level_count && count == type->num_levels && type->mods.mask == mask) {
            k->level_type = t;
            k->level_count = count;
            memcpy(k->levels, reached, sizeof k->levels);
        }
    }
}

bool keymap_refresh(struct keymap *k, struct err *e)
{
    unsigned which = XkbKeyTypesMask | XkbKeySymsMask | XkbModifierMapMask;
    XkbDescPtr xkb = XkbGetMap(k->display, which, XkbUseCoreKbd);
    if (!xkb || XkbGetState(k->display, XkbUseCoreKbd, &k->state) != Success) {
        if (xkb)
            XkbFreeKeyboard(xkb, 0, True);
        return err_set(e, ERR_DISPLAY, "cannot read the keyboard's mapping: the display is gone");
    }
    if (k->xkb)
        XkbFreeKeyboard(k->xkb, 0, True);
    k->xkb = xkb;
    find_spares(k);
    find_modifiers(k);
    find_combos(k);
    find_entries(k);
    find_levels(k);
    return true;
}

struct keymap *keymap_create(Display *display, struct err *e)
{
    int major = XkbMajorVersion, minor = XkbMinorVersion;
    if (!XkbQueryExtension(display, NULL, NULL, NULL, &major, &minor)) {
        err_set(e, ERR_DISPLAY, "the display has no XKEYBOARD extension: nothing can be typed");
        return NULL;
    }
    struct keymap *k = mem_zero(1, sizeof *k);
    k->display = display;
    if (!keymap_refresh(k, e)) {
        keymap_destroy(k);
        return NULL;
    }
    return k;
}

void keymap_destroy(struct keymap *k)
{
    if (!k)
        return;
    if (k->xkb)
        XkbFreeKeyboard(k->xkb, 0, True);
    free(k);
}

bool keymap_character(const struct keymap *k, uint32_t character, struct stroke *out)
{
    int low = 0, high = k->entry_count;
    while (low < high) { /* the first that is not less: the best stroke for the character */
        int middle = low + (high - low) / 2;
        if (k->entries[middle].character < character)
            low = middle + 1;
        else
            high = middle;
    }
    if (!character || low == k->entry_count || k->entries[low].character != character)
        return false;
    *out = k->entries[low].stroke;
    return true;
}

bool keymap_keysym(const struct keymap *k, uint32_t keysym, struct stroke *out)
{
    const struct entry *best = NULL;
    for (int i = 0; i < k->entry_count; i++) {
        const struct entry *at = &k->entries[i];
        if (at->keysym == keysym && (!best || stroke_rank(at->stroke) < stroke_rank(best->stroke)))
            best = at;
    }
    if (!best)
        return false;
    *out = best->stroke;
    return true;
}

static bool is_key(const struct keymap *k, unsigned keycode)
{
    return keycode >= k->xkb->min_key_code && keycode <= k->xkb->max_key_code;
}

uint32_t keymap_read(const struct keymap *k, unsigned keycode, unsigned state)
{
    int code = (int)keycode;
    int group = is_key(k, keycode) ? key_group(k, code, XkbGroupForCoreState(state)) : -1;
    if (group < 0)
        return 0;
    uint32_t keysym = group_keysym(k, code, group, state & 0xFF);
    /* A key whose type does not know Caps Lock gives capitals all the same. */
    unsigned known = XkbKeyKeyType(k->xkb, code, group)->mods.mask;
    bool capitals = state & LockMask && !(known & LockMask);
    return capitals ? xkb_keysym_to_upper(keysym) : keysym;
}

unsigned keymap_sets(const struct keymap *k, unsigned keycode, bool *locks)
{
    uint32_t keysym = is_key(k, keycode) ? key_keysym(k, (int)keycode, 0) : 0;
    *locks = keysym == XKB_KEY_Caps_Lock || keysym == XKB_KEY_Shift_Lock ||
             keysym == XKB_KEY_Num_Lock || keysym == XKB_KEY_Scroll_Lock;
    return is_key(k, keycode) ? k->xkb->map->modmap[keycode] : 0;
}

uint8_t keymap_modifier(const struct keymap *k, unsigned bit)
{
    return bit ? k->modifier_codes[__builtin_ctz(bit) & 7] : 0;
}

bool keymap_caps_locked(const struct keymap *k)
{
    return k->state.locked_mods & LockMask;
}

int keymap_slots(const struct keymap *k)
{
    int slots = k->spare_count * k->level_count;
    return slots < SLOT_MAX ? slots : SLOT_MAX;
}

struct stroke keymap_slot(const struct keymap *k, int slot)
{
    return (struct stroke){k->spare[slot % k->spare_count],
                           (uint8_t)k->levels[slot / k->spare_count]};
}

uint32_t keymap_slot_keysym(const struct keymap *k, int slot)
{
    int code = k->spare[slot % k->spare_count], level = slot / k->spare_count;
    if (!k->bound[code] || level >= XkbKeyGroupWidth(k->xkb, code, 0))
        return 0;
    return (uint32_t)XkbKeySymEntry(k->xkb, code, level, 0);
}

/* Puts the keysyms of one free key into our copy of the map. CHANGED says whether that made a
 * difference. */
static bool bind_key(struct keymap *k, int spare, const uint32_t keysyms[SLOT_MAX], bool *changed)
{
    int code = k->spare[spare];
    uint32_t wanted[SLOT_LEVELS] = {0};
    bool any = false;
    *changed = false;
    for (int level = 0; level < k->level_count; level++) {
        int slot = level * k->spare_count + spare;
        wanted[level] = slot < SLOT_MAX ? keysyms[slot] : 0;
        any = any || wanted[level];
        *changed = *changed || (slot < SLOT_MAX && wanted[level] != keymap_slot_keysym(k, slot));
    }
    if (!*changed)
        return true;
    int types[XkbNumKbdGroups] = {k->level_type};
    if (XkbChangeTypesOfKey(k->xkb, code, any ? 1 : 0, XkbGroup1Mask, types, NULL) != Success)
        return false;
    for (int level = 0; any && level < k->level_count; level++)
        XkbKeySymEntry(k->xkb, code, level, 0) = wanted[level];
    k->bound[code] = any;
    return true;
}

bool keymap_bind(struct keymap *k, const uint32_t keysyms[SLOT_MAX], struct err *e)
{
    int first = CODES, last = 0;
    for (int i = 0; i < k->spare_count; i++) {
        bool changed;
        if (!bind_key(k, i, keysyms, &changed))
            return err_set(e, ERR_IO, "cannot bind free keys: out of memory");
        if (changed) {
            first = first < k->spare[i] ? first : k->spare[i];
            last = k->spare[i];
        }
    }
    if (last == 0)
        return true;
    /* The server takes one run of keys: those in between go along as they are. */
    XkbMapChangesRec changes = {.changed = XkbKeySymsMask,
                                .first_key_sym = (KeyCode)first,
                                .num_key_syms = (unsigned char)(last - first + 1)};
    if (!XkbChangeMap(k->display, k->xkb, &changes))
        return err_set(e, ERR_DISPLAY, "cannot bind free keys: the display is gone");
    XSync(k->display, False);
    return true;
}

void keymap_adopt(struct keymap *k, uint32_t keycode, uint32_t keysym)
{
    int code = (int)keycode;
    if (code < k->xkb->min_key_code || code > k->xkb->max_key_code || !keysym || k->bound[code] ||
        XkbKeyNumGroups(k->xkb, code) != 1 || k->xkb->map->modmap[code] ||
        (uint32_t)XkbKeySymEntry(k->xkb, code, 0, 0) != keysym)
        return;
    k->bound[code] = true;
    find_spares(k);
}
