/*
 * guard: may this happen? It judges every action before it is performed, whoever decided it, by
 * what it would touch on the screen (touch.h) as well as by what the step says: a click at bare
 * coordinates on "Pay" is a click on Pay.
 *
 * Deny goes before ask, ask before allow, and `otherwise` is for what no rule is about. One touch
 * that is denied denies the action; allowed is one of which every touch is.
 */
#ifndef POLICY_GUARD_H
#define POLICY_GUARD_H

#include "policy/touch.h"

enum verdict { VERDICT_ALLOW, VERDICT_ASK, VERDICT_DENY, VERDICT_COUNT };

const char *verdict_name(enum verdict verdict);   /* "allow" */
enum verdict verdict_from_name(const char *name); /* VERDICT_COUNT when unknown */

/* All that is given must hold. */
struct guard_rule {
    char *text;         /* owned; of what is touched: its text, label or words; NULL: any */
    char *window;       /* owned; in the title of the active window or of the one that is clicked */
    enum role role;     /* ROLE_NONE: any */
    struct rect region; /* of the screen; empty: anywhere */
    enum deed deed;     /* DEED_ANY: any */
    char *keys;         /* owned; "Ctrl+W", which keyset_read knows; NULL: any */
};

struct guard_list {
    struct guard_rule *rules; /* owned */
    int count;
};

/* What a task says. Zeroed: everything may happen. */
struct guard_rules {
    struct guard_list lists[VERDICT_COUNT]; /* by verdict */
    enum verdict otherwise;
};

struct guard_rule *guard_list_add(struct guard_list *list); /* zeroed, to be filled in */
void guard_rules_finish(struct guard_rules *rules);

/* `"Pay"`, `{text: "Delete", role: button}`. */
void guard_rule_print(const struct guard_rule *rule, struct buf *out);

/* The guard of an episode: the rules, and what the hands have done that later actions depend on. */
struct guard {
    const struct guard_rules *rules; /* borrowed */
    struct keyset held;              /* keys that are kept down */
    bool wandered;                   /* keys may have moved the focus since the last click */
};

#define GUARD_WHY_SIZE 256

struct judgement {
    enum verdict verdict;
    char rule[GUARD_WHY_SIZE];    /* the rule that decided; "" for none, "otherwise" */
    char under[GUARD_WHY_SIZE];   /* what is touched: the first, or what the rule is about */
    char why[2 * GUARD_WHY_SIZE]; /* both, for people: `"Pay" (on button "Pay now" at 40,120)` */
    struct rect place;            /* of UNDER: the element's box, or a point; empty: not known */
};

/* The attempt's held keys and wandering are the guard's own. */
void guard_judge(const struct guard *guard, const struct attempt *attempt, struct judgement *out);

/* ACTION is about to be performed. */
void guard_note(struct guard *guard, const struct action *action);

#endif
