#include "emulator/slots.h"

#include "base/alike.h"
#include "policy/controls.h"

#include <ctype.h>
#include <string.h>

#define LABEL_MIN      0.5 /* a datum of this name may be meant for a field of this label */
#define TOGGLE_MIN     0.75
#define DISTINCT_BYTES 4 /* a value as long as this hardly stands there by chance */
#define PART_BYTES     3

bool slots_uses(const struct slots *s, const char *hole)
{
    return data_get(&s->used, hole) != NULL;
}

static void use(struct slots *s, const char *hole, struct buf *out)
{
    buf_add(out, hole);
    data_set(&s->used, hole, "");
}

static bool all_same(const char *const *texts, int count)
{
    for (int i = 1; i < count; i++)
        if (strcmp(texts[i], texts[0]) != 0)
            return false;
    return true;
}

/* Does HOLE stand for TEXT in an episode? */
static bool stands_for(const struct recording *r, const char *hole, const char *text)
{
    for (int i = 0; i < r->data.count; i++)
        if (strcmp(r->holes.items[i].value, hole) == 0 &&
            (strcmp(r->data.items[i].value, text) == 0 ||
             (*text && alike_equal(r->data.items[i].value, text))))
            return true;
    return false;
}

static bool stands_for_all(const struct slots *s, const char *hole, const char *const *texts)
{
    for (int i = 0; i < s->count; i++)
        if (!stands_for(&s->recordings[i], hole, texts[i]))
            return false;
    return true;
}

/* How well a datum's name, or that of its column, says what LABEL says. */
static double label_fit(const struct recording *r, int datum, const char *label)
{
    struct buf column = {0};
    const char *hole = r->holes.items[datum].value;
    if (strncmp(hole, "{{", 2) == 0)
        buf_add_bytes(&column, hole + 2, strcspn(hole + 2, "}"));
    double by_name = alike_label(label, r->data.items[datum].name),
           by_column = alike_label(label, buf_text(&column));
    buf_finish(&column);
    return by_name > by_column ? by_name : by_column;
}

static bool is_distinct(const char *text)
{
    bool yes;
    return strlen(text) >= DISTINCT_BYTES && !control_says(text, &yes);
}

struct choice {
    int datum; /* -1: none */
    double fit, next_fit;
    int count; /* of different holes that stand for it */
};

static struct choice slots_choose(const struct slots *s, const char *const *texts,
                                  const char *label)
{
    const struct recording *r = &s->recordings[0];
    struct choice c = {.datum = -1, .fit = -1, .next_fit = -1};
    for (int i = 0; i < r->data.count; i++) {
        const char *hole = r->holes.items[i].value;
        if (!*hole || !stands_for_all(s, hole, texts))
            continue;
        double fit = label_fit(r, i, label);
        bool same = c.datum >= 0 && strcmp(r->holes.items[c.datum].value, hole) == 0;
        c.count += !same;
        if (fit > c.fit) {
            c.next_fit = same ? c.next_fit : c.fit;
            c.fit = fit;
            c.datum = i;
        } else if (!same && fit > c.next_fit) {
            c.next_fit = fit;
        }
    }
    return c;
}

static bool is_word_end(const char *text, const char *at)
{
    return at == text || !(isalnum((unsigned char)at[-1]) && isalnum((unsigned char)at[0]));
}

/* The longest value that stands at AT as whole words; -1 for none. */
static int part_at(const struct recording *r, const char *text, const char *at)
{
    int best = -1;
    size_t longest = PART_BYTES - 1;
    for (int i = 0; i < r->data.count; i++) {
        const char *value = r->data.items[i].value;
        size_t n = strlen(value);
        if (!r->holes.items[i].value[0] || n <= longest || strncmp(at, value, n) != 0 ||
            !is_word_end(text, at) || !is_word_end(text, at + n) || strstr(value, "{{"))
            continue;
        longest = n;
        best = i;
    }
    return best;
}

