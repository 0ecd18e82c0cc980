#include "base/target.h"

#include "base/frame.h"

#include <stdlib.h>
#include <string.h>

#define ORDINAL_MAX 1000
#define ID_MAX      1000000
#define TARGET_FORMS                                                                               \
    "a target (\"text\", button \"text\", 2nd field \"text\", at X,Y, #ID or image \"file\")"

/* The first word for a role is the canonical one. A picture on the screen can't be called image:
 * that is a file. */
static const struct {
    const char *word;
    enum role role; /* ROLE_NONE: any field */
} role_words[] = {
    {"field", ROLE_NONE},
    {"box", ROLE_NONE},
    {"input", ROLE_NONE},
    {"button", ROLE_BUTTON},
    {"textbox", ROLE_TEXTBOX},
    {"text box", ROLE_TEXTBOX},
    {"text field", ROLE_TEXTBOX},
    {"text area", ROLE_TEXTBOX},
    {"textarea", ROLE_TEXTBOX},
    {"checkbox", ROLE_CHECKBOX},
    {"check box", ROLE_CHECKBOX},
    {"tick box", ROLE_CHECKBOX},
    {"radio", ROLE_RADIO},
    {"radio button", ROLE_RADIO},
    {"combobox", ROLE_COMBOBOX},
    {"combo box", ROLE_COMBOBOX},
    {"dropdown", ROLE_COMBOBOX},
    {"drop-down", ROLE_COMBOBOX},
    {"link", ROLE_LINK},
    {"tab", ROLE_TAB},
    {"slider", ROLE_SLIDER},
    {"switch", ROLE_SWITCH},
    {"toggle", ROLE_SWITCH},
    {"spinbutton", ROLE_SPINBUTTON},
    {"spin button", ROLE_SPINBUTTON},
    {"spin box", ROLE_SPINBUTTON},
    {"option", ROLE_OPTION},
    {"menuitem", ROLE_MENUITEM},
    {"menu item", ROLE_MENUITEM},
    {"menu", ROLE_MENUITEM},
    {"listitem", ROLE_LISTITEM},
    {"list item", ROLE_LISTITEM},
    {"cell", ROLE_CELL},
    {"columnheader", ROLE_COLUMNHEADER},
    {"column header", ROLE_COLUMNHEADER},
    {"picture", ROLE_IMAGE},
    {"icon", ROLE_IMAGE},
    {"scrollbar", ROLE_SCROLLBAR},
    {"progressbar", ROLE_PROGRESSBAR},
    {"progress bar", ROLE_PROGRESSBAR},
    {"dialog", ROLE_DIALOG},
    {"text", ROLE_TEXT},
};

/* The first word for a relation is the canonical one; a longer word stands before one that it
 * begins with. */
static const struct {
    const char *word;
    enum relation relation;
} relation_words[] = {
    {"in row", RELATION_IN_ROW},     {"in", RELATION_IN},       {"left of", RELATION_LEFT_OF},
    {"right of", RELATION_RIGHT_OF}, {"above", RELATION_ABOVE}, {"below", RELATION_BELOW},
    {"under", RELATION_BELOW},       {"near", RELATION_NEAR},   {"next to", RELATION_NEAR},
};

static const char *const ordinal_words[] = {"first", "second",  "third",  "fourth", "fifth",
                                            "sixth", "seventh", "eighth", "ninth",  "tenth"};

#define COUNT(a) ((int)(sizeof(a) / sizeof(a)[0]))

static const char *ordinal_suffix(int n)
{
    if (n % 100 >= 11 && n % 100 <= 13)
        return "th";
    static const char *const suffixes[] = {"th", "st", "nd", "rd"};
    return n % 10 < COUNT(suffixes) ? suffixes[n % 10] : "th";
}

void ordinal_print(int ordinal, struct buf *out)
{
    if (ordinal < 0)
        buf_add(out, "last");
    else
        buf_addf(out, "%d%s", ordinal, ordinal_suffix(ordinal));
}

/* Takes "2nd", "second" or "last"; 0 when there is none. */
static int ordinal_take(struct scan *s)
{
    if (scan_word(s, "last"))
        return -1;
    for (int i = 0; i < COUNT(ordinal_words); i++)
        if (scan_word(s, ordinal_words[i]))
            return i + 1;
    char *end;
    scan_end(s);
    if (*s->at < '1' || *s->at > '9')
        return 0;
    long n = strtol(s->at, &end, 10);
    struct scan after = *s;
    after.at = end;
    if (n > ORDINAL_MAX || end - s->at > 4 || *end == ' ' ||
        !scan_word(&after, ordinal_suffix((int)n)))
        return 0;
    s->at = after.at;
    return (int)n;
}

/* Takes a word for a role, and the longest ("radio button" before "radio"). */
static bool role_take(struct scan *s, struct target *t)
{
    struct scan best = *s;
    for (int i = 0; i < COUNT(role_words); i++) {
        struct scan after = *s;
        if (!scan_word(&after, role_words[i].word) || after.at <= best.at)
            continue;
        best = after;
        t->role = role_words[i].role;
        t->field = t->role == ROLE_NONE;
    }
    bool taken = best.at > s->at && (t->role || t->field);
    *s = taken ? best : *s;
    return taken;
}

static bool place_take(struct scan *s, struct target *t)
{
    t->kind = TARGET_AT;
    if (!scan_number(s, 0, FRAME_SIDE_MAX, &t->at.x))
        return false;
    if (!scan_char(s, ','))
        return scan_fail(s, "expected a comma between x and y");
    return scan_number(s, 0, FRAME_SIDE_MAX, &t->at.y);
}

static bool target_text_take(struct scan *s, const char *what, struct target *t)
{
    t->text = scan_text(s, what);
    if (!t->text)
        return false;
    return *t->text ? true : scan_fail(s, "the text of a target is empty");
}

