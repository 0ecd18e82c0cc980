#include "emulator/document.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "emulator/shield.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define DEPTH_MAX 8
#define NODES_MAX 20000 /* also what makes looking for doubled keys one by one cheap enough */

struct reader {
    yaml_parser_t parser;
    const char *path;
    const char *text; /* as the parser sees it */
    int nodes;

    const char *line_at; /* where line LINE of the text begins; only ever goes on */
    int line;
};

static int line_of(yaml_mark_t mark)
{
    return (int)mark.line + 1;
}

/* The text from a mark on. Marks must not go backwards. */
static const char *text_at(struct reader *r, yaml_mark_t mark)
{
    while (r->line < line_of(mark)) {
        const char *end = strchr(r->line_at, '\n');
        if (!end)
            break;
        r->line_at = end + 1;
        r->line++;
    }
    const char *at = r->line_at;
    for (size_t i = 0; i < mark.column && *at && *at != '\n'; i++)
        utf8_next(&at);
    return at;
}

/* What a person would have to change; "" when libyaml's own words say enough. */
static const char *syntax_hint(struct reader *r)
{
    const char *problem = r->parser.problem ? r->parser.problem : "";
    const char *at = text_at(r, r->parser.problem_mark);
    if (strstr(problem, "cannot start any token"))
        return *at == '\t' ? ": indent with spaces, not with tabs"
                           : ": put a text that begins with this sign in quotes";
    if (strstr(problem, "mapping values are not allowed"))
        return ": put a text that holds \": \" in quotes";
    if (strstr(problem, "did not find expected") && r->parser.context)
        return ": is a quote, a bracket or an indentation wrong here?";
    return "";
}

static bool syntax_fail(struct reader *r, struct err *e)
{
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return err_set(e, ERR_IO, "%s: no memory", r->path);
    if (p->error == YAML_READER_ERROR) {
        int line = 1;
        for (size_t i = 0; i < p->problem_offset && r->text[i]; i++)
            line += r->text[i] == '\n';
        return err_set(e, ERR_USAGE, "%s:%d: %s (character 0x%02X)", r->path, line, p->problem,
                       (unsigned)p->problem_value);
    }
    return err_set(e, ERR_USAGE, "%s:%d: not YAML: %s%s", r->path, line_of(p->problem_mark),
                   p->problem ? p->problem : "it ends too early", syntax_hint(r));
}

static bool event_next(struct reader *r, yaml_event_t *event, struct err *e)
{
    return yaml_parser_parse(&r->parser, event) || syntax_fail(r, e);
}

/* An anchor, alias or tag is a text that should have been in quotes more often than it is meant. */
static bool sign_refuse(struct reader *r, const yaml_event_t *event, char sign, const char *rest,
                        struct err *e)
{
    return err_set(e, ERR_USAGE,
                   "%s:%d: %c%.60s without quotes means something else to YAML; put the text in "
                   "quotes (anchors, aliases and tags are not supported)",
                   r->path, line_of(event->start_mark), sign, rest);
}

static bool signs_check(struct reader *r, const yaml_event_t *event, struct err *e)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (event->type == YAML_ALIAS_EVENT)
        return sign_refuse(r, event, '*', (const char *)event->data.alias.anchor, e);
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (anchor)
        return sign_refuse(r, event, '&', (const char *)anchor, e);
    if (tag && strcmp((const char *)tag, YAML_STR_TAG) != 0)
        return sign_refuse(r, event, '!', (const char *)tag + (*tag == '!'), e);
    return true;
}

/* `Colour: #fff` has no value in YAML's eyes. Nobody means that. */
static bool empty_check(struct reader *r, const yaml_event_t *event, struct err *e)
{
    const char *rest = text_at(r, event->start_mark);
    rest += strspn(rest, " \t");
    if (rest[0] != '#' || strchr(" \t#\r\n", rest[1]))
        return true;
    return err_set(e, ERR_USAGE,
                   "%s:%d: %.*s without quotes is a comment to YAML; put the text in quotes, or a "
                   "space behind the # if a comment is meant",
                   r->path, line_of(event->start_mark), (int)strcspn(rest, "\r\n \t"), rest);
}

