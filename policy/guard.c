#include "policy/guard.h"

#include "base/alike.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GUARD_FIT 0.85 /* a text as near as this to a guarded one, as whole words, is that one */

static const char *const verdict_names[VERDICT_COUNT] = {"allow", "ask", "deny"};

const char *verdict_name(enum verdict verdict)
{
    return verdict_names[verdict];
}

enum verdict verdict_from_name(const char *name)
{
    int verdict = 0;
    while (verdict < VERDICT_COUNT && strcmp(verdict_names[verdict], name) != 0)
        verdict++;
    return (enum verdict)verdict;
}

/* ---- rules ---- */

struct guard_rule *guard_list_add(struct guard_list *list)
{
    list->rules = mem_resize(list->rules, (size_t)(list->count + 1) * sizeof *list->rules);
    list->rules[list->count] = (struct guard_rule){0};
    return &list->rules[list->count++];
}

void guard_rules_finish(struct guard_rules *rules)
{
    for (int v = 0; v < VERDICT_COUNT; v++) {
        struct guard_list *list = &rules->lists[v];
        for (int i = 0; i < list->count; i++) {
            free(list->rules[i].text);
            free(list->rules[i].window);
            free(list->rules[i].keys);
        }
        free(list->rules);
    }
    *rules = (struct guard_rules){0};
}

static void member_print(struct buf *out, const char *name, const char *quote, const char *value)
{
    char last = out->length ? out->text[out->length - 1] : '\0';
    buf_addf(out, "%s%s: %s%.80s%s", last == '{' ? "" : ", ", name, quote, value, quote);
}

void guard_rule_print(const struct guard_rule *rule, struct buf *out)
{
    bool more = rule->window || rule->role || !rect_empty(rule->region) || rule->deed || rule->keys;
    if (!more) {
        buf_addf(out, "\"%.80s\"", rule->text);
        return;
    }
    struct buf region = {0};
    struct rect r = rule->region;
    buf_addf(&region, "[%d, %d, %d, %d]", r.x, r.y, r.width, r.height);
    buf_add_char(out, '{');
    if (rule->text)
        member_print(out, "text", "\"", rule->text);
    if (rule->role)
        member_print(out, "role", "", role_name(rule->role));
    if (rule->window)
        member_print(out, "window", "\"", rule->window);
    if (!rect_empty(r))
        member_print(out, "region", "", buf_text(&region));
    if (rule->deed)
        member_print(out, "action", "", deed_name(rule->deed));
    if (rule->keys)
        member_print(out, "keys", "", rule->keys);
    buf_add_char(out, '}');
    buf_finish(&region);
}

/* ---- does a rule speak of a touch? ---- */

static bool text_matches(const char *rule, const struct touch *t, bool allows)
{
    for (int i = 0; i < TOUCH_TEXTS && t->texts[i]; i++)
        if ((allows ? alike_score(t->texts[i], rule) : alike_within(t->texts[i], rule)) >=
            GUARD_FIT)
            return true;
    return false;
}

/* To forbid, either window will do; what allows is about the one that gets it. */
static bool window_matches(const char *rule, const struct attempt *a, const struct touch *t,
                           bool allows)
{
    bool by_keys = t->deed == DEED_TYPE || t->deed == DEED_PRESS;
    const char *active = a->scene->window ? a->scene->window : "";
    const char *under = by_keys || !*a->window ? active : a->window;
    return alike_within(under, rule) >= GUARD_FIT ||
           (!allows && alike_within(active, rule) >= GUARD_FIT);
}

static bool region_matches(struct rect region, struct rect place, bool allows)
{
    return allows ? rect_inside(place, region) : !rect_empty(rect_common(place, region));
}

static bool keys_match(const char *rule, const struct touch *t, bool allows)
{
    struct keyset keys;
    if (t->keys_unknown || !keyset_read(rule, &keys, NULL))
        return !allows;
    return allows ? keyset_equal(&t->keys, &keys) : keyset_holds(&t->keys, &keys);
}

