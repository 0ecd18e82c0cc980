/* Keys, and how often, how long, how far. */
#include "policy/phrase.h"

#include "base/action.h"
#include "base/buf.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHORD_MAX 8
#define COUNT_MAX 100
#define MODIFIERS "ctrl|control|ctl|alt|shift|super|cmd|command|win|windows|meta|option|altgr"

/* What people call keys, and hem. */
static const struct {
    const char *phrases, *name;
} named_keys[] = {
    {"enter|return|carriage_return", "Enter"},
    {"escape|esc", "Escape"},
    {"tab", "Tab"},
    {"space|spacebar|space_bar", "Space"},
    {"backspace|back_space", "Backspace"},
    {"page_down|pagedown|page-down|pgdn", "Page_Down"},
    {"page_up|pageup|page-up|pgup", "Page_Up"},
    {"down|down_arrow|arrow_down|down-arrow", "Down"},
    {"up|up_arrow|arrow_up|up-arrow", "Up"},
    {"left|left_arrow|arrow_left|left-arrow", "Left"},
    {"right|right_arrow|arrow_right|right-arrow", "Right"},
};

/* Keys whose names stand on buttons as often: only "the Delete key" is one. */
#define AMBIGUOUS "delete|del|home|end|insert|pause|print|menu|help|break"

static bool chord_known(const char *chord)
{
    char keys[CHORD_MAX][KEY_NAME_SIZE];
    return strlen(chord) < ACTION_KEYS_SIZE && keys_split(chord, keys, CHORD_MAX, NULL) > 0;
}

/* A modifier as the step language shows it: "Ctrl"; a single letter as a capital one. */
static void key_add(struct buf *out, const char *name, size_t bytes)
{
    size_t from = out->length;
    if (bytes == strlen("control") && strncasecmp(name, "control", bytes) == 0)
        bytes = strlen(name = "ctrl");
    buf_add_bytes(out, name, bytes);
    bool shouted = bytes > 1 && strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= bytes;
    for (size_t i = from + 1; i < out->length && shouted; i++)
        out->text[i] = (char)tolower((unsigned char)out->text[i]);
    out->text[from] = (char)toupper((unsigned char)out->text[from]);
}

/* "Ctrl+Shift+T", "Ctrl-S", "Ctrl S", "Alt and F4" is none. FIT_NO when it is no chord with a
 * modifier. */
static enum fit chord_take(struct span s, char **out)
{
    struct buf chord = {0};
    if (s.count == 0 || s.count > 7)
        return FIT_NO;
    for (int i = 0; i < s.count; i++) {
        const char *at = s.at[i].text;
        if (s.at[i].kind != TOKEN_WORD && s.at[i].kind != TOKEN_QUOTED)
            goto none;
        while (*at) {
            bool sign = *at == '+' || *at == '-'; /* a chord may end in one as its key */
            size_t n = sign ? 1 : strcspn(at, "+-");
            bool joined = chord.length == 0 || chord.text[chord.length - 1] == '+';
            bool last = i + 1 == s.count && !at[n];
            if (sign && !last && !joined)
                buf_add_char(&chord, '+');
            else if (sign && !last)
                goto none;
            else {
                if (!joined)
                    buf_add_char(&chord, '+');
                key_add(&chord, at, n);
            }
            at += n;
        }
    }
    if (strchr(buf_text(&chord), '+') && chord_known(buf_text(&chord))) {
        *out = buf_take(&chord);
        return FIT_YES;
    }
none:
    buf_finish(&chord);
    return FIT_NO;
}

static bool begins_with_modifier(struct span s)
{
    char word[16];
    size_t n = strcspn(s.at->lower, "+-");
    if (s.at->kind != TOKEN_WORD || n == 0 || n >= sizeof word)
        return false;
    snprintf(word, sizeof word, "%.*s", (int)n, s.at->lower);
    struct token token = {.kind = TOKEN_WORD, .lower = word};
    return token_is(&token, MODIFIERS);
}

static const char *named_key(struct span s)
{
    for (size_t i = 0; i < sizeof named_keys / sizeof named_keys[0]; i++)
        if (span_is(s, named_keys[i].phrases))
            return named_keys[i].name;
    return NULL;
}

/* One key that is surely a key: it is called so, or nothing else has its name. */
static enum fit key_take(struct talk *talk, struct span s, bool called_key, char **out)
{
    const char *name = named_key(s);
    if (name) {
        *out = mem_text(name);
        return FIT_YES;
    }
    enum fit fit = begins_with_modifier(s) && (s.count > 1 || strpbrk(s.at->text, "+-"))
                       ? chord_take(s, out)
                       : FIT_NO;
    if (fit != FIT_NO)
        return fit;
    const char *plus = s.count == 1 ? strchr(s.at->lower, '+') : NULL;
    if (plus && plus > s.at->lower && plus[1])
        return refuse_span(talk, s, "is no key that is known");
    if (s.count != 1 || s.at->kind != TOKEN_WORD || !chord_known(s.at->text))
        return FIT_NO;
    bool function = s.at->lower[0] == 'f' && isdigit((unsigned char)s.at->lower[1]);
    if (!called_key && !function && (!s.at->text[1] || token_is(s.at, AMBIGUOUS "|" MODIFIERS)))
        return refuse_span(talk, s,
                           "may be a key or a button: say \"the ... key\" or \"the ... button\"");
    if (!called_key && !function)
        return FIT_NO;
    struct buf key = {0};
    key_add(&key, s.at->text, strlen(s.at->text));
    *out = buf_take(&key);
    return FIT_YES;
}

