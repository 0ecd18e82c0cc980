/* The task file's `guard`: what may happen, what is asked, what must not happen. */
#include "emulator/task_parts.h"

#include "base/alike.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

static bool word_unknown(struct reading *r, const struct node *value, const char *what,
                         const char *const *names, int count, struct err *e)
{
    const char *near = alike_nearest(value->text, names, count);
    struct buf all = {0};
    for (int i = 0; i < count; i++)
        buf_addf(&all, "%s%s", i ? ", " : "", names[i]);
    if (near)
        reading_fail(r, value->line, e, "there is no %s \"%.80s\"; did you mean \"%s\"?", what,
                     value->text, near);
    else
        reading_fail(r, value->line, e, "there is no %s \"%.80s\"; there are: %s", what,
                     value->text, buf_text(&all));
    buf_finish(&all);
    return false;
}

static bool rule_role(struct reading *r, const struct node *value, enum role *out, struct err *e)
{
    const char *names[ROLE_COUNT];
    *out = role_from_name(value->text);
    if (*out != ROLE_NONE)
        return true;
    for (int i = 1; i < ROLE_COUNT; i++)
        names[i - 1] = role_name((enum role)i);
    return word_unknown(r, value, "role", names, ROLE_COUNT - 1, e);
}

static bool rule_deed(struct reading *r, const struct node *value, enum deed *out, struct err *e)
{
    const char *names[DEED_COUNT];
    *out = deed_from_name(value->text);
    if (*out != DEED_COUNT)
        return true;
    for (int i = 1; i < DEED_COUNT; i++)
        names[i - 1] = deed_name((enum deed)i);
    return word_unknown(r, value, "kind of action", names, DEED_COUNT - 1, e);
}

static bool rule_keys(struct reading *r, const struct node *value, struct err *e)
{
    struct keyset keys;
    char bad[KEY_NAME_SIZE] = "";
    if (keyset_read(value->text, &keys, bad))
        return true;
    return reading_fail(r, value->line, e, "there is no key \"%s\" in \"%.80s\"", bad, value->text);
}

/* x, y, width, height: a list or a text. */
static bool rule_region(struct reading *r, const struct node *value, struct rect *out,
                        struct err *e)
{
    struct buf text = {0};
    char *end;
    long sides[4];
    int n = 0;
    for (int i = 0; value->kind == NODE_LIST && i < value->count; i++)
        buf_addf(&text, "%s%s", i ? "," : "",
                 value->items[i].kind == NODE_TEXT ? value->items[i].text : "?");
    if (value->kind == NODE_TEXT)
        buf_add(&text, value->text);
    const char *at = buf_text(&text);
    bool whole = false;
    while (n < 4) {
        sides[n] = strtol(at, &end, 10);
        if (end == at || sides[n] < 0 || sides[n] > 100000)
            break;
        end += strspn(end, " ");
        whole = ++n == 4 && !*end;
        if (*end != ',')
            break;
        at = end + 1;
    }
    buf_finish(&text);
    if (!whole || !sides[2] || !sides[3])
        return reading_fail(r, value->line, e,
                            "region must be x, y, width and height in pixels, such as "
                            "[0, 0, 1280, 40]");
    *out = (struct rect){(int)sides[0], (int)sides[1], (int)sides[2], (int)sides[3]};
    return true;
}

static bool rule_member(struct reading *r, const struct node *item, struct guard_rule *rule,
                        struct err *e)
{
    static const char *const names[] = {"text", "role", "window", "region", "action", "keys"};
    char *value = NULL;
    if (strcmp(item->key, "region") == 0)
        return rule_region(r, item, &rule->region, e);
    if (!value_text(r, item, &value, e))
        return false;
    if (!value)
        return reading_fail(r, item->line, e, "%.80s is empty", item->key);
    if (strcmp(item->key, "text") == 0)
        rule->text = value;
    else if (strcmp(item->key, "window") == 0)
        rule->window = value;
    else if (strcmp(item->key, "keys") == 0)
        rule->keys = value;
    else
        free(value);
    if (strcmp(item->key, "keys") == 0)
        return rule_keys(r, item, e);
    if (strcmp(item->key, "role") == 0)
        return rule_role(r, item, &rule->role, e);
    if (strcmp(item->key, "action") == 0)
        return rule_deed(r, item, &rule->deed, e);
    for (int i = 0; i < 6; i++)
        if (strcmp(item->key, names[i]) == 0)
            return true;
    struct node key = {.text = item->key, .line = item->key_line};
    return word_unknown(r, &key, "key of a rule", names, 6, e);
}

