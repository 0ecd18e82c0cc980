/*
 * OpenCUA: lines of Python between ``` fences that call pyautogui or computer, and nothing else.
 * They are read, never run: xlang-ai/OpenCUA, data/data-process/src/schema/action.py.
 */
#include "policy/dialect.h"
#include "policy/gesture.h"
#include "policy/spoken.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Some of these models count pixels of the picture, some 0..1 of its sides. */
static struct place place_of(const struct spoken *s, const struct shot *shot)
{
    double x, y;
    const char *first = spoken_value(s, "x", 0), *second = spoken_value(s, "y", 1);
    if (!first && !second)
        return (struct place){0};
    if (!first || !second || spoken_numbers(first, &x, 1) != 1 ||
        spoken_numbers(second, &y, 1) != 1)
        return (struct place){true, NAN, NAN};
    bool shares = x <= 1 && y <= 1 && (strchr(first, '.') || strchr(second, '.'));
    if (!shares)
        return (struct place){true, x, y};
    return (struct place){true, fmin(x * shot->width, shot->width - 1),
                          fmin(y * shot->height, shot->height - 1)};
}

static double number_of(const struct spoken *s, const char *name, int position, double fallback)
{
    double n;
    const char *value = spoken_value(s, name, position);
    return value && spoken_numbers(value, &n, 1) == 1 ? n : fallback;
}

/* Keys one by one, or all of a list, as one chord. */
static void take_hotkey(struct reply *r, const struct spoken *s)
{
    struct buf chord = {0};
    const char *list = spoken_value(s, "keys", -1);
    for (int i = 0; i < SPOKEN_ARGUMENTS_MAX; i++) {
        const char *value = list ? list : spoken_value(s, "", i);
        char *items[SPOKEN_LIST_MAX];
        int count = value ? spoken_items(value, items) : 0;
        for (int k = 0; k < count; k++) {
            buf_addf(&chord, "%s%s", chord.length ? "+" : "", items[k]);
            free(items[k]);
        }
        if (list || !value)
            break;
    }
    gesture_keys(r, NULL, s->name, ACTION_KEY, buf_text(&chord), 1);
    buf_finish(&chord);
}

/* Keys one after the other. */
static void take_press(struct reply *r, const struct spoken *s)
{
    char *items[SPOKEN_LIST_MAX];
    const char *keys = spoken_value(s, "keys", 0);
    int count = keys ? spoken_items(keys, items) : 0;
    for (int i = 0; i < count; i++) {
        gesture_keys(r, NULL, s->name, ACTION_KEY, items[i], number_of(s, "presses", 1, 1));
        free(items[i]);
    }
    if (!count)
        gesture_say(r, NULL, s->name, CALL_BAD, "which key is to be pressed?");
}

static enum button button_of(const struct spoken *s)
{
    const char *button = spoken_value(s, "button", -1);
    return button && strcmp(button, "right") == 0    ? BUTTON_RIGHT
           : button && strcmp(button, "middle") == 0 ? BUTTON_MIDDLE
                                                     : BUTTON_LEFT;
}

static void take_end(struct reply *r, const struct spoken *s)
{
    const char *status = spoken_value(s, "status", 0);
    bool fine = status && strcmp(status, "success") == 0;
    gesture_say(r, NULL, s->name, fine ? CALL_DONE : CALL_FAILED, status);
}

/* A click of a kind; false when it is none. */
static bool take_click(struct reply *r, const struct spoken *s, const char *name,
                       const struct shot *shot)
{
    static const struct {
        const char *name;
        enum button button;
        int count;
    } clicks[] = {
        {"doubleClick", BUTTON_LEFT, 2},   {"tripleClick", BUTTON_LEFT, 3},
        {"triple_click", BUTTON_LEFT, 3},  {"rightClick", BUTTON_RIGHT, 1},
        {"middleClick", BUTTON_MIDDLE, 1},
    };
    struct place at = place_of(s, shot);
    if (strcmp(name, "click") == 0) {
        double count = number_of(s, "clicks", 2, 1);
        gesture_click(r, NULL, s->name, shot, at, button_of(s),
                      count >= 3   ? 3
                      : count >= 2 ? 2
                                   : 1);
        return true;
    }
    for (size_t i = 0; i < sizeof clicks / sizeof *clicks; i++)
        if (strcmp(name, clicks[i].name) == 0) {
            gesture_click(r, NULL, s->name, shot, at, clicks[i].button, clicks[i].count);
            return true;
        }
    return false;
}

