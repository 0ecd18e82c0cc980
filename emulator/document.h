/*
 * document: a YAML document (and so a JSON one) as a tree of texts, lists and maps that knows its
 * lines.
 *
 * Scalars stay as they are written: 007, yes and 2024-01-31 are texts. What makes YAML dangerous or
 * surprising is an error that says what to write instead: anchors, aliases and tags, several
 * documents, doubled keys, deep nesting.
 *
 * Two notations of hem stand above YAML's, so that a person need not know YAML's rules for them: a
 * hole {{name}} is text wherever it stands (YAML would take it for a map), and in a line that
 * begins with a word, as steps do, what is between double quotes is text (YAML would see a map in
 * `- expect "Total: 5"`, and a comment in `- click "Room #5"`).
 */
#ifndef EMULATOR_DOCUMENT_H
#define EMULATOR_DOCUMENT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    int line;           /* where it begins, from 1 */
    char *key;          /* owned; its name in the map around it; NULL elsewhere */
    int key_line;       /* where the key stands */
    char *text;         /* owned; of a text */
    bool null;          /* a text that stands for nothing: none at all, ~ or null, without quotes */
    struct node *items; /* owned; of a list or map, in the file's order */
    int count;
};

/* Reads TEXT (UTF-8 without NUL bytes); PATH is for errors. ERR_USAGE with "path:line: ". OUT is
 * set on success only. */
bool document_read(const char *path, const char *text, size_t size_bytes, struct node *out,
                   struct err *e);
void document_finish(struct node *root);

/* "a text", "a list", "a map" */
const char *node_kind_name(enum node_kind kind);

#endif