static bool rule_matches(const struct guard_rule *rule, const struct attempt *a,
                         const struct touch *t, bool allows)
{
    if (t->harmless && !rule->deed)
        return false;
    if (t->only_forbids && allows)
        return false;
    return (!rule->deed || rule->deed == t->deed) && (!rule->role || rule->role == t->role) &&
           (!rule->text || text_matches(rule->text, t, allows)) &&
           (!rule->window || window_matches(rule->window, a, t, allows)) &&
           (rect_empty(rule->region) || region_matches(rule->region, t->place, allows)) &&
           (!rule->keys || keys_match(rule->keys, t, allows));
}

static const struct guard_rule *list_match(const struct guard_list *list, const struct attempt *a,
                                           const struct touch *t, bool allows)
{
    for (int i = 0; i < list->count; i++)
        if (rule_matches(&list->rules[i], a, t, allows))
            return &list->rules[i];
    return NULL;
}

/* ---- judging ---- */

struct judging {
    const struct guard_rules *rules;
    const struct attempt *attempt;
    struct judgement *out;
    bool any; /* something is touched */
};

static void judging_take(struct judging *j, enum verdict verdict, const struct guard_rule *rule,
                         const struct touch *t)
{
    struct judgement *out = j->out;
    struct buf said = {0}, under = {0};
    touch_print(t, &under);
    if (rule)
        guard_rule_print(rule, &said);
    else if (verdict != VERDICT_ALLOW)
        buf_add(&said, "otherwise");
    out->verdict = verdict;
    out->place = t->element ? t->element->box : t->place;
    snprintf(out->rule, sizeof out->rule, "%s", buf_text(&said));
    snprintf(out->under, sizeof out->under, "%s", buf_text(&under));
    snprintf(out->why, sizeof out->why, rule ? "%s (on %s)" : "%s: %s", buf_text(&said),
             buf_text(&under));
    buf_finish(&said);
    buf_finish(&under);
}

static void judging_see(void *self, const struct touch *t)
{
    struct judging *j = self;
    const struct guard_rules *rules = j->rules;
    const struct guard_rule *rule = NULL;
    enum verdict verdict = VERDICT_ALLOW;
    if ((rule = list_match(&rules->lists[VERDICT_DENY], j->attempt, t, false)) != NULL)
        verdict = VERDICT_DENY;
    else if ((rule = list_match(&rules->lists[VERDICT_ASK], j->attempt, t, false)) != NULL)
        verdict = VERDICT_ASK;
    else if (!t->harmless && !t->only_forbids &&
             !(rule = list_match(&rules->lists[VERDICT_ALLOW], j->attempt, t, true)))
        verdict = rules->otherwise;
    if (!j->any || verdict > j->out->verdict)
        judging_take(j, verdict, rule, t);
    j->any = true;
}

void guard_judge(const struct guard *guard, const struct attempt *attempt, struct judgement *out)
{
    struct attempt a = *attempt;
    struct judging j = {.rules = guard->rules, .attempt = &a, .out = out};
    a.held = &guard->held;
    a.wandered = guard->wandered;
    *out = (struct judgement){0};
    touch_all(&a, judging_see, &j);
}

/* ---- what the hands do ---- */

void guard_note(struct guard *guard, const struct action *action)
{
    struct keyset keys;
    bool known = *action->keys && keyset_read(action->keys, &keys, NULL);
    switch (action->kind) {
    case ACTION_KEY_DOWN:
        if (known)
            keyset_add_all(&guard->held, &keys);
        break;
    case ACTION_KEY_UP:
        if (known)
            keyset_remove_all(&guard->held, &keys);
        return;
    case ACTION_CLICK:
    case ACTION_MOUSE_DOWN:
        guard->wandered = false;
        return;
    case ACTION_TYPE:
        guard->wandered = guard->wandered || (action->text && strpbrk(action->text, "\t\n\r"));
        return;
    default:
        break;
    }
    if (action_is_keys(action->kind))
        guard->wandered = guard->wandered || !known || keys_move_focus(&keys);
}
