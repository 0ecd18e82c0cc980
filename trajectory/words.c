#include "trajectory/words.h"

#include "base/key.h"
#include "base/utf8.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

const char *const words_names[] = {"qwen", "ui-tars", "opencua", "osworld", NULL};

bool words_action(enum words_kind kind, const struct action *a, bool selects, struct words *out)
{
    bool said = kind == WORDS_QWEN      ? words_qwen(a, out)
                : kind == WORDS_UI_TARS ? words_ui_tars(a, selects, out)
                                        : words_pyautogui(a, kind == WORDS_OPENCUA, out);
    if (!said) { /* what was begun */
        buf_reset(&out->text);
        out->place_count = 0;
    }
    return said;
}

void words_done(enum words_kind kind, struct words *out)
{
    static const char *const done[] = {
        [WORDS_QWEN] = ("<tool_call>\n{\"name\": \"computer_use\", \"arguments\": {\"action\": "
                        "\"terminate\", \"status\": \"success\"}}\n</tool_call>"),
        [WORDS_UI_TARS] = "finished(content='')",
        [WORDS_OPENCUA] = "computer.terminate(status='success')",
        [WORDS_OSWORLD] = "DONE",
    };
    buf_add(&out->text, done[kind]);
}

/* ---- places ---- */

/* Whole, or up to four decimals of which one is always there: 457, 0.5123, 1.0. */
static void number_add(const struct shot *shot, double value, struct buf *out)
{
    char text[32];
    if (shot->space != SHOT_UNIT) {
        buf_addf(out, "%.0f", value);
        return;
    }
    int length = snprintf(text, sizeof text, "%.4f", value);
    while (text[length - 1] == '0' && text[length - 2] != '.')
        text[--length] = '\0';
    buf_add(out, text);
}

void words_place(struct words *out, struct point at, const char *between)
{
    double x, y;
    shot_numbers(out->shot, at, &x, &y);
    if (out->marks) {
        buf_add(&out->text, "<bbox>");
        out->places[out->place_count][0] = x;
        out->places[out->place_count++][1] = y;
        return;
    }
    number_add(out->shot, x, &out->text);
    buf_add(&out->text, between);
    number_add(out->shot, y, &out->text);
}

/* ---- texts ---- */

