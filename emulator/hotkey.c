#include "emulator/hotkey.h"

#include "base/key.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define PARTS_MAX 5

unsigned hotkey_modifier(const char *keysym)
{
    static const struct {
        const char *name;
        unsigned bit;
    } modifiers[] = {{"Shift_", HELD_SHIFT},
                     {"Control_", HELD_CONTROL},
                     {"Alt_", HELD_ALT},
                     {"Meta_", HELD_ALT},
                     {"Super_", HELD_SUPER}};
    for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; i++)
        if (strncmp(keysym, modifiers[i].name, strlen(modifiers[i].name)) == 0)
            return modifiers[i].bit;
    return 0;
}

bool hotkey_parse(const char *chord, struct hotkey *out, struct err *e)
{
    char keys[PARTS_MAX][KEY_NAME_SIZE], bad[KEY_NAME_SIZE];
    int count = keys_split(chord, keys, PARTS_MAX, bad);
    if (!count)
        return err_set(e, ERR_USAGE, "\"%s\" is no key: %s", chord, bad);
    *out = (struct hotkey){0};
    for (int i = 0; i < count - 1; i++)
        out->modifiers |= hotkey_modifier(keys[i]);
    snprintf(out->keysym, sizeof out->keysym, "%s", keys[count - 1]);
    if (!(out->modifiers & ~(unsigned)HELD_SHIFT) || hotkey_modifier(out->keysym))
        return err_set(e, ERR_USAGE,
                       "\"%s\": a hotkey is Ctrl, Alt or Super with a key, such as Ctrl+Alt+P",
                       chord);
    return true;
}

bool hotkey_pressed(const struct hotkey *h, const struct event *event)
{
    return event->kind == EVENT_KEY_DOWN && (event->state & HELD_ANY) == h->modifiers &&
           strcasecmp(event->keysym, h->keysym) == 0;
}
