#include "input/chord.h"

#include "base/key.h"

#include <string.h>

/* What stands in for a modifier that many keyboards have only once. */
static uint32_t key_instead(const struct keymap *keymap, uint32_t keysym)
{
    static const char *const instead[][2] = {
        {"Alt_R", "ISO_Level3_Shift"}, {"Control_R", "Control_L"}, {"Shift_R", "Shift_L"},
        {"Super_R", "Super_L"},        {"Super_L", "Super_R"},
    };
    struct stroke s;
    for (size_t i = 0; i < sizeof instead / sizeof *instead; i++) {
        if (keysym == keysym_from_name(instead[i][0]) && !keymap_keysym(keymap, keysym, &s))
            return keysym_from_name(instead[i][1]);
    }
    return keysym;
}

bool chord_parse(struct chord *c, const char *text, const struct keymap *keymap, struct err *e)
{
    char keys[CHORD_MAX][KEY_NAME_SIZE], bad[KEY_NAME_SIZE];
    c->count = keys_split(text, keys, CHORD_MAX, bad);
    if (!c->count)
        return err_set(e, ERR_USAGE, "unknown key \"%s\"", bad);
    for (int i = 0; i < c->count; i++) {
        uint32_t keysym = key_instead(keymap, keysym_from_name(keys[i]));
        struct stroke s;
        if (c->count > 1)
            keysym = keysym_small(keysym);
        /* Any other key can be had from a free one, but a modifier would do nothing there. */
        if (!keysym || (keysym_is_modifier(keysym) && !keymap_keysym(keymap, keysym, &s)))
            return err_set(e, ERR_USAGE, "this keyboard has no key \"%s\"", keys[i]);
        c->keysyms[i] = keysym;
    }
    return true;
}

bool chord_has_lock(const struct chord *c)
{
    uint32_t lock = keysym_from_name("Caps_Lock");
    for (int i = 0; i < c->count; i++) {
        if (c->keysyms[i] == lock)
            return true;
    }
    return false;
}
