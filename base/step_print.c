/* The canonical line of a step. Whatever is printed here, step_parse reads back to the same step.
 */
#include "base/step.h"

#include "base/target.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const direction_names[] = {
    [DIRECTION_DOWN] = "down",
    [DIRECTION_UP] = "up",
    [DIRECTION_LEFT] = "left",
    [DIRECTION_RIGHT] = "right",
};

static const char *text_of(const char *text)
{
    return text ? text : "";
}

/* The shorter of `1.5 s` and `1500 ms`. */
static void seconds_print(double seconds, struct buf *out)
{
    char in_s[32], in_ms[32];
    long ms = lround(seconds * 1000);
    int length = snprintf(in_s, sizeof in_s, "%ld.%03ld", ms / 1000, ms % 1000);
    while (in_s[length - 1] == '0')
        in_s[--length] = '\0';
    if (in_s[length - 1] == '.')
        in_s[--length] = '\0';
    snprintf(in_ms, sizeof in_ms, "%ld ms", ms);
    if (strlen(in_ms) < strlen(in_s) + strlen(" s"))
        buf_add(out, in_ms);
    else
        buf_addf(out, "%s s", in_s);
}

static void within_print(const struct step *s, struct buf *out)
{
    if (s->seconds > 0) {
        buf_add(out, " within ");
        seconds_print(s->seconds, out);
    }
}

/* A space, LINK and the target, when there is one: ` into "First name"`. */
static void linked_print(const char *link, const struct target *t, struct buf *out)
{
    if (t->kind == TARGET_NONE)
        return;
    buf_addf(out, " %s ", link);
    target_print(t, out);
}

/* A chord stands without quotes when it can't be taken for a text. */
static void keys_print(const char *keys, struct buf *out)
{
    if (*keys && !strpbrk(keys, "\" \t\r\n\\") && (unsigned char)*keys != 0xe2)
        buf_add(out, keys);
    else
        text_print(keys, out);
}

/* A name stands without quotes when it is an identifier. */
static void name_print(const char *name, struct buf *out)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    if (*name && strspn(name, plain) == strlen(name))
        buf_add(out, name);
    else
        text_print(name, out);
}

static void text_first_print(const struct step *s, const char *link, struct buf *out)
{
    text_print(text_of(s->text), out);
    linked_print(link, &s->target, out);
}

static void press_print(const struct step *s, struct buf *out)
{
    keys_print(text_of(s->text), out);
    if (s->count > 1)
        buf_addf(out, " %d times", s->count);
}

static void scroll_print(const struct step *s, struct buf *out)
{
    buf_add(out, direction_names[s->direction]);
    if (s->count > 0)
        buf_addf(out, " %d", s->count);
    linked_print("in", &s->target, out);
    linked_print("to", &s->second, out);
}

static void expect_print(const struct step *s, struct buf *out)
{
    const char *no = s->negated ? "not " : "";
    switch (s->verb) {
    case STEP_EXPECT_SCREEN:
        buf_add(out, "screen ");
        text_print(text_of(s->text), out);
        break;
    case STEP_EXPECT_VALUE:
        target_print(&s->target, out);
        buf_add(out, " is ");
        text_print(text_of(s->text), out);
        break;
    case STEP_EXPECT_STATE:
        target_print(&s->target, out);
        buf_addf(out, " %s%s", no, state_name(s->state));
        break;
    default:
        buf_add(out, s->negated ? "no " : "");
        target_print(&s->target, out);
    }
    within_print(s, out);
}

static void expand_print(const struct step *s, struct buf *out)
{
    if (s->second.kind != TARGET_NONE)
        linked_print("to", &s->second, out);
    else if (s->count == EXPAND_ALL)
        buf_add(out, " all");
    else if (s->target.kind != TARGET_NONE) {
        buf_add_char(out, ' ');
        target_print(&s->target, out);
    }
}

void step_print(const struct step *s, struct buf *out)
{
    buf_add(out, step_verb_name(s->verb));
    if (s->verb != STEP_SCREENSHOT && s->verb != STEP_EXPAND)
        buf_add_char(out, ' ');
    switch (s->verb) {
    case STEP_TYPE:
        text_first_print(s, "into", out);
        break;
    case STEP_CHOOSE:
        text_first_print(s, "in", out);
        break;
    case STEP_SET:
        target_print(&s->target, out);
        buf_add(out, " to ");
        text_print(text_of(s->text), out);
        break;
    case STEP_PRESS:
        press_print(s, out);
        break;
    case STEP_SCROLL:
        scroll_print(s, out);
        break;
    case STEP_EXPAND:
        expand_print(s, out);
        break;
    case STEP_COPY:
    case STEP_DRAG:
        target_print(&s->target, out);
        linked_print("to", &s->second, out);
        break;
    case STEP_WAIT:
        seconds_print(s->seconds, out);
        break;
    case STEP_WAIT_FOR:
    case STEP_EXPECT:
    case STEP_EXPECT_VALUE:
    case STEP_EXPECT_STATE:
    case STEP_EXPECT_SCREEN:
        expect_print(s, out);
        break;
    case STEP_READ:
        target_print(&s->target, out);
        buf_add(out, " as ");
        name_print(text_of(s->name), out);
        break;
    case STEP_SCREENSHOT:
        if (s->name) {
            buf_add(out, " as ");
            text_print(s->name, out);
        }
        break;
    default:
        target_print(&s->target, out);
    }
}
