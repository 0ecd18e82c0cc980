/*
 * told: what the page's script is told, as JSON in blocks that nothing in it can end.
 */
#ifndef PAGE_TOLD_H
#define PAGE_TOLD_H

#include "base/buf.h"

#include <stdio.h>

/* Appends TEXT as a JSON text; what is not UTF-8 becomes U+FFFD. */
void told_text(const char *text, struct buf *json);

/* Appends ,"NAME":"TEXT" unless it is NULL or "". */
void told_member(const char *name, const char *text, struct buf *json);

/* Appends JSON that was read elsewhere, as it is, or null when it is none. */
void told_json(const char *text, struct buf *json);

/* Puts a block of the page. */
void told_block(FILE *page, const char *id, const struct buf *json);

#endif