static void take(struct reply *r, const struct spoken *s, const struct shot *shot)
{
    const char *dot = strchr(s->name, '.');
    const char *name = dot ? dot + 1 : s->name;
    struct place at = place_of(s, shot), pointer = {0};
    bool known = strncmp(s->name, "pyautogui.", 10) == 0 || strncmp(s->name, "computer.", 9) == 0 ||
                 strcmp(s->name, "time.sleep") == 0;
    if (!known)
        gesture_say(r, NULL, s->name, CALL_BAD, "only pyautogui and computer are known");
    else if (take_click(r, s, name, shot))
        return;
    else if (strcmp(name, "moveTo") == 0)
        gesture_move(r, NULL, s->name, shot, at);
    else if (strcmp(name, "dragTo") == 0)
        gesture_drag(r, NULL, s->name, shot, pointer, at);
    else if (strcmp(name, "mouseDown") == 0 || strcmp(name, "mouseUp") == 0)
        gesture_button(r, NULL, s->name, shot, at, button_of(s), name[5] == 'D');
    else if (strcmp(name, "write") == 0 || strcmp(name, "typewrite") == 0)
        gesture_type(r, NULL, s->name, spoken_value(s, "message", 0));
    else if (strcmp(name, "press") == 0)
        take_press(r, s);
    else if (strcmp(name, "hotkey") == 0)
        take_hotkey(r, s);
    else if (strcmp(name, "keyDown") == 0 || strcmp(name, "keyUp") == 0)
        gesture_keys(r, NULL, s->name, name[3] == 'D' ? ACTION_KEY_DOWN : ACTION_KEY_UP,
                     spoken_value(s, "key", 0), 1);
    else if (strcmp(name, "scroll") == 0) /* up is positive */
        gesture_scroll(r, NULL, s->name, shot, pointer, 0,
                       -number_of(s, "clicks", 0, GESTURE_NOTCHES), false);
    else if (strcmp(name, "hscroll") == 0)
        gesture_scroll(r, NULL, s->name, shot, pointer, number_of(s, "clicks", 0, GESTURE_NOTCHES),
                       0, false);
    else if (strcmp(name, "wait") == 0 || strcmp(name, "sleep") == 0)
        gesture_wait(r, NULL, s->name, number_of(s, "seconds", 0, GESTURE_WAIT_MS / 1000.0));
    else if (strcmp(name, "terminate") == 0)
        take_end(r, s);
    else
        gesture_say(r, NULL, s->name, CALL_BAD, "there is no such action");
}

/* A line that is no such call is told, and nothing behind it is done. */
static void take_lines(struct reply *r, const char *at, const struct shot *shot)
{
    struct spoken s;
    while (*at && strncmp(at, "```", 3) != 0) {
        size_t length = strcspn(at, "\n");
        bool blank = strspn(at, " \t\r") >= length || *at == '#' || strncmp(at, "import ", 7) == 0;
        const char *behind = blank ? at + length : spoken_read(at, &s);
        if (!behind) {
            gesture_say(r, NULL, "code", CALL_BAD, "this is no call of pyautogui or computer");
            return;
        }
        if (!blank) {
            take(r, &s, shot);
            spoken_finish(&s);
        }
        at = behind + strspn(behind, " \t\r\n;");
    }
}

void dialect_opencua(struct reply *r, const char *text, const struct shot *shot)
{
    const char *fence = strstr(text, "```");
    if (fence)
        take_lines(r, fence + strcspn(fence, "\n") + (strchr(fence, '\n') ? 1 : 0), shot);
}
