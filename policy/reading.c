#include "policy/reading.h"

#include "base/alike.h"
#include "base/utf8.h"
#include "policy/date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PART_LETTERS_MIN 6 /* a shorter reading proves nothing about a longer text */

bool line_next(struct line_reader *r)
{
    const struct scene *scene = r->scene;
    int line = -1;
    buf_reset(&r->text);
    r->box = (struct rect){0};
    r->confidence = 1;
    for (; r->next < scene->word_count; r->next++) {
        const struct word *w = &scene->words[r->next];
        if (!rect_empty(r->within) && !rect_holds(r->within, rect_center(w->box)))
            continue;
        if (line >= 0 && w->line != line)
            break;
        line = w->line;
        buf_addf(&r->text, "%s%s", r->text.length ? " " : "", w->text);
        r->box = rect_union(r->box, w->box);
        if (w->confidence < r->confidence)
            r->confidence = w->confidence;
    }
    return line >= 0;
}

void line_finish(struct line_reader *r)
{
    buf_finish(&r->text);
}

float reading_inside(const struct scene *scene, struct rect box, struct buf *out)
{
    float confidence = 1;
    struct line_reader lines = {.scene = scene, .within = box};
    for (bool first = true; line_next(&lines); first = false) {
        buf_addf(out, "%s%s", first ? "" : "\n", buf_text(&lines.text));
        if (lines.confidence < confidence)
            confidence = lines.confidence;
    }
    line_finish(&lines);
    return confidence;
}

/* The rest of the label's own row, right of it. */
static bool beside_right(const struct scene *scene, struct rect label, struct buf *out)
{
    int middle = label.y + label.height / 2;
    struct rect row = {label.x + label.width, middle - label.height / 2, scene->width,
                       label.height};
    bool any = false;
    for (int i = 0; i < scene->word_count; i++) {
        const struct word *w = &scene->words[i];
        if (w->box.x < row.x || !rect_holds(row, rect_center(w->box)))
            continue;
        buf_addf(out, "%s%s", any ? " " : "", w->text);
        any = true;
    }
    return any;
}

static bool beside_below(const struct scene *scene, struct rect label, struct buf *out)
{
    struct line_reader lines = {.scene = scene};
    struct rect best = {0};
    struct buf text = {0};
    while (line_next(&lines)) {
        int gap = lines.box.y - (label.y + label.height);
        if (gap < -2 || gap > 2 * label.height || abs(lines.box.x - label.x) > 2 * label.height)
            continue;
        if (!rect_empty(best) && lines.box.y >= best.y)
            continue;
        best = lines.box;
        buf_reset(&text);
        buf_add(&text, buf_text(&lines.text));
    }
    line_finish(&lines);
    buf_add(out, buf_text(&text));
    buf_finish(&text);
    return !rect_empty(best);
}

bool reading_beside(const struct scene *scene, struct rect label, struct buf *out)
{
    return beside_right(scene, label, out) || beside_below(scene, label, out);
}

void reading_of(const struct element *e, struct buf *out)
{
    if (role_is_checkable(e->role))
        buf_add(out, e->states & STATE_MIXED ? "mixed" : e->states & STATE_CHECKED ? "yes" : "no");
    else
        buf_add(out, e->value ? e->value : e->text);
}

/* Digits alone, for values that are nothing but digits and their punctuation. False when there are
 * letters. */
static bool digits_of(const char *text, char *out, size_t size)
{
    size_t n = 0;
    for (; *text; text++) {
        if (isdigit((unsigned char)*text)) {
            if (n + 1 >= size)
                return false;
            out[n++] = *text;
        } else if (!strchr(" +-()/.,'\n", *text))
            return false;
    }
    out[n] = '\0';
    return n > 0;
}

/* A telephone number's brackets and spaces are the program's own; a decimal point is not. */
static bool same_telephone(const char *read, const char *meant)
{
    char a[64], b[64];
    return !strchr(meant, '.') && !strchr(meant, ',') && digits_of(read, a, sizeof a) &&
           digits_of(meant, b, sizeof b) && strlen(b) >= 5 && strcmp(a, b) == 0 &&
           (read[0] == '-') == (meant[0] == '-');
}

/* 09 may be how hours are shown, but 012 is what stood there before, with 12 behind it. */
static bool has_old_digits(const char *read, const char *meant)
{
    return *read == '0' && *meant != '0' && strspn(read, "0123456789") > 2;
}

