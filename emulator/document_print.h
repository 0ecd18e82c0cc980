/*
 * document_print: parts of a YAML document, written so that document_read reads the same again.
 */
#ifndef EMULATOR_DOCUMENT_PRINT_H
#define EMULATOR_DOCUMENT_PRINT_H

#include "base/buf.h"
#include "emulator/document.h"

/* A text as a scalar: plain where that is safe, else in double quotes. */
void document_print_text(const char *text, struct buf *out);

/* A whole member of the document's map, `key: value`, with its line end. */
void document_print_member(const struct node *item, struct buf *out);

#endif
