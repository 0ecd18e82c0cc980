#include "base/step.h"

#include "base/action.h"
#include "base/alike.h"
#include "base/target.h"

#include <stdlib.h>
#include <string.h>

#define PRESS_MAX  100
#define SCROLL_MAX 1000
#define CHORD_MAX  8

#define COUNT(a) ((int)(sizeof(a) / sizeof(a)[0]))

static bool target_rest(struct scan *s, struct step *out)
{
    return target_scan(s, &out->target);
}

static bool within_rest(struct scan *s, struct step *out)
{
    if (!scan_word(s, "within"))
        return true;
    if (!scan_seconds(s, &out->seconds))
        return false;
    return out->seconds > 0 || scan_fail(s, "within takes more than 0 s");
}

static bool type_rest(struct scan *s, struct step *out)
{
    out->text = scan_text(s, "the text to type");
    if (!out->text)
        return false;
    if (scan_word(s, "into") || scan_word(s, "in"))
        return target_scan(s, &out->target);
    return true;
}

static bool choose_rest(struct scan *s, struct step *out)
{
    out->text = scan_text(s, "what to choose");
    if (!out->text)
        return false;
    if (scan_word(s, "in") || scan_word(s, "from"))
        return target_scan(s, &out->target);
    return true;
}

static bool set_rest(struct scan *s, struct step *out)
{
    char shown[SCAN_SHOWN_SIZE];
    if (!target_scan(s, &out->target))
        return false;
    if (!scan_word(s, "to"))
        return scan_fail(s, "expected to and the value, found %s", scan_shown(s, shown));
    out->text = scan_text(s, "the value");
    return out->text != NULL;
}

/* The keys, in quotes or bare. A lonely quote is the key of that name. */
static char *chord_take(struct scan *s)
{
    if (!scan_at_text(s))
        return scan_bare(s);
    struct scan bare = *s;
    char *chord = scan_bare(&bare);
    if (strcmp(chord, "\"") == 0 && scan_end(&bare)) {
        *s = bare;
        return chord;
    }
    free(chord);
    return scan_text(s, "keys");
}

static bool chord_check(struct scan *s, const char *at, const char *chord)
{
    char keys[CHORD_MAX][KEY_NAME_SIZE];
    char bad[KEY_NAME_SIZE] = "";
    if (strstr(chord, "{{"))
        return true; /* known when the row is */
    if (strlen(chord) < ACTION_KEYS_SIZE && keys_split(chord, keys, CHORD_MAX, bad) > 0)
        return true;
    s->at = at;
    if (!*bad)
        return scan_fail(s, "expected keys such as Enter or Ctrl+Shift+T");
    return scan_fail(s, "unknown key \"%s\"; keys are such as Enter, Page_Down, F5 or Ctrl+S", bad);
}

static bool press_rest(struct scan *s, struct step *out)
{
    scan_end(s);
    const char *at = s->at;
    out->count = 1;
    out->text = chord_take(s);
    if (!out->text)
        return scan_end(s) ? scan_fail(s, "expected keys such as Enter or Ctrl+S") : false;
    if (!chord_check(s, at, out->text))
        return false;
    if (scan_end(s) || *s->at < '0' || *s->at > '9')
        return true;
    if (!scan_number(s, 1, PRESS_MAX, &out->count))
        return false;
    return scan_word(s, "times") || scan_word(s, "time") ||
           scan_fail(s, "expected times after the number");
}

static bool scroll_rest(struct scan *s, struct step *out)
{
    char shown[SCAN_SHOWN_SIZE];
    if (scan_word(s, "to"))
        return target_scan(s, &out->second);
    if (scan_word(s, "down"))
        out->direction = DIRECTION_DOWN;
    else if (scan_word(s, "up"))
        out->direction = DIRECTION_UP;
    else if (scan_word(s, "left"))
        out->direction = DIRECTION_LEFT;
    else if (scan_word(s, "right"))
        out->direction = DIRECTION_RIGHT;
    else
        return scan_fail(s, "expected up, down, left, right or to, found %s", scan_shown(s, shown));
    bool upright = out->direction == DIRECTION_DOWN || out->direction == DIRECTION_UP;
    if (upright && scan_word(s, "to"))
        return target_scan(s, &out->second);
    if (!scan_end(s) && *s->at >= '0' && *s->at <= '9' &&
        !scan_number(s, 1, SCROLL_MAX, &out->count))
        return false;
    return !scan_word(s, "in") || target_scan(s, &out->target);
}

