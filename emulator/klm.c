#include "emulator/klm.h"

#include "base/utf8.h"

#include <stdlib.h>

#define KLM_NOTCHES_MAX 10

static void klm_hand(struct klm *klm, bool mouse)
{
    if (klm->on_mouse != mouse)
        klm->h++;
    klm->on_mouse = mouse;
}

/* One keystroke for each key of the chord. */
static int klm_keys(const struct action *a)
{
    char keys[8][KEY_NAME_SIZE];
    int n = keys_split(a->keys, keys, 8, NULL);
    return n * (a->repeat > 1 ? a->repeat : 1);
}

void klm_add(struct klm *klm, const struct action *a, bool first)
{
    int notches;
    switch (a->kind) {
    case ACTION_MOVE:
        klm->p++;
        break;
    case ACTION_CLICK: /* several at once are counted as one: hem clicks thrice into any field to be
                          sure */
        klm->p++;
        klm->b += 2;
        break;
    case ACTION_MOUSE_DOWN:
    case ACTION_MOUSE_UP:
        klm->p++;
        klm->b++;
        break;
    case ACTION_DRAG:
        klm->p += 2;
        klm->b += 2;
        break;
    case ACTION_SCROLL: /* a notch of the wheel is taken for a button, a long way for one pull at
                           the bar */
        notches = abs(a->dx) + abs(a->dy);
        klm->b += notches < KLM_NOTCHES_MAX ? notches : KLM_NOTCHES_MAX;
        break;
    case ACTION_TYPE:
        klm->k += (int)utf8_length(a->text);
        break;
    case ACTION_KEY:
    case ACTION_KEY_DOWN:
    case ACTION_KEY_UP:
    case ACTION_HOLD:
        klm->k += klm_keys(a);
        break;
    default:
        return;
    }
    klm_hand(klm, !action_is_keys(a->kind));
    klm->m += first;
}

double klm_seconds(const struct klm *klm)
{
    return klm->k * KLM_K_S + klm->p * KLM_P_S + klm->h * KLM_H_S + klm->b * KLM_B_S +
           klm->m * KLM_M_S;
}
