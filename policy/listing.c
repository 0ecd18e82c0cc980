#include "policy/listing.h"

#include "policy/reading.h"

#include <stdlib.h>
#include <string.h>

#define ELEMENTS_MAX 200
#define LINES_MAX    120 /* of other text */
#define TEXT_MAX     160 /* bytes of one text */
#define BYTES_MAX    12000
#define CHANGES_MAX  12

/* A text in quotes; what could be taken for the end of the screen is not let through. */
static void add_quoted(const char *text, struct buf *out)
{
    size_t length = strlen(text), most = TEXT_MAX;
    while (length > most && most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80)
        most--;
    buf_add_char(out, '"');
    for (size_t i = 0; i < length && i < most; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            buf_add_char(out, '\\');
        if (c == '<' && strncmp(text + i, "</screen", 8) == 0)
            buf_add(out, "\xE2\x80\xB9");
        else
            buf_add_char(out, c < ' ' ? ' ' : (char)c);
    }
    buf_add(out, length > most ? "...\"" : "\"");
}

static void add_place(const struct shot *shot, struct rect box, struct buf *out)
{
    double x, y;
    shot_numbers(shot, rect_center(box), &x, &y);
    buf_addf(out, " at %g,%g", x, y);
}

static void add_states(const struct element *e, struct buf *out)
{
    for (int bit = 0; bit < STATE_BITS; bit++)
        if (e->states & (1u << bit))
            buf_addf(out, " %s", state_name((enum state)(1u << bit)));
    if (role_is_checkable(e->role) && !(e->states & (STATE_CHECKED | STATE_MIXED)))
        buf_add(out, " not checked");
}

static const char *name_of(const struct element *e)
{
    return e->label[0] ? e->label : e->text;
}

static void add_element(const struct element *e, const struct shot *shot,
                        const struct camera *camera, struct buf *out)
{
    buf_addf(out, "#%d %s ", e->id, role_name(e->role));
    add_quoted(name_of(e), out);
    if (e->group[0] && !strstr(name_of(e), e->group)) {
        buf_add(out, " in ");
        add_quoted(e->group, out);
    }
    if (e->value && camera->hides && camera->hides(camera->self, e->box)) {
        buf_add(out, e->value[0] ? " = (a secret)" : " = \"\"");
    } else if (e->value) {
        buf_add(out, " = ");
        add_quoted(e->value, out);
    }
    add_states(e, out);
    add_place(shot, e->box, out);
    buf_add_char(out, '\n');
}

static bool stands_in_element(const struct scene *scene, struct rect box)
{
    const struct element *e = scene_element_at(scene, rect_center(box));
    return e && e->role != ROLE_DIALOG && e->role != ROLE_IMAGE &&
           (e->text[0] || e->label[0] || e->value);
}

static bool is_label(const struct scene *scene, const char *text)
{
    for (int i = 0; i < scene->element_count; i++)
        if (strcmp(scene->elements[i].label, text) == 0)
            return true;
    return false;
}

/* What is written outside of elements and names none of them. */
static void add_other_text(const struct scene *scene, const struct shot *shot, struct buf *out)
{
    struct line_reader lines = {.scene = scene};
    int left = LINES_MAX;
    while (left > 0 && out->length < BYTES_MAX && line_next(&lines)) {
        const char *text = buf_text(&lines.text);
        if (stands_in_element(scene, lines.box) || is_label(scene, text))
            continue;
        buf_add(out, "text ");
        add_quoted(text, out);
        add_place(shot, lines.box, out);
        buf_add_char(out, '\n');
        left--;
    }
    line_finish(&lines);
}

static void list(const struct scene *scene, const struct shot *shot, const struct camera *camera,
                 struct buf *out)
{
    int i = 0;
    for (; i < scene->element_count && i < ELEMENTS_MAX && out->length < BYTES_MAX; i++)
        if (scene->elements[i].role != ROLE_TEXT)
            add_element(&scene->elements[i], shot, camera, out);
    if (i < scene->element_count)
        buf_addf(out, "(and %d more)\n", scene->element_count - i);
    add_other_text(scene, shot, out);
}

static bool has_line(const struct buf *lines, const char *line, size_t length)
{
    for (const char *at = buf_text(lines); *at;) {
        size_t here = strcspn(at, "\n");
        if (here == length && memcmp(at, line, length) == 0)
            return true;
        at += here + (at[here] ? 1 : 0);
    }
    return false;
}

/* The lines of A that B has not. */
static int add_missing(const struct buf *a, const struct buf *b, const char *sign, int left,
                       struct buf *out)
{
    for (const char *at = buf_text(a); *at && left > 0;) {
        size_t length = strcspn(at, "\n");
        if (length && !has_line(b, at, length)) {
            buf_addf(out, "%s %.*s\n", sign, (int)length, at);
            left--;
        }
        at += length + (at[length] ? 1 : 0);
    }
    return left;
}

bool listing_is_same(const struct listing *l)
{
    return l->before.length && strcmp(buf_text(&l->lines), buf_text(&l->before)) == 0;
}

static void add_changes(const struct listing *l, struct buf *out)
{
    if (!l->before.length)
        return;
    if (listing_is_same(l)) {
        buf_add(out, "Nothing of this has changed since the last look.\n");
        return;
    }
    buf_add(out, "What has changed since the last look (+ new, - gone):\n");
    int left = add_missing(&l->lines, &l->before, "+", CHANGES_MAX, out);
    left += add_missing(&l->before, &l->lines, "-", CHANGES_MAX, out);
    if (left < 2)
        buf_add(out, "and more\n");
}

void listing_write(struct listing *l, const struct scene *scene, const struct shot *shot,
                   const struct data *secrets, const struct camera *camera, struct buf *out)
{
    struct buf raw = {0};
    struct buf old = l->before;
    l->before = l->lines;
    l->lines = old;
    buf_reset(&l->lines);
    list(scene, shot, camera, &raw);
    data_redact(secrets, buf_text(&raw), &l->lines);
    buf_finish(&raw);
    buf_add(out, "<screen>\nActive window: ");
    add_quoted(scene->window ? scene->window : "", out);
    buf_addf(out, "\n%s", buf_text(&l->lines));
    add_changes(l, out);
    buf_add(out, "</screen>\n");
}

void listing_finish(struct listing *l)
{
    buf_finish(&l->lines);
    buf_finish(&l->before);
}