/* Values that stand in a longer text. */
static void parts_fill(const struct recording *r, const char *text, struct buf *out,
                       struct data *used)
{
    for (const char *at = text; *at;) {
        int part = part_at(r, text, at);
        if (part < 0) {
            buf_add_char(out, *at++);
            continue;
        }
        buf_add(out, r->holes.items[part].value);
        data_set(used, r->holes.items[part].value, "");
        at += strlen(r->data.items[part].value);
    }
}

/* True when all episodes come to the same text. */
static bool slots_parts(struct slots *s, const char *const *texts, struct buf *out)
{
    struct buf first = {0}, other = {0};
    struct data used = {0};
    bool same = true;
    parts_fill(&s->recordings[0], texts[0], &first, &used);
    for (int i = 1; i < s->count && same; i++) {
        buf_reset(&other);
        parts_fill(&s->recordings[i], texts[i], &other, &used);
        same = strcmp(buf_text(&first), buf_text(&other)) == 0;
    }
    for (int i = 0; same && i < used.count; i++)
        data_set(&s->used, used.items[i].name, "");
    if (same)
        buf_add(out, buf_text(&first));
    buf_finish(&first);
    buf_finish(&other);
    data_finish(&used);
    return same;
}

/* Named by what it was given to. Another of that name, with other texts, is a second one. */
static void new_hole(struct slots *s, const char *label, const char *const *texts, struct buf *out)
{
    struct buf hole = {0}, all = {0};
    for (int i = 0; i < s->count; i++)
        buf_addf(&all, "%zu:%s", strlen(texts[i]), texts[i]);
    for (int n = 1;; n++) {
        buf_reset(&hole);
        buf_addf(&hole, "{{%s", *label ? label : "value");
        if (n > 1)
            buf_addf(&hole, " %d", n);
        buf_add(&hole, "}}");
        const char *made = data_get(&s->made, buf_text(&hole));
        if (made ? strcmp(made, buf_text(&all)) == 0 : !slots_uses(s, buf_text(&hole)))
            break;
    }
    data_set(&s->made, buf_text(&hole), buf_text(&all));
    use(s, buf_text(&hole), out);
    buf_finish(&hole);
    buf_finish(&all);
}

bool slots_text(struct slots *s, const char *const *texts, const char *label, struct buf *out,
                struct err *e)
{
    const struct recording *r = &s->recordings[0];
    bool same = all_same(texts, s->count);
    struct choice c = slots_choose(s, texts, label);
    bool labelled = c.fit >= LABEL_MIN && c.fit > c.next_fit;
    if (c.count > 0 &&
        (labelled || (c.count == 1 && *texts[0] && (!same || is_distinct(texts[0]))))) {
        use(s, r->holes.items[c.datum].value, out);
        return true;
    }
    if (c.count > 1 && is_distinct(texts[0]))
        return err_set(e, ERR_TASK,
                       "\"%.80s\", given to \"%.80s\", stands for several data: another episode "
                       "with other data would tell which",
                       texts[0], label);
    if (slots_parts(s, texts, out))
        return true;
    new_hole(s, label, texts, out);
    return true;
}

bool slots_toggle(struct slots *s, const bool *checked, const char *label, struct buf *out)
{
    const struct recording *r = &s->recordings[0];
    const char *says[SLOTS_EPISODES_MAX];
    int best = -1;
    bool same = true;
    for (int k = 0; k < s->count; k++)
        says[k] = checked[k] ? "yes" : "no";
    for (int i = 0; i < r->data.count; i++) {
        const char *hole = r->holes.items[i].value;
        bool fits = *hole && label_fit(r, i, label) >= TOGGLE_MIN;
        for (int k = 0; k < s->count && fits; k++) {
            bool yes = false;
            const struct recording *other = &s->recordings[k];
            fits = i < other->data.count && strcmp(other->holes.items[i].value, hole) == 0 &&
                   control_says(other->data.items[i].value, &yes) && yes == checked[k];
        }
        if (fits && (best < 0 || label_fit(r, i, label) > label_fit(r, best, label)))
            best = i;
    }
    for (int k = 1; k < s->count; k++)
        same = same && checked[k] == checked[0];
    if (best >= 0)
        use(s, r->holes.items[best].value, out);
    else if (!same)
        new_hole(s, label, says, out);
    return best >= 0 || !same;
}
