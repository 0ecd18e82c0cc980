/*
 * literal: a plain English instruction as steps, without a model and without looking at the screen:
 *
 *     Type "Ada" into First name, choose France as the country and press Send.
 *
 * It goes by rules, not by guesses: a clause that it does not understand, or that can be understood
 * in two ways, is an error before anything is done. What is understood is described in
 * docs/tasks.md.
 */
#ifndef POLICY_LITERAL_H
#define POLICY_LITERAL_H

#include "base/err.h"
#include "base/step.h"

#include <stdbool.h>

struct literal {
    struct step *steps; /* owned (malloc); each is finished by step_finish */
    int count;          /* 1 or more after success */
};

#define LITERAL_BYTES_MAX 65536
#define LITERAL_STEPS_MAX 1000

/*
 * Reads INSTRUCTION (UTF-8). False with ERR_USAGE: the clause that can't be done literally, in
 * quotes, why, and what would help. OUT is set only on success; the caller finishes it.
 */
bool literal_parse(const char *instruction, struct literal *out, struct err *e);

void literal_finish(struct literal *l); /* frees; {0} again */

#endif
