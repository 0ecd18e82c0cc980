#include "input/keys.h"

#include <X11/extensions/XTest.h>
#include <string.h>

bool keys_are_down(const struct keys *k, uint8_t code)
{
    return memchr(k->down, code, (size_t)k->count) != NULL;
}

void keys_press(struct keys *k, uint8_t code)
{
    if (k->count == KEYS_DOWN_MAX)
        return;
    k->down[k->count++] = code;
    XTestFakeKeyEvent(k->display, code, True, CurrentTime);
}

static void release_at(struct keys *k, int i)
{
    XTestFakeKeyEvent(k->display, k->down[i], False, CurrentTime);
    memmove(&k->down[i], &k->down[i + 1], (size_t)(k->count - i - 1));
    k->count--;
}

void keys_release(struct keys *k, uint8_t code)
{
    for (int i = k->count - 1; i >= k->kept; i--) {
        if (k->down[i] == code) {
            release_at(k, i);
            return;
        }
    }
}

void keys_release_last(struct keys *k)
{
    if (k->count > k->kept)
        release_at(k, k->count - 1);
}

void keys_release_all(struct keys *k)
{
    while (k->count > k->kept)
        release_at(k, k->count - 1);
}

bool keys_keep(struct keys *k)
{
    if (k->count > KEYS_KEPT_MAX)
        return false;
    k->kept = k->count;
    return true;
}

void keys_let_go(struct keys *k, uint8_t code)
{
    for (int i = 0; i < k->kept; i++) {
        if (k->down[i] == code) {
            release_at(k, i);
            k->kept--;
            return;
        }
    }
}

void keys_kept(const struct keys *k, uint32_t codes[8])
{
    memset(codes, 0, 8 * sizeof *codes);
    for (int i = 0; i < k->kept; i++)
        codes[k->down[i] / 32] |= 1u << k->down[i] % 32;
}

void keys_give_back(Display *display, const uint32_t codes[8])
{
    char down[32];
    XQueryKeymap(display, down);
    for (unsigned code = 8; code < 256; code++) {
        if (down[code / 8] >> code % 8 & codes[code / 32] >> code % 32 & 1)
            XTestFakeKeyEvent(display, code, False, CurrentTime);
    }
}
