#include "input/spare.h"

#include <string.h>

void spare_check(struct spare *s, const struct keymap *k)
{
    int slots = keymap_slots(k);
    for (int i = 0; i < SLOT_MAX && s->count > 0; i++) {
        if (!s->keysyms[i] || (i < slots && keymap_slot_keysym(k, i) == s->keysyms[i]))
            continue;
        /* One is gone or has moved: so have all. */
        spare_clear(s);
    }
}

bool spare_find(const struct spare *s, const struct keymap *k, uint32_t keysym, struct stroke *out)
{
    int slots = keymap_slots(k);
    for (int i = 0; keysym && s->count > 0 && i < slots; i++) {
        if (s->keysyms[i] == keysym) {
            *out = keymap_slot(k, i);
            return true;
        }
    }
    return false;
}

bool spare_add(struct spare *s, const struct keymap *k, uint32_t keysym)
{
    int slots = keymap_slots(k);
    for (int i = 0; i < slots; i++) {
        if (!s->keysyms[i]) {
            s->keysyms[i] = keysym;
            s->count++;
            s->changed = true;
            return true;
        }
    }
    return false;
}

void spare_clear(struct spare *s)
{
    s->changed = s->changed || s->count > 0;
    memset(s->keysyms, 0, sizeof s->keysyms);
    s->count = 0;
}

bool spare_commit(struct spare *s, struct keymap *k, struct err *e)
{
    if (!s->changed)
        return true;
    s->changed = false;
    return keymap_bind(k, s->keysyms, e);
}