bool words_mark(const char *text)
{
    static const char *const marks[] = {
        "|",           "image",       "video",        "audio", "bbox",       "ref-object",
        "cot-process", "start-image", "point>",       "img>",  "tool_call>", "tool_response>",
        "think>",      "box>",        "IMG_CONTEXT>", "s>",    "function"};
    const char *at = text + 1 + (text[1] == '/');
    for (size_t i = 0; i < COUNT(marks); i++)
        if (strncmp(at, marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}

void words_prose(const char *text, struct buf *out)
{
    for (const char *c = text; *c; c++) {
        buf_add_char(out, *c);
        if (*c == '<' && words_mark(c))
            buf_add_char(out, ' ');
    }
}

/* UI-TARS's own reader looks for these in the whole answer, also in what is typed. */
static bool is_misread(const char *text, const char *at)
{
    static const char *const words[] = {"Action", "point"};
    for (size_t i = 0; i < COUNT(words); i++) {
        size_t n = strlen(words[i]);
        if ((*at == ':' || *at == '=') && (size_t)(at - text) >= n &&
            strncmp(at - n, words[i], n) == 0)
            return true;
    }
    return (*at == '<' && words_mark(at)) || (*at == '\'' && at[1] == ')');
}

void words_quote(const char *text, struct buf *out)
{
    buf_add_char(out, '\'');
    for (const char *c = text; *c; c++) {
        if (*c == '\n')
            buf_add(out, "\\n");
        else if (*c == '\t')
            buf_add(out, "\\t");
        else if (*c == '\r')
            buf_add(out, "\\r");
        else if ((unsigned char)*c < ' ' || *c == 127 || is_misread(text, c))
            buf_addf(out, "\\x%02x", (unsigned char)*c);
        else if (*c == '\'' || *c == '\\')
            buf_addf(out, "\\%c", *c);
        else
            buf_add_char(out, *c);
    }
    buf_add_char(out, '\'');
}

/* ---- keys ---- */

static const struct {
    const char *key, *name;
} key_names[] = {
    {"Return", "enter"},
    {"Escape", "esc"},
    {"BackSpace", "backspace"},
    {"Delete", "delete"},
    {"Insert", "insert"},
    {"Tab", "tab"},
    {"space", "space"},
    {"Home", "home"},
    {"End", "end"},
    {"Page_Up", "pageup"},
    {"Page_Down", "pagedown"},
    {"Up", "up"},
    {"Down", "down"},
    {"Left", "left"},
    {"Right", "right"},
    {"Control_L", "ctrl"},
    {"Control_R", "ctrlright"},
    {"Shift_L", "shift"},
    {"Shift_R", "shiftright"},
    {"Alt_L", "alt"},
    {"Alt_R", "altright"},
    {"Super_L", "win"},
    {"Super_R", "winright"},
    {"Caps_Lock", "capslock"},
    {"Num_Lock", "numlock"},
    {"Scroll_Lock", "scrolllock"},
    {"Menu", "apps"},
    {"Print", "printscreen"},
    {"Pause", "pause"},
    {"KP_0", "num0"},
    {"KP_1", "num1"},
    {"KP_2", "num2"},
    {"KP_3", "num3"},
    {"KP_4", "num4"},
    {"KP_5", "num5"},
    {"KP_6", "num6"},
    {"KP_7", "num7"},
    {"KP_8", "num8"},
    {"KP_9", "num9"},
    {"exclam", "!"},
    {"quotedbl", "\""},
    {"numbersign", "#"},
    {"dollar", "$"},
    {"percent", "%"},
    {"ampersand", "&"},
    {"apostrophe", "'"},
    {"parenleft", "("},
    {"parenright", ")"},
    {"asterisk", "*"},
    {"plus", "+"},
    {"comma", ","},
    {"minus", "-"},
    {"period", "."},
    {"slash", "/"},
    {"colon", ":"},
    {"semicolon", ";"},
    {"less", "<"},
    {"equal", "="},
    {"greater", ">"},
    {"question", "?"},
    {"at", "@"},
    {"bracketleft", "["},
    {"backslash", "\\"},
    {"bracketright", "]"},
    {"asciicircum", "^"},
    {"underscore", "_"},
    {"grave", "`"},
    {"braceleft", "{"},
    {"bar", "|"},
    {"braceright", "}"},
    {"asciitilde", "~"},
    {"XF86AudioRaiseVolume", "volumeup"},
    {"XF86AudioLowerVolume", "volumedown"},
    {"XF86AudioMute", "volumemute"},
    {"XF86AudioPlay", "playpause"},
    {"XF86AudioStop", "stop"},
    {"XF86AudioNext", "nexttrack"},
    {"XF86AudioPrev", "prevtrack"},
    {"XF86Back", "browserback"},
    {"XF86Forward", "browserforward"},
    {"XF86Refresh", "browserrefresh"},
    {"XF86Search", "browsersearch"},
    {"XF86Favorites", "browserfavorites"},
    {"XF86HomePage", "browserhome"},
};

/* Function keys, and what one character is, go by themselves: in small letters, but that a letter
 * alone keeps its case. */
static const char *key_name(const char *key, bool alone, char letter[8])
{
    for (size_t i = 0; i < COUNT(key_names); i++)
        if (strcmp(key, key_names[i].key) == 0)
            return key_names[i].name;
    int number = key[0] == 'F' && isdigit((unsigned char)key[1]) ? atoi(key + 1) : 0;
    if (number >= 1 && number <= 24) {
        snprintf(letter, 8, "f%d", number);
        return letter;
    }
    if (utf8_length(key) != 1)
        return NULL;
    snprintf(letter, 8, "%s", key);
    if (!alone && !key[1])
        letter[0] = (char)tolower((unsigned char)key[0]);
    return letter;
}

int words_keys(const char *chord, const char *names[WORDS_KEYS_MAX],
               char letters[WORDS_KEYS_MAX][8])
{
    char keys[WORDS_KEYS_MAX][KEY_NAME_SIZE];
    int count = keys_split(chord, keys, WORDS_KEYS_MAX, NULL);
    for (int i = 0; i < count; i++) {
        names[i] = key_name(keys[i], count == 1, letters[i]);
        if (!names[i])
            return 0;
    }
    return count;
}

int words_notches(int distance, bool in_pixels)
{
    if (!in_pixels || !distance)
        return distance;
    int notches = (int)lround((double)distance / ACTION_NOTCH);
    return notches ? notches : distance > 0 ? 1 : -1;
}
