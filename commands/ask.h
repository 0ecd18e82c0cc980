/*
 * ask: questions to a person at the terminal. What a screen or a model says in them is printed
 * without characters that a terminal obeys.
 */
#ifndef COMMANDS_ASK_H
#define COMMANDS_ASK_H

#include "emulator/emulator.h"

/*
 * Shows the question on standard error and reads a line from standard input; what was typed before
 * it was asked does not count, and only y or yes is yes. ANSWER_NOBODY when one of them is no
 * terminal, and when a stop is asked for meanwhile. Fits struct emulator_hooks.
 */
enum answer ask_person(void *self, const struct question *question);

/* The answer to what a model asks, in one line. False: nobody answers. Fits struct emulator_hooks.
 */
bool ask_answer(void *self, const char *question, struct buf *out);

#endif