static bool text_null(const yaml_event_t *event, const char *text)
{
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !event->data.scalar.tag &&
           (!*text || strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
}

static bool text_read(struct reader *r, const yaml_event_t *event, struct node *out, struct err *e)
{
    struct buf text = {0};
    yaml_scalar_style_t style = event->data.scalar.style;
    shield_take((const char *)event->data.scalar.value, event->data.scalar.length, &text);
    if (strlen(buf_text(&text)) != text.length) { /* by the escape \0 */
        buf_finish(&text);
        return err_set(e, ERR_USAGE, "%s:%d: a NUL character", r->path, line_of(event->start_mark));
    }
    /* The end of a block's last line is how YAML writes it, not a key that someone wants pressed.
     */
    if ((style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE) &&
        text.length > 0 && text.text[text.length - 1] == '\n')
        text.text[--text.length] = '\0';
    out->kind = NODE_TEXT;
    out->null = text_null(event, buf_text(&text));
    out->text = buf_take(&text);
    return *out->text || !out->null || empty_check(r, event, e);
}

static bool node_read(struct reader *r, const yaml_event_t *event, int depth, struct node *out,
                      struct err *e);

static bool key_check(struct reader *r, const struct node *map, const struct node *key,
                      struct err *e)
{
    if (key->kind != NODE_TEXT)
        return err_set(e, ERR_USAGE, "%s:%d: a key is a text, not %s", r->path, key->line,
                       node_kind_name(key->kind));
    if (!*key->text)
        return err_set(e, ERR_USAGE, "%s:%d: a key without a name", r->path, key->line);
    for (int i = 0; i < map->count; i++)
        if (strcmp(map->items[i].key, key->text) == 0)
            return err_set(e, ERR_USAGE,
                           "%s:%d: \"%.80s\" stands here for the second time; the "
                           "first is in line %d",
                           r->path, key->line, key->text, map->items[i].key_line);
    return true;
}

/* Adds an item to a list or map: its event is here already, and a map's key comes before its value.
 */
static bool item_read(struct reader *r, const yaml_event_t *event, int depth, struct node *to,
                      struct err *e)
{
    struct node key = {0}, item = {0};
    bool read;
    if (to->kind == NODE_MAP) {
        yaml_event_t value;
        read = node_read(r, event, depth, &key, e) && key_check(r, to, &key, e);
        if (read && event_next(r, &value, e)) {
            read = node_read(r, &value, depth, &item, e);
            yaml_event_delete(&value);
        } else {
            read = false;
        }
    } else {
        read = node_read(r, event, depth, &item, e);
    }
    if (!read) {
        document_finish(&key);
        document_finish(&item);
        return false;
    }
    item.key = key.text;
    item.key_line = key.line;
    if ((to->count & (to->count - 1)) == 0) /* room for 1, 2, 4, 8 ... */
        to->items = mem_resize(to->items, (size_t)(to->count ? 2 * to->count : 1) * sizeof item);
    to->items[to->count++] = item;
    return true;
}

/* What is inside of a list or map, up to its end. */
static bool items_read(struct reader *r, int depth, struct node *out, struct err *e)
{
    yaml_event_type_t end =
        out->kind == NODE_MAP ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
    for (;;) {
        yaml_event_t event;
        if (!event_next(r, &event, e))
            return false;
        bool ended = event.type == end;
        bool read = ended || item_read(r, &event, depth, out, e);
        yaml_event_delete(&event);
        if (ended || !read)
            return read;
    }
}

/* On failure OUT holds what was read until then. */
static bool node_read(struct reader *r, const yaml_event_t *event, int depth, struct node *out,
                      struct err *e)
{
    out->line = line_of(event->start_mark);
    if (!signs_check(r, event, e))
        return false;
    if (++r->nodes > NODES_MAX)
        return err_set(e, ERR_USAGE, "%s:%d: more than %d values in one file", r->path, out->line,
                       NODES_MAX);
    if (event->type == YAML_SCALAR_EVENT)
        return text_read(r, event, out, e);
    if (depth >= DEPTH_MAX)
        return err_set(e, ERR_USAGE, "%s:%d: nested more than %d deep", r->path, out->line,
                       DEPTH_MAX);
    out->kind = event->type == YAML_MAPPING_START_EVENT ? NODE_MAP : NODE_LIST;
    return items_read(r, depth + 1, out, e);
}

/* What comes behind the document's root: its end, and nothing more. */
static bool end_read(struct reader *r, struct err *e)
{
    yaml_event_t event;
    do {
        if (!event_next(r, &event, e))
            return false;
        int line = line_of(event.start_mark);
        yaml_event_type_t type = event.type;
        yaml_event_delete(&event);
        if (type == YAML_DOCUMENT_START_EVENT)
            return err_set(e, ERR_USAGE,
                           "%s:%d: a second document begins here; there is one to a "
                           "file",
                           r->path, line);
        if (type == YAML_STREAM_END_EVENT)
            return true;
    } while (true);
}

static bool root_read(struct reader *r, struct node *out, struct err *e)
{
    for (;;) {
        yaml_event_t event;
        if (!event_next(r, &event, e))
            return false;
        yaml_event_type_t type = event.type;
        bool before = type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_START_EVENT;
        bool read = true;
        if (type == YAML_STREAM_END_EVENT)
            read = err_set(e, ERR_USAGE, "%s:1: the file is empty", r->path);
        else if (!before)
            read = node_read(r, &event, 0, out, e) && end_read(r, e);
        yaml_event_delete(&event);
        if (!before)
            return read;
    }
}

bool document_read(const char *path, const char *text, size_t size_bytes, struct node *out,
                   struct err *e)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* of byte order, before the first line */
    struct reader r = {.path = path, .line = 1};
    struct buf shielded = {0};
    struct node root = {0};
    if (strlen(text) != size_bytes || !shield_fits(text))
        return err_set(e, ERR_USAGE, "%s: holds characters that stand in no text", path);
    if (!yaml_parser_initialize(&r.parser))
        return err_set(e, ERR_IO, "%s: no memory", path);
    shield_put(strncmp(text, mark, sizeof mark - 1) == 0 ? text + sizeof mark - 1 : text,
               &shielded);
    r.text = r.line_at = buf_text(&shielded);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.text, shielded.length);
    bool read = root_read(&r, &root, e);
    yaml_parser_delete(&r.parser);
    buf_finish(&shielded);
    if (read)
        *out = root;
    else
        document_finish(&root);
    return read;
}

void document_finish(struct node *root)
{
    for (int i = 0; i < root->count; i++)
        document_finish(&root->items[i]);
    free(root->items);
    free(root->key);
    free(root->text);
    *root = (struct node){0};
}

const char *node_kind_name(enum node_kind kind)
{
    static const char *const names[] = {"a text", "a list", "a map"};
    return names[kind];
}
