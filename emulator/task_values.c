#include "emulator/task_parts.h"

#include "base/action.h"
#include "base/buf.h"
#include "base/frame.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PASTE_KEYS_MAX  8
#define SCREEN_SIDE_MIN 64

bool value_text(struct reading *r, const struct node *value, char **out, struct err *e)
{
    if (value->kind != NODE_TEXT)
        return reading_fail(r, value->line, e, "%s must be a text, not %s", value->key,
                            node_kind_name(value->kind));
    if (value->null)
        return true;
    if (!*value->text)
        return reading_fail(r, value->line, e, "%s is empty", value->key);
    free(*out);
    *out = mem_text(value->text);
    return true;
}

bool value_texts(struct reading *r, const struct node *value, struct texts *out, struct err *e)
{
    if (value->kind == NODE_TEXT && value->null)
        return true;
    if (value->kind == NODE_MAP)
        return reading_fail(r, value->line, e, "%s must be a list of texts, not a map", value->key);
    const struct node *items = value->kind == NODE_LIST ? value->items : value;
    int count = value->kind == NODE_LIST ? value->count : 1;
    for (int i = 0; i < count; i++) {
        if (items[i].kind != NODE_TEXT)
            return reading_fail(r, items[i].line, e,
                                "%s must be a list of texts; item %d is %s (put a text that holds "
                                "\": \" in quotes)",
                                value->key, i + 1, node_kind_name(items[i].kind));
        if (!*items[i].text)
            return reading_fail(r, items[i].line, e, "item %d of %s is empty", i + 1, value->key);
        texts_add(out, items[i].text);
    }
    return true;
}

bool value_number(struct reading *r, const struct node *value, double least, double most,
                  double *out, struct err *e)
{
    char *end;
    if (value->kind != NODE_TEXT)
        return reading_fail(r, value->line, e, "%s must be a number, not %s", value->key,
                            node_kind_name(value->kind));
    if (value->null)
        return true;
    double number = strtod(value->text, &end);
    if (!*value->text || *end || value->text[strspn(value->text, "0123456789.eE+-")])
        return reading_fail(r, value->line, e, "%s must be a number, not \"%.80s\"", value->key,
                            value->text);
    if (!(number >= least && number <= most))
        return reading_fail(r, value->line, e, "%s must be from %g to %.0f, not %.80s", value->key,
                            least, most, value->text);
    *out = number;
    return true;
}

bool text_yes(const char *text, bool *out)
{
    static const char *const words[] = {"no", "yes", "false", "true"};
    for (int i = 0; i < 4; i++)
        if (strcmp(text, words[i]) == 0) {
            *out = i % 2;
            return true;
        }
    return false;
}

/* The length of the word that TEXT begins with; a space inside of a hole is not the end of it. */
static size_t word_length(const char *text)
{
    size_t length = 0;
    while (text[length] && text[length] != ' ' && text[length] != '\t' && text[length] != '\n') {
        const char *end = strncmp(text + length, "{{", 2) == 0 ? strstr(text + length, "}}") : NULL;
        length = end ? (size_t)(end - text) + 2 : length + 1;
    }
    return length;
}

/* No shell is there to read quotes, pipes and variables: it is better to say so than to start
 * something else. */
static bool word_check(struct reading *r, const struct node *value, const char *word, struct err *e)
{
    static const char *const signs[] = {"|", "||", "&", "&&", ";", "<", ">", ">>", "2>&1"};
    bool shell = strpbrk(word, "\"'\\`") != NULL;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        shell = shell || strcmp(word, signs[i]) == 0;
    return !shell || reading_fail(r, value->line, e,
                                  "program is started without a shell, which \"%.80s\" would need; "
                                  "write a list, such as [sh, -c, \"...\"]",
                                  word);
}

static bool program_split(struct reading *r, const struct node *value, struct err *e)
{
    const char *at = value->text;
    for (at += strspn(at, " \t\n"); *at; at += strspn(at, " \t\n")) {
        size_t length = word_length(at);
        char *word = mem_text_n(at, length);
        bool fine = word_check(r, value, word, e);
        if (fine)
            texts_add(&r->task->program, word);
        free(word);
        if (!fine)
            return false;
        at += length;
    }
    return true;
}

static bool program_list(struct reading *r, const struct node *value, struct err *e)
{
    for (int i = 0; i < value->count; i++) {
        const struct node *item = &value->items[i];
        if (item->kind != NODE_TEXT)
            return reading_fail(r, item->line, e,
                                "program is a list of texts; item %d is %s (put it in quotes)",
                                i + 1, node_kind_name(item->kind));
        texts_add(&r->task->program, item->text); /* an empty argument is an argument */
    }
    return true;
}

bool program_take(struct reading *r, const struct node *value, struct err *e)
{
    if (value->kind == NODE_MAP)
        return reading_fail(r, value->line, e,
                            "program is a list or a text, such as [xterm, -e, top], not a map");
    if (!(value->kind == NODE_LIST ? program_list(r, value, e) : program_split(r, value, e)))
        return false;
    const struct texts *program = &r->task->program;
    return (program->count > 0 && *program->items[0]) ||
           reading_fail(r, value->line, e, "program is empty; name one, or leave the key out");
}

