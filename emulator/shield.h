/*
 * shield: hides hem's own notations from YAML, character for character, and gives them back
 * afterwards: the lines and columns stay. See document.h for what is hidden and why.
 */
#ifndef EMULATOR_SHIELD_H
#define EMULATOR_SHIELD_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* False when TEXT holds what the shield itself is made of (Unicode noncharacters, which stand in no
 * text). */
bool shield_fits(const char *text);

void shield_put(const char *text, struct buf *out);                       /* hides */
void shield_take(const char *text, size_t length_bytes, struct buf *out); /* gives back */

#endif