static bool expand_rest(struct scan *s, struct step *out)
{
    if (scan_word(s, "to"))
        return target_scan(s, &out->second);
    if (scan_word(s, "all"))
        out->count = EXPAND_ALL;
    return out->count || scan_end(s) || target_scan(s, &out->target);
}

static bool drag_rest(struct scan *s, struct step *out)
{
    char shown[SCAN_SHOWN_SIZE];
    if (!target_scan(s, &out->target))
        return false;
    if (!scan_word(s, "to") && !scan_word(s, "onto"))
        return scan_fail(s, "expected to and a second target, found %s", scan_shown(s, shown));
    return target_scan(s, &out->second);
}

static bool wait_rest(struct scan *s, struct step *out)
{
    return scan_seconds(s, &out->seconds);
}

static bool wait_for_rest(struct scan *s, struct step *out)
{
    out->negated = scan_word(s, "no");
    return target_scan(s, &out->target) && within_rest(s, out);
}

/* Takes "checked", "focused" ..., or the opposite of one of them, which turns NEGATED round. */
static bool state_take(struct scan *s, unsigned *state, bool *negated)
{
    for (int i = 0; i < STATE_BITS; i++) {
        if (scan_word(s, state_name(1u << i))) {
            *state = 1u << i;
            return true;
        }
    }
    if (scan_word(s, "unchecked"))
        *state = STATE_CHECKED;
    else if (scan_word(s, "enabled"))
        *state = STATE_DISABLED;
    else
        return false;
    *negated = !*negated;
    return true;
}

/* What follows the target in `expect TARGET ...`. */
static bool expect_what(struct scan *s, struct step *out)
{
    char shown[SCAN_SHOWN_SIZE];
    bool is = scan_word(s, "is");
    bool negated = scan_word(s, "not");
    if (is && !negated && scan_at_text(s)) {
        out->verb = STEP_EXPECT_VALUE;
        out->text = scan_text(s, "the value");
        return out->text != NULL;
    }
    if (state_take(s, &out->state, &negated)) {
        out->verb = STEP_EXPECT_STATE;
        out->negated = negated;
        return true;
    }
    if (!is && !negated)
        return true;
    return scan_fail(s,
                     "expected a value in quotes, or checked, mixed, selected, disabled, focused "
                     "or expanded, found %s",
                     scan_shown(s, shown));
}

static bool expect_rest(struct scan *s, struct step *out)
{
    if (scan_word(s, "screen")) {
        out->verb = STEP_EXPECT_SCREEN;
        out->text = scan_text(s, "the screen's name");
        return out->text && within_rest(s, out);
    }
    out->negated = scan_word(s, "no");
    if (!target_scan(s, &out->target))
        return false;
    return (out->negated || expect_what(s, out)) && within_rest(s, out);
}

/* A name in quotes or bare, as in `as total`. */
static bool name_take(struct scan *s, struct step *out)
{
    if (!scan_at_text(s))
        out->name = scan_bare(s);
    else
        out->name = scan_text(s, "a name");
    if (out->name && *out->name)
        return true;
    return out->name || scan_end(s) ? scan_fail(s, "expected a name") : false;
}

static bool read_rest(struct scan *s, struct step *out)
{
    char shown[SCAN_SHOWN_SIZE];
    if (!target_scan(s, &out->target))
        return false;
    if (!scan_word(s, "as"))
        return scan_fail(s, "expected as and a name, found %s", scan_shown(s, shown));
    return name_take(s, out);
}

static bool screenshot_rest(struct scan *s, struct step *out)
{
    return !scan_word(s, "as") || name_take(s, out);
}

