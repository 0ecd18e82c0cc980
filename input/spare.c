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

/* Adds what the free keys are to be bound to: what each has on its plainest level, which gets the
 * first keysym. */
static void note_bindings(const struct spare *s, const struct keymap *k, struct held_note *note)
{
    int slots = keymap_slots(k), begun = note->binding_count;
    for (int i = 0; i < slots; i++) {
        uint8_t code = keymap_slot(k, i).keycode;
        bool noted = !s->keysyms[i];
        for (int b = begun; b < note->binding_count && !noted; b++)
            noted = note->bindings[b].keycode == code;
        if (!noted && note->binding_count < HELD_BINDINGS_MAX)
            note->bindings[note->binding_count++] = (struct held_binding){code, s->keysyms[i]};
    }
}

bool spare_commit(struct spare *s, struct keymap *k, struct held *held, struct err *e)
{
    if (!s->changed)
        return true;
    s->changed = false;
    /* While the server is told, the note says both what was and what is to be. */
    note_bindings(s, k, &held->note);
    held_write(held);
    bool ok = keymap_bind(k, s->keysyms, e);
    held->note.binding_count = 0;
    note_bindings(s, k, &held->note);
    held_write(held);
    return ok;
}

void spare_give_back(struct keymap *k, const struct held_note *left)
{
    static const uint32_t nothing[SLOT_MAX];
    for (int i = 0; i < left->binding_count; i++)
        keymap_adopt(k, left->bindings[i].keycode, left->bindings[i].keysym);
    keymap_bind(k, nothing, NULL);
}
