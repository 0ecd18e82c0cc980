/*
 * composer: what keys come to that belong together: a dead accent and a letter, the Compose key and
 * what follows it. By the table of the user's locale; programs have their own, mostly the same.
 */
#ifndef INPUT_COMPOSER_H
#define INPUT_COMPOSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct composer;

struct composer *composer_create(void);    /* NULL: no table is there, and nothing is composed */
void composer_destroy(struct composer *c); /* takes NULL */

/* A key that types goes down. True: it belongs to others, and OUT is what they come to, UTF-8; ""
 * while more must follow, or nothing comes of it. False: it types what it types. C may be NULL. */
bool composer_take(struct composer *c, uint32_t keysym, char *out, size_t size_bytes);

void composer_forget(struct composer *c); /* what was begun; C may be NULL */

#endif
