/*
 * audit: what the guard has decided, a line of audit.jsonl each, written before the action is done.
 * Each line has the SHA-256 of the one before it, and episode.json has that of the last and how
 * many there are: what was changed, taken out, put in, moved or cut off afterwards does not fit any
 * more. Whoever can write may make the whole anew; only a hash that is kept elsewhere shows that.
 */
#ifndef TRAJECTORY_AUDIT_H
#define TRAJECTORY_AUDIT_H

#include "base/data.h"
#include "trajectory/journal.h"

#define AUDIT_FILE      "audit.jsonl"
#define AUDIT_HASH_SIZE 65 /* hexadecimal digits, and the terminator */

/* One decision. Texts that are NULL or "" are left out. */
struct decision {
    int turn;
    const char *step, *action;
    const char *window, *under; /* what was touched, and in which window */
    const char *rule;           /* of the guard, that decided */
    const char *verdict;        /* the guard's: "allow", "ask", "deny" */
    const char *check;          /* what the model's provider wanted to have confirmed */
    const char *answer;         /* when it was asked: "person: yes", "person: no", "nobody" ... */
    bool allowed;               /* what came of it */
};

/* How long the chain is, and where it ends: the hash of its last line, zeros for none. */
struct audit_end {
    int lines;
    char last[AUDIT_HASH_SIZE];
};

struct audit {
    struct journal journal;
    struct audit_end end;
};

bool audit_open(struct audit *a, const char *dir, struct err *e); /* as journal_open */

/* SECRETS (NULL: none) are holes in every text. ERR_IO: it does not stand there. */
bool audit_add(struct audit *a, const struct decision *d, const struct data *secrets,
               struct err *e);

/* An empty chain, and the chain with one more line, without its newline. */
void audit_end_init(struct audit_end *end);
void audit_end_add(struct audit_end *end, const char *line, size_t length_bytes);

/*
 * Is the audit of the trajectory in DIR as it was written? It must fit episode.json, and every turn
 * that acted must be in it. ERR_TASK with file and line where it breaks; ERR_USAGE when there is no
 * trajectory with an audit. ENDED: episode.json says where it ends; a run that was killed has not
 * come to that.
 */
bool audit_check(const char *dir, struct audit_end *out, bool *ended, struct err *e);

#endif