/* 1000, 1,000 and 1000.00 are one number. */
static bool same_number(const char *read, const char *meant)
{
    char *end;
    double wanted = strtod(meant, &end);
    if (end == meant || *end || has_old_digits(read, meant))
        return false;
    char plain[64];
    size_t n = 0;
    for (const char *c = read; *c; c++) {
        if (*c == ',' && strlen(c) >= 4 && isdigit((unsigned char)c[1]))
            continue;
        if (n + 1 >= sizeof plain)
            return false;
        plain[n++] = *c;
    }
    plain[n] = '\0';
    double shown = strtod(plain, &end);
    return end != plain && !*end && shown >= wanted && shown <= wanted;
}

/* Letters beyond ASCII are read as whatever the reader's language has: they are taken for what was
 * read there. */
static bool same_but_for_accents(const char *read, const char *meant)
{
    struct buf guess = {0};
    const char *seen = read, *wanted = meant;
    size_t length = utf8_length(meant), beyond = 0;
    while (*seen && *wanted) {
        uint32_t s = utf8_next(&seen), w = utf8_next(&wanted);
        beyond += w >= 0x80;
        utf8_put(w >= 0x80 ? s : w, &guess);
    }
    bool same = !*seen && !*wanted && beyond > 0 && beyond * 2 <= length &&
                alike_value(read, buf_text(&guess));
    buf_finish(&guess);
    return same;
}

bool reading_is_foreign(const char *meant)
{
    size_t length = utf8_length(meant), beyond = 0;
    while (*meant)
        beyond += utf8_next(&meant) >= 0x80;
    return beyond * 2 > length;
}

bool reading_shows(const char *read, const char *meant, const char *pattern)
{
    if (alike_value(read, meant) || same_but_for_accents(read, meant) || same_number(read, meant) ||
        same_telephone(read, meant))
        return true;
    if (!pattern || !date_is_pattern(pattern))
        return false;
    struct buf shown = {0}, plain = {0};
    date_to_pattern(meant, pattern, &shown);
    for (; *read; read++)
        buf_add_char(&plain, *read == '@' ? '0' : *read); /* a 0 with a dot or a stroke in it */
    bool same = alike_value(buf_text(&plain), buf_text(&shown));
    if (!same) {
        char a[64], b[64];
        same = digits_of(buf_text(&plain), a, sizeof a) &&
               digits_of(buf_text(&shown), b, sizeof b) && strcmp(a, b) == 0;
    }
    buf_finish(&plain);
    buf_finish(&shown);
    return same;
}

/* The last (or first) COUNT characters of TEXT. */
static char *utf8_part(const char *text, size_t count, bool from_end)
{
    size_t length = utf8_length(text);
    size_t skip = from_end && length > count ? length - count : 0;
    const char *start = text;
    while (skip--)
        utf8_next(&start);
    const char *end = start;
    while (count-- && *end)
        utf8_next(&end);
    return mem_text_n(start, (size_t)(end - start));
}

bool reading_shows_part(const char *read, const char *meant)
{
    const char *whole = read; /* the first letter may be cut by the field's edge */
    utf8_next(&whole);
    size_t length = utf8_length(whole);
    if (length < PART_LETTERS_MIN || length >= utf8_length(meant))
        return false;
    char *tail = utf8_part(meant, length, true);
    char *head = utf8_part(meant, length, false);
    char *begin = utf8_part(read, length, false);
    bool same = alike_value(whole, tail) || alike_value(begin, head);
    free(tail);
    free(head);
    free(begin);
    return same;
}

static bool is_mark(uint32_t c)
{
    return c == '*' || c == '.' || c == '-' || c == 0x2022 || c == 0x25CF || c == 0x00B7 ||
           c == 0x2219 || c == 0x26AB || c == 0x2B24;
}

bool reading_is_masked(const char *read)
{
    bool any = false;
    for (uint32_t c; (c = utf8_next(&read)); any = true)
        if (!is_mark(c))
            return false;
    return any;
}

bool reading_is_hidden(const char *read)
{
    uint32_t first = 0;
    bool one_letter = true, marks = true;
    for (uint32_t c; (c = utf8_next(&read));) {
        if (c == ' ')
            continue;
        if (!first)
            first = c;
        one_letter = one_letter && c == first;
        marks = marks && is_mark(c);
    }
    return first && (one_letter || marks);
}