bool environment_take(struct reading *r, const struct node *value, struct err *e)
{
    if (value->kind == NODE_TEXT && value->null)
        return true;
    if (value->kind != NODE_MAP)
        return reading_fail(r, value->line, e,
                            "environment is %s; it must be a map, such as {LANG: C.UTF-8}",
                            node_kind_name(value->kind));
    for (int i = 0; i < value->count; i++) {
        const struct node *item = &value->items[i];
        struct buf text = {0};
        if (strchr(item->key, '='))
            return reading_fail(r, item->key_line, e, "\"%.80s\" is no name of a variable",
                                item->key);
        if (item->kind != NODE_TEXT)
            return reading_fail(r, item->line, e, "the variable %.80s must be a text, not %s",
                                item->key, node_kind_name(item->kind));
        buf_addf(&text, "%s=%s", item->key, item->null ? "" : item->text);
        texts_add(&r->task->environment, buf_text(&text));
        buf_finish(&text);
    }
    return true;
}

/* A side of the screen, at most five digits; 0 for none. */
static int side_read(const char **text)
{
    int side = 0;
    *text += strspn(*text, " ");
    for (int i = 0; i < 5 && isdigit((unsigned char)**text); i++)
        side = side * 10 + (*(*text)++ - '0');
    *text += strspn(*text, " ");
    return side;
}

bool screen_take(struct reading *r, const struct node *value, struct err *e)
{
    char *text = NULL;
    if (value->kind != NODE_TEXT)
        return reading_fail(r, value->line, e, "screen must be a text such as 1280x800, not %s",
                            node_kind_name(value->kind));
    if (!value_text(r, value, &text, e))
        return false;
    if (!text)
        return true;
    const char *at = text;
    int width = side_read(&at);
    bool by = *at == 'x' || *at == 'X';
    at += by;
    int height = side_read(&at);
    bool read = by && !*at;
    free(text);
    if (!read)
        return reading_fail(r, value->line, e,
                            "screen must be width x height, such as 1280x800, not \"%.80s\"",
                            value->text);
    if (width < SCREEN_SIDE_MIN || height < SCREEN_SIDE_MIN || !frame_may_be(width, height))
        return reading_fail(r, value->line, e,
                            "screen must be from %dx%d to %dx%d and at most %d pixels, "
                            "not \"%.80s\"",
                            SCREEN_SIDE_MIN, SCREEN_SIDE_MIN, FRAME_SIDE_MAX, FRAME_SIDE_MAX,
                            FRAME_PIXELS_MAX, value->text);
    r->task->width = width;
    r->task->height = height;
    return true;
}

/* One value; several of a list become one datum each, all of the same name. */
static bool field_add(struct reading *r, const char *name, const struct node *value, struct err *e)
{
    if (value->kind != NODE_TEXT)
        return reading_fail(r, value->line, e,
                            "the value of \"%.80s\" must be a text or a list of texts, not %s",
                            name, value->kind == NODE_LIST ? "a list in a list" : "a map");
    data_add(&r->task->fields, name, value->null ? "" : value->text);
    return true;
}

bool fields_take(struct reading *r, const struct node *value, struct err *e)
{
    if (value->kind == NODE_TEXT && value->null)
        return true;
    if (value->kind != NODE_MAP)
        return reading_fail(r, value->line, e,
                            "fields is %s; it must be a map of labels and values, such as "
                            "{First name: Ada, Country: France}",
                            node_kind_name(value->kind));
    for (int i = 0; i < value->count; i++) {
        const struct node *item = &value->items[i];
        if (item->kind != NODE_LIST && !field_add(r, item->key, item, e))
            return false;
        for (int k = 0; item->kind == NODE_LIST && k < item->count; k++)
            if (!field_add(r, item->key, &item->items[k], e))
                return false;
    }
    return true;
}

/* It becomes part of a file's name. */
bool language_take(struct reading *r, const struct node *value, struct err *e)
{
    if (!value_text(r, value, &r->task->language, e))
        return false;
    const char *language = r->task->language;
    if (!language)
        return true;
    for (const char *at = language; *at; at++)
        if (!isalnum((unsigned char)*at) && !strchr("_+/-", *at))
            return reading_fail(r, value->line, e,
                                "language must be one of Tesseract's, such as eng or deu+eng, not "
                                "\"%.80s\"",
                                language);
    return true;
}

bool paste_take(struct reading *r, const struct node *value, struct err *e)
{
    char keys[PASTE_KEYS_MAX][KEY_NAME_SIZE], bad[KEY_NAME_SIZE];
    if (!value_text(r, value, &r->task->paste, e))
        return false;
    const char *paste = r->task->paste;
    if (paste &&
        (strlen(paste) >= ACTION_KEYS_SIZE || !keys_split(paste, keys, PASTE_KEYS_MAX, bad)))
        return reading_fail(
            r, value->line, e,
            "paste must be the keys that the program pastes at, such as Ctrl+V, not "
            "\"%.80s\"",
            paste);
    return true;
}

bool repeatable_take(struct reading *r, const struct node *value, struct err *e)
{
    char *text = NULL;
    if (!value_text(r, value, &text, e))
        return false;
    bool ok = !text || text_yes(text, &r->task->repeatable) ||
              reading_fail(r, value->line, e, "repeatable must be yes or no, not \"%.80s\"", text);
    free(text);
    return ok;
}
