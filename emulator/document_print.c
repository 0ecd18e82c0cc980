#include "emulator/document_print.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_plain(const char *text)
{
    if (!isalnum((unsigned char)*text) || strcasecmp(text, "null") == 0)
        return false;
    for (const char *c = text; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr(" _-./+@", *c) && (unsigned char)*c < 0x80)
            return false;
    return text[strlen(text) - 1] != ' ';
}

void document_print_text(const char *text, struct buf *out)
{
    if (is_plain(text)) {
        buf_add(out, text);
        return;
    }
    buf_add_char(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            buf_addf(out, "\\%c", *c);
        else if (*c == '\n')
            buf_add(out, "\\n");
        else if (*c == '\t')
            buf_add(out, "\\t");
        else if ((unsigned char)*c < 0x20 || *c == 0x7f)
            buf_addf(out, "\\x%02X", (unsigned char)*c);
        else
            buf_add_char(out, *c);
    }
    buf_add_char(out, '"');
}

/* In one line: [a, b] and {c: d}. The document is bounded in depth. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void value_print(const struct node *n, struct buf *out)
{
    if (n->kind == NODE_TEXT) {
        if (!n->null)
            document_print_text(n->text, out);
        return;
    }
    buf_add_char(out, n->kind == NODE_LIST ? '[' : '{');
    for (int i = 0; i < n->count; i++) {
        buf_add(out, i ? ", " : "");
        if (n->kind == NODE_MAP) {
            document_print_text(n->items[i].key, out);
            buf_add(out, ": ");
        }
        value_print(&n->items[i], out);
    }
    buf_add_char(out, n->kind == NODE_LIST ? ']' : '}');
}

void document_print_member(const struct node *item, struct buf *out)
{
    document_print_text(item->key, out);
    buf_add_char(out, ':');
    bool list = item->kind == NODE_LIST && item->count > 0 && strcmp(item->key, "program") != 0;
    if (!list && !(item->kind == NODE_TEXT && item->null))
        buf_add_char(out, ' ');
    if (!list)
        value_print(item, out);
    buf_add_char(out, '\n');
    for (int i = 0; list && i < item->count; i++) {
        buf_add(out, "  - ");
        value_print(&item->items[i], out);
        buf_add_char(out, '\n');
    }
}