/* The target without its relations. */
static bool core_take(struct scan *s, struct target *t)
{
    if (scan_word(s, "at"))
        return place_take(s, t);
    if (scan_char(s, '#')) {
        t->kind = TARGET_ID;
        return scan_number(s, 1, ID_MAX, &t->id);
    }
    t->ordinal = ordinal_take(s);
    if (scan_word(s, "image")) {
        t->kind = TARGET_IMAGE;
        return target_text_take(s, "the picture's file", t);
    }
    t->kind = TARGET_TEXT;
    if (role_take(s, t) && !scan_at_text(s))
        return true; /* 2nd checkbox */
    return target_text_take(s, t->role || t->field || t->ordinal ? "a text" : TARGET_FORMS, t);
}

static enum relation relation_take(struct scan *s)
{
    for (int i = 0; i < COUNT(relation_words); i++)
        if (scan_word(s, relation_words[i].word))
            return relation_words[i].relation;
    return RELATION_NONE;
}

/* NOLINTNEXTLINE(misc-no-recursion): at most TARGET_DEPTH_MAX deep */
static bool relations_take(struct scan *s, struct target *t, int depth)
{
    const struct scan before = *s;
    enum relation relation = relation_take(s);
    if (relation == RELATION_NONE)
        return true;
    scan_end(s);
    if (t->kind == TARGET_AT || t->kind == TARGET_ID) {
        *s = before;
        return scan_fail(s, "a place or an id needs no further description");
    }
    if (depth == TARGET_DEPTH_MAX)
        return scan_fail(s, "more than %d relations in one target", TARGET_DEPTH_MAX);
    t->relation = relation;
    t->of = mem_zero(1, sizeof *t->of);
    return core_take(s, t->of) && relations_take(s, t->of, depth + 1);
}

bool target_scan(struct scan *s, struct target *out)
{
    struct target t = {0};
    if (!core_take(s, &t) || !relations_take(s, &t, 0)) {
        target_finish(&t);
        return false;
    }
    *out = t;
    return true;
}

bool target_parse(const char *text, struct target *out, struct err *e)
{
    struct scan s;
    struct target t;
    char shown[SCAN_SHOWN_SIZE];
    if (!scan_begin(&s, text, e) || !target_scan(&s, &t))
        return false;
    if (!scan_end(&s)) {
        target_finish(&t);
        return scan_fail(&s, "expected the end of the target, found %s", scan_shown(&s, shown));
    }
    *out = t;
    return true;
}

void text_print(const char *text, struct buf *out)
{
    buf_add_char(out, '"');
    for (; *text; text++) {
        switch (*text) {
        case '"':
        case '\\':
            buf_add_char(out, '\\');
            buf_add_char(out, *text);
            break;
        case '\n':
            buf_add(out, "\\n");
            break;
        case '\t':
            buf_add(out, "\\t");
            break;
        case '\r':
            buf_add(out, "\\r");
            break;
        default:
            buf_add_char(out, *text);
        }
    }
    buf_add_char(out, '"');
}

static const char *role_word(const struct target *t)
{
    for (int i = 0; i < COUNT(role_words); i++)
        if (role_words[i].role == t->role && (t->role || t->field))
            return role_words[i].word;
    return NULL;
}

static void text_target_print(const struct target *t, struct buf *out)
{
    const char *role = t->kind == TARGET_IMAGE ? "image" : role_word(t);
    if (t->ordinal) {
        ordinal_print(t->ordinal, out);
        buf_add_char(out, ' ');
    }
    if (role)
        buf_add(out, role);
    if (role && t->text)
        buf_add_char(out, ' ');
    if (t->text || !role)
        text_print(t->text ? t->text : "", out);
}

static const char *relation_word(enum relation relation)
{
    for (int i = 0; i < COUNT(relation_words); i++)
        if (relation_words[i].relation == relation)
            return relation_words[i].word;
    return "near";
}

void target_print(const struct target *t, struct buf *out)
{
    for (;; t = t->of) {
        if (t->kind == TARGET_AT)
            buf_addf(out, "at %d,%d", t->at.x, t->at.y);
        else if (t->kind == TARGET_ID)
            buf_addf(out, "#%d", t->id);
        else if (t->kind != TARGET_NONE)
            text_target_print(t, out);
        if (t->relation == RELATION_NONE || !t->of)
            return;
        buf_addf(out, " %s ", relation_word(t->relation));
    }
}

void target_copy(struct target *to, const struct target *from)
{
    *to = *from;
    to->text = mem_text(from->text);
    for (; from->of; from = from->of, to = to->of) {
        to->of = mem_alloc(sizeof *to->of);
        *to->of = *from->of;
        to->of->text = mem_text(from->of->text);
    }
}

static bool target_alone_equal(const struct target *a, const struct target *b)
{
    if (a->kind != b->kind || a->role != b->role || a->ordinal != b->ordinal)
        return false;
    if (a->relation != b->relation || !a->of != !b->of || !a->text != !b->text)
        return false;
    if (a->text && strcmp(a->text, b->text) != 0)
        return false;
    if (a->role == ROLE_NONE && a->field != b->field)
        return false;
    return a->id == b->id && a->at.x == b->at.x && a->at.y == b->at.y;
}

bool target_equal(const struct target *a, const struct target *b)
{
    for (; a && b; a = a->of, b = b->of)
        if (!target_alone_equal(a, b))
            return false;
    return a == b; /* both at their end */
}

void target_finish(struct target *t)
{
    free(t->text);
    for (struct target *of = t->of; of;) {
        struct target *next = of->of;
        free(of->text);
        free(of);
        of = next;
    }
    *t = (struct target){0};
}