/* "Enter" in quotes as the word that it holds. */
static bool key_unquote(const struct token *quoted, struct token *out, char lower[KEY_NAME_SIZE])
{
    size_t n = strlen(quoted->text);
    if (n == 0 || n >= KEY_NAME_SIZE || strchr(quoted->text, ' '))
        return false;
    for (size_t i = 0; i <= n; i++)
        lower[i] = (char)tolower((unsigned char)quoted->text[i]);
    *out = *quoted;
    out->kind = TOKEN_WORD;
    out->lower = lower;
    return true;
}

static enum fit part_take(struct talk *talk, struct span s, bool called_keys, struct values *out)
{
    bool article;
    struct token unquoted;
    char lower[KEY_NAME_SIZE];
    s = phrase_strip(s, &article);
    int n = span_ends(s, "key|keys|arrow_key|key_combination|shortcut|keyboard_shortcut");
    if (n == s.count || span_ends(s, "button"))
        return FIT_NO;
    bool arrow = n == 2 && token_is(&s.at[s.count - 2], "arrow");
    bool called = n > 0 || called_keys;
    s = span_part(s, 0, s.count - n);
    if (s.count == 2 && span_begins(s, "letter|digit|number|character") && !s.at[1].text[1]) {
        called = true;
        s = span_rest(s, 1);
    }
    if (arrow && !span_is(s, "up|down|left|right"))
        return FIT_NO;
    if (span_is_quoted(s) && !key_unquote(s.at, &unquoted, lower))
        return FIT_NO;
    if (span_is_quoted(s))
        s.at = &unquoted;
    enum fit fit = key_take(talk, s, called, &out->items[out->count]);
    out->count += fit == FIT_YES;
    return fit;
}

enum fit phrase_keys(struct talk *talk, struct span s, struct values *out)
{
    struct span parts[VALUES_MAX];
    int commas;
    out->count = 0;
    int count =
        s.count ? phrase_split(s, "and|then|and_then|followed_by", parts, VALUES_MAX, &commas) : 0;
    bool keys = s.count > 0 && token_is(&s.at[s.count - 1], "keys");
    enum fit fit = count > 0 ? FIT_YES : FIT_NO;
    for (int i = 0; i < count && fit == FIT_YES; i++) {
        bool modifier = count > 1 && parts[i].count == 1 && token_is(parts[i].at, MODIFIERS);
        fit = modifier ? refuse_span(talk, s, "may be one chord or several keys: write Ctrl+S")
                       : part_take(talk, parts[i], keys || i > 0, out);
    }
    if (fit != FIT_YES)
        values_finish(out);
    return fit;
}

bool phrase_count(struct span s, int *out)
{
    if (span_is(s, "once"))
        *out = 1;
    else if (span_is(s, "twice"))
        *out = 2;
    else if (span_is(s, "thrice"))
        *out = 3;
    else if (s.count == 2 && s.at->kind == TOKEN_WORD && token_is(&s.at[1], "times|time"))
        *out = lexicon_number(s.at->lower);
    else
        return false;
    return *out >= 1 && *out <= COUNT_MAX;
}

/* "2", "two", "1.5", "a", "half a": 0 for none. */
static double quantity(struct span s)
{
    char *end;
    if (span_is(s, "half_a"))
        return 0.5;
    if (s.count != 1 || s.at->kind != TOKEN_WORD)
        return 0;
    if (token_is(s.at, "a|an"))
        return 1;
    if (!isdigit((unsigned char)*s.at->lower))
        return lexicon_number(s.at->lower);
    double n = strtod(s.at->lower, &end);
    return *end || n > 86400 ? 0 : n;
}

bool phrase_seconds(struct span s, double *out)
{
    static const struct {
        const char *names;
        double seconds;
    } units[] = {{"seconds|second|sec|secs|s", 1},
                 {"milliseconds|millisecond|ms|msec", 0.001},
                 {"minutes|minute|min|mins", 60}};
    char *end;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        int n = span_ends(s, units[i].names);
        double amount = n ? quantity(span_part(s, 0, s.count - n)) : 0;
        if (s.count == 1 && s.at->kind == TOKEN_WORD && isdigit((unsigned char)*s.at->lower)) {
            struct token unit = {.kind = TOKEN_WORD}; /* 2s */
            amount = strtod(s.at->lower, &end);
            unit.lower = end;
            amount = token_is(&unit, units[i].names) ? amount : 0;
        }
        *out = amount * units[i].seconds;
        if (amount > 0)
            return *out >= 0.001 && *out <= 86400;
    }
    return false;
}

bool phrase_direction(struct span s, enum direction *out)
{
    static const struct {
        const char *names;
        enum direction direction;
    } directions[] = {{"down|downwards|downward", DIRECTION_DOWN},
                      {"up|upwards|upward", DIRECTION_UP},
                      {"left|to_the_left", DIRECTION_LEFT},
                      {"right|to_the_right", DIRECTION_RIGHT}};
    for (size_t i = 0; i < sizeof directions / sizeof directions[0]; i++) {
        if (span_is(s, directions[i].names)) {
            *out = directions[i].direction;
            return true;
        }
    }
    return false;
}

bool phrase_notches(struct span s, int *out)
{
    *out = 0;
    if (span_is(s, "a_page|one_page|a_screen|one_screen|by_a_page|by_one_page"))
        return true;
    if (span_is(s, "a_bit|a_little|slightly|a_little_bit"))
        *out = 3;
    if (s.count == 0 || *out)
        return *out > 0;
    s = span_rest(s, s.count > 1 ? span_begins(s, "by") : 0);
    int n = span_ends(s, "notches|notch|lines|line|steps|step|clicks|click|ticks|tick|times|time");
    if (s.count != 1 + n || s.at->kind != TOKEN_WORD)
        return false;
    *out = lexicon_number(s.at->lower);
    return *out > 0;
}
