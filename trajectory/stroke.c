#include "trajectory/stroke.h"

#include <string.h>

void stroke_held(unsigned state, struct buf *out)
{
    static const struct {
        unsigned bit;
        const char *name;
    } held[] = {
        {HELD_CONTROL, "Ctrl"}, {HELD_ALT, "Alt"}, {HELD_SUPER, "Super"}, {HELD_SHIFT, "Shift"}};
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        if (state & held[i].bit)
            buf_addf(out, "%s%s", out->length ? "+" : "", held[i].name);
}

bool stroke_is_modifier(const char *key)
{
    static const char *const begins[] = {"Shift_",      "Control_", "Alt_",     "Meta_",
                                         "Super_",      "Hyper_",   "Caps_",    "Num_Lock",
                                         "ISO_Level",   "ISO_Next", "ISO_Prev", "Mode_",
                                         "Scroll_Lock", "dead_",    "Multi_key"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(key, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

bool stroke_writes(const struct event *h)
{
    unsigned char first = (unsigned char)h->text[0];
    return first >= ' ' && first != 127 && !event_is_chord(h);
}

void stroke_chord(const struct event *h, struct buf *out)
{
    const char *key = h->keysym;
    bool tab = strcmp(key, "ISO_Left_Tab") == 0;
    bool letter = key[0] && !key[1] && ((*key | 32) >= 'a' && (*key | 32) <= 'z');
    bool sign = (unsigned char)h->text[0] > ' ' && h->text[0] != 127 && !letter;
    stroke_held(h->state & (sign ? HELD_ANY & ~HELD_SHIFT : HELD_ANY), out);
    if (tab && !(h->state & HELD_SHIFT))
        buf_addf(out, "%sShift", out->length ? "+" : "");
    buf_addf(out, "%s", out->length ? "+" : "");
    if (letter)
        buf_add_char(out, (char)(*key & ~32));
    else
        buf_add(out, tab ? "Tab" : key);
}
