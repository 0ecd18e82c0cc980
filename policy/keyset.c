#include "policy/keyset.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keys that are called by a name as well as by what they type or do. */
static const char *const same[][2] = {
    {"exclam", "!"},       {"quotedbl", "\""},
    {"numbersign", "#"},   {"dollar", "$"},
    {"percent", "%"},      {"ampersand", "&"},
    {"apostrophe", "'"},   {"parenleft", "("},
    {"parenright", ")"},   {"asterisk", "*"},
    {"plus", "+"},         {"comma", ","},
    {"minus", "-"},        {"period", "."},
    {"slash", "/"},        {"colon", ":"},
    {"semicolon", ";"},    {"less", "<"},
    {"equal", "="},        {"greater", ">"},
    {"question", "?"},     {"at", "@"},
    {"bracketleft", "["},  {"backslash", "\\"},
    {"bracketright", "]"}, {"asciicircum", "^"},
    {"underscore", "_"},   {"grave", "`"},
    {"braceleft", "{"},    {"bar", "|"},
    {"braceright", "}"},   {"asciitilde", "~"},
    {"yen", "¥"},          {"KP_Enter", "Return"},
    {"KP_Add", "+"},       {"KP_Subtract", "-"},
    {"KP_Multiply", "*"},  {"KP_Divide", "/"},
    {"KP_Decimal", "."},   {"KP_Separator", ","},
    {"KP_Equal", "="},     {"ISO_Left_Tab", "Tab"},
    {"Sys_Req", "Print"},  {"Break", "Pause"},
};

static bool is_code_point(const char *name)
{
    return name[0] == 'U' && strlen(name) >= 5 &&
           strspn(name + 1, "0123456789ABCDEFabcdef") == strlen(name + 1);
}

static void key_put(struct keyset *set, const char *name)
{
    if (set->count < KEYSET_MAX && !keyset_has(set, name))
        snprintf(set->keys[set->count++], KEY_NAME_SIZE, "%s", name);
}

void keyset_add_character(struct keyset *set, uint32_t character)
{
    static const char *const names[][2] = {
        {"\n", "Return"},    {"\r", "Return"},   {"\t", "Tab"},     {" ", "space"},
        {"\b", "BackSpace"}, {"\x1b", "Escape"}, {"\x7f", "Delete"}};
    struct buf text = {0};
    set->capital = set->capital || (character < 128 && isupper((int)character));
    utf8_put(character < 128 ? (uint32_t)tolower((int)character) : character, &text);
    const char *name = buf_text(&text);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i][0]) == 0)
            name = names[i][1];
    key_put(set, name);
    buf_finish(&text);
}

/* NAME is canonical. */
static void key_add(struct keyset *set, const char *name)
{
    char plain[KEY_NAME_SIZE];
    const char *rest = name;
    uint32_t first = utf8_next(&rest);
    if (!*rest) {
        keyset_add_character(set, first);
        return;
    }
    if (is_code_point(name)) {
        keyset_add_character(set, (uint32_t)strtoul(name + 1, NULL, 16));
        return;
    }
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (strcmp(name, same[i][0]) == 0) {
            key_put(set, same[i][1]);
            return;
        }
    snprintf(plain, sizeof plain, "%s", strncmp(name, "KP_", 3) == 0 ? name + 3 : name);
    size_t n = strlen(plain);
    if (n > 2 && strcmp(plain + n - 2, "_R") == 0)
        plain[n - 1] = 'L';
    key_put(set, plain);
}

bool keyset_read(const char *chord, struct keyset *out, char bad[KEY_NAME_SIZE])
{
    char keys[KEYSET_MAX][KEY_NAME_SIZE], unknown[KEY_NAME_SIZE];
    *out = (struct keyset){0};
    int count = keys_split(chord, keys, KEYSET_MAX, bad ? bad : unknown);
    for (int i = 0; i < count; i++)
        key_add(out, keys[i]);
    return count > 0;
}

void keyset_add_all(struct keyset *set, const struct keyset *more)
{
    for (int i = 0; i < more->count; i++)
        key_put(set, more->keys[i]);
    set->capital = set->capital || more->capital;
}

void keyset_remove_all(struct keyset *set, const struct keyset *less)
{
    int kept = 0;
    for (int i = 0; i < set->count; i++)
        if (!keyset_has(less, set->keys[i]))
            memmove(set->keys[kept++], set->keys[i], KEY_NAME_SIZE);
    set->count = kept;
    set->capital = set->capital && kept > 0;
}

bool keyset_has(const struct keyset *set, const char *key)
{
    for (int i = 0; i < set->count; i++)
        if (strcmp(set->keys[i], key) == 0)
            return true;
    return false;
}

bool keyset_holds(const struct keyset *set, const struct keyset *part)
{
    for (int i = 0; i < part->count; i++)
        if (!keyset_has(set, part->keys[i]) &&
            !(set->capital && strcmp(part->keys[i], "Shift_L") == 0))
            return false;
    return true;
}

bool keyset_equal(const struct keyset *a, const struct keyset *b)
{
    return keyset_holds(a, b) && keyset_holds(b, a);
}

uint32_t keyset_character(const struct keyset *set)
{
    uint32_t found = 0;
    for (int i = 0; i < set->count; i++) {
        const char *rest = set->keys[i];
        uint32_t c = utf8_next(&rest);
        if (*rest)
            continue;
        if (found)
            return 0;
        found = c;
    }
    return found;
}