/* A text is the text of what is touched; WINDOWS: of a window's title. */
static bool rule_take(struct reading *r, const struct node *value, bool windows,
                      struct guard_list *list, struct err *e)
{
    if (value->kind == NODE_LIST || (value->kind == NODE_MAP && windows))
        return reading_fail(r, value->line, e, "a rule is a text%s, not %s",
                            windows ? "" : " or a map, such as {role: button, text: Delete}",
                            node_kind_name(value->kind));
    if (value->kind == NODE_TEXT && !*value->text)
        return reading_fail(r, value->line, e, "a rule that is empty");
    struct guard_rule *rule = guard_list_add(list);
    if (value->kind == NODE_TEXT) {
        *(windows ? &rule->window : &rule->text) = mem_text(value->text);
        return true;
    }
    if (!value->count)
        return reading_fail(r, value->line, e, "a rule without a condition");
    for (int i = 0; i < value->count; i++)
        if (!rule_member(r, &value->items[i], rule, e))
            return false;
    return true;
}

static bool rules_take(struct reading *r, const struct node *value, bool windows,
                       enum verdict verdict, struct err *e)
{
    struct guard_list *list = &r->task->guard.lists[verdict];
    if (value->kind == NODE_TEXT && value->null)
        return true;
    if (value->kind != NODE_LIST)
        return rule_take(r, value, windows, list, e);
    for (int i = 0; i < value->count; i++)
        if (!rule_take(r, &value->items[i], windows, list, e))
            return false;
    return true;
}

static bool allow_take(struct reading *r, const struct node *value, struct err *e)
{
    return rules_take(r, value, false, VERDICT_ALLOW, e);
}

static bool ask_take(struct reading *r, const struct node *value, struct err *e)
{
    return rules_take(r, value, false, VERDICT_ASK, e);
}

static bool deny_take(struct reading *r, const struct node *value, struct err *e)
{
    return rules_take(r, value, false, VERDICT_DENY, e);
}

static bool windows_ask_take(struct reading *r, const struct node *value, struct err *e)
{
    return rules_take(r, value, true, VERDICT_ASK, e);
}

static bool windows_deny_take(struct reading *r, const struct node *value, struct err *e)
{
    return rules_take(r, value, true, VERDICT_DENY, e);
}

static bool windows_take(struct reading *r, const struct node *value, struct err *e)
{
    static const struct key keys[] = {{"ask", windows_ask_take}, {"deny", windows_deny_take}};
    return keys_take(r, value, "windows", keys, 2, e);
}

static bool otherwise_take(struct reading *r, const struct node *value, struct err *e)
{
    static const char *const names[] = {"allow", "ask", "deny"};
    char *text = NULL;
    if (!value_text(r, value, &text, e))
        return false;
    enum verdict verdict = text ? verdict_from_name(text) : VERDICT_ALLOW;
    free(text);
    if (verdict == VERDICT_COUNT)
        return word_unknown(r, value, "verdict", names, 3, e);
    r->task->guard.otherwise = verdict;
    return true;
}

bool guard_take(struct reading *r, const struct node *value, struct err *e)
{
    static const struct key keys[] = {{"allow", allow_take},
                                      {"ask", ask_take},
                                      {"deny", deny_take},
                                      {"windows", windows_take},
                                      {"otherwise", otherwise_take}};
    if (!keys_take(r, value, "guard", keys, 5, e))
        return false;
    const struct guard_rules *rules = &r->task->guard;
    if (rules->lists[VERDICT_ALLOW].count && rules->otherwise == VERDICT_ALLOW)
        return reading_fail(r, value->line, e,
                            "allow alone forbids nothing; add otherwise: ask or otherwise: deny");
    return true;
}

/* A condition that a row has emptied would be about nothing. */
static bool condition_fill(const struct data *names, const char *text, char **out, struct err *e)
{
    struct buf filled = {0};
    if (!text)
        return true;
    if (!data_fill(names, NULL, text, &filled, e)) {
        buf_finish(&filled);
        return false;
    }
    *out = buf_take(&filled);
    return **out || err_set(e, ERR_USAGE, "the guard's rule \"%.80s\" is empty here", text);
}

bool guard_fill(const struct data *names, const struct guard_rules *from, struct guard_rules *to,
                struct err *e)
{
    to->otherwise = from->otherwise;
    for (int v = 0; v < VERDICT_COUNT; v++)
        for (int i = 0; i < from->lists[v].count; i++) {
            const struct guard_rule *rule = &from->lists[v].rules[i];
            struct guard_rule *copy = guard_list_add(&to->lists[v]);
            *copy = *rule;
            copy->text = copy->window = NULL;
            copy->keys = mem_text(rule->keys);
            if (!condition_fill(names, rule->text, &copy->text, e) ||
                !condition_fill(names, rule->window, &copy->window, e))
                return false;
        }
    return true;
}