/* A longer verb stands before one that it begins with. */
static const struct {
    const char *word;
    enum step_verb verb;
    bool (*rest)(struct scan *s, struct step *out); /* what follows; OUT is finished by others */
} verbs[] = {
    {"click", STEP_CLICK, target_rest},
    {"double-click", STEP_DOUBLE_CLICK, target_rest},
    {"double click", STEP_DOUBLE_CLICK, target_rest},
    {"triple-click", STEP_TRIPLE_CLICK, target_rest},
    {"triple click", STEP_TRIPLE_CLICK, target_rest},
    {"right-click", STEP_RIGHT_CLICK, target_rest},
    {"right click", STEP_RIGHT_CLICK, target_rest},
    {"middle-click", STEP_MIDDLE_CLICK, target_rest},
    {"middle click", STEP_MIDDLE_CLICK, target_rest},
    {"hover", STEP_HOVER, target_rest},
    {"type", STEP_TYPE, type_rest},
    {"clear", STEP_CLEAR, target_rest},
    {"set", STEP_SET, set_rest},
    {"choose", STEP_CHOOSE, choose_rest},
    {"check", STEP_CHECK, target_rest},
    {"uncheck", STEP_UNCHECK, target_rest},
    {"press", STEP_PRESS, press_rest},
    {"scroll", STEP_SCROLL, scroll_rest},
    {"expand", STEP_EXPAND, expand_rest},
    {"copy", STEP_COPY, drag_rest},
    {"drag", STEP_DRAG, drag_rest},
    {"wait for", STEP_WAIT_FOR, wait_for_rest},
    {"wait", STEP_WAIT, wait_rest},
    {"expect", STEP_EXPECT, expect_rest},
    {"read", STEP_READ, read_rest},
    {"screenshot", STEP_SCREENSHOT, screenshot_rest},
};

/* What others call our verbs. */
static const struct {
    const char *verb, *synonyms;
} synonyms[] = {
    {"click", " tap push open "},
    {"double-click", " doubleclick "},
    {"right-click", " rightclick "},
    {"hover", " move "},
    {"type", " enter write input fill put "},
    {"choose", " select pick "},
    {"check", " tick "},
    {"uncheck", " untick "},
    {"press", " key hit "},
    {"drag", " drop "},
    {"wait", " sleep pause "},
    {"expect", " assert verify see "},
};

static const char *verb_meant(const char *word)
{
    struct buf spaced = {0};
    const char *meant = NULL;
    buf_addf(&spaced, " %.40s ", word);
    for (int i = 0; i < COUNT(synonyms) && !meant; i++)
        meant = strcasestr(synonyms[i].synonyms, buf_text(&spaced)) ? synonyms[i].verb : NULL;
    buf_finish(&spaced);
    if (meant)
        return meant;
    const char *words[COUNT(verbs)];
    for (int i = 0; i < COUNT(verbs); i++)
        words[i] = verbs[i].word;
    return alike_nearest(word, words, COUNT(verbs));
}

static bool verb_unknown(struct scan *s)
{
    char shown[SCAN_SHOWN_SIZE];
    struct scan after = *s;
    if (scan_end(s))
        return scan_fail(s, "an empty step");
    char *word = scan_bare(&after);
    const char *meant = verb_meant(word);
    free(word);
    if (meant)
        return scan_fail(s, "unknown verb %s; did you mean %s?", scan_shown(s, shown), meant);
    return scan_fail(s,
                     "unknown verb %s; a step begins with click, type, set, choose, check, press, "
                     "wait, expect ... (docs/tasks.md)",
                     scan_shown(s, shown));
}

static bool end_check(struct scan *s)
{
    char shown[SCAN_SHOWN_SIZE];
    if (scan_end(s))
        return true;
    return scan_fail(s, "expected the end of the step, found %s; texts stand in double quotes",
                     scan_shown(s, shown));
}

bool step_parse(const char *line, struct step *out, struct err *e)
{
    struct scan s;
    if (!scan_begin(&s, line, e))
        return false;
    for (int i = 0; i < COUNT(verbs); i++) {
        if (!scan_word(&s, verbs[i].word))
            continue;
        struct step step = {.verb = verbs[i].verb};
        if (verbs[i].rest(&s, &step) && end_check(&s)) {
            *out = step;
            return true;
        }
        step_finish(&step);
        return false;
    }
    return verb_unknown(&s);
}
