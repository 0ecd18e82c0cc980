#include "policy/dialect.h"

#include "policy/json.h"
#include "policy/spoken.h"
#include "policy/tools.h"

#include <stdlib.h>
#include <string.h>

bool dialect_json(struct reply *r, const char *text, struct err *e)
{
    const char *begin = strchr(text, '{');
    const char *end = strrchr(text, '}');
    if (!begin || !end || end < begin)
        return err_set(e, ERR_REPLY, "the answer holds no JSON object");
    char *json = mem_text_n(begin, (size_t)(end + 1 - begin));
    bool fine = tools_answer(r, json, e);
    free(json);
    return fine;
}

void dialect_call(struct reply *r, const char *id, const char *name, const char *arguments,
                  const struct shot *shot)
{
    struct buf text = {0};
    struct json *json = json_parse(arguments);
    buf_add(&text, arguments);
    if (*arguments && !json)
        buf_add_char(&text, '}');
    json_destroy(json);
    if (strcmp(name, "computer_use") == 0)
        dialect_qwen_call(r, id, name, buf_text(&text), shot);
    else
        tools_call(r, id, name, buf_text(&text));
    buf_finish(&text);
}

/* {"name": "steps", "arguments": {...}} */
static void take_json_call(struct reply *r, const char *text, const struct shot *shot)
{
    struct json *json = json_parse(text);
    const char *name = json_text(json, "name");
    const struct json *arguments = json_member(json, "arguments");
    struct buf print = {0};
    if (arguments)
        json_print(arguments, &print);
    dialect_call(r, NULL, name ? name : "", buf_text(&print), shot);
    buf_finish(&print);
    json_destroy(json);
}

static void take_xml_call(struct reply *r, const char *text, const struct shot *shot)
{
    struct spoken s;
    if (!spoken_read_xml(text, &s))
        return;
    struct json *arguments = json_object();
    struct buf print = {0};
    for (int i = 0; i < s.count; i++) {
        struct json *value = json_parse(s.arguments[i].value);
        if (value)
            json_add(arguments, s.arguments[i].name, value);
        else
            json_add_text(arguments, s.arguments[i].name, s.arguments[i].value);
    }
    json_print(arguments, &print);
    dialect_call(r, NULL, s.name, buf_text(&print), shot);
    buf_finish(&print);
    json_destroy(arguments);
    spoken_finish(&s);
}

static void take_tool_calls(struct reply *r, const char *text, const struct shot *shot)
{
    const char *begin;
    while ((begin = strstr(text, "<tool_call>"))) {
        begin += strlen("<tool_call>");
        const char *end = strstr(begin, "</tool_call>");
        size_t length = end ? (size_t)(end - begin) : strlen(begin);
        char *call = mem_text_n(begin, length);
        if (strstr(call, "<function="))
            take_xml_call(r, call, shot);
        else
            take_json_call(r, call, shot);
        free(call);
        text = begin + length;
    }
}

static void add(struct reply *r, enum call_kind kind, const char *text, size_t length)
{
    struct call *call = reply_add(r, kind, NULL, NULL);
    if (call)
        call->text = mem_text_n(text, length);
}

/* The lines between ```steps and ```, without empty ones. */
static const char *take_block(struct reply *r, const char *at)
{
    struct buf lines = {0};
    while (*at && strncmp(at, "```", 3) != 0) {
        size_t length = strcspn(at, "\n");
        if (strspn(at, " \t\r") < length) {
            buf_add(&lines, lines.length ? "\n" : "");
            buf_add_bytes(&lines, at, length);
        }
        at += length + (at[length] ? 1 : 0);
    }
    if (lines.length)
        add(r, CALL_STEPS, buf_text(&lines), lines.length);
    buf_finish(&lines);
    return at + strcspn(at, "\n");
}

static const char *after(const char *line, const char *word)
{
    size_t length = strlen(word);
    return strncmp(line, word, length) == 0 ? line + length + strspn(line + length, " ") : NULL;
}

static void take_lines(struct reply *r, const char *text)
{
    for (const char *line = text; *line;) {
        const char *rest;
        size_t length = strcspn(line, "\n");
        if (after(line, "```steps")) {
            line = take_block(r, line + length + (line[length] ? 1 : 0));
            length = 0;
        } else if ((rest = after(line, "DONE:"))) {
            add(r, CALL_DONE, rest, strcspn(rest, "\n"));
        } else if ((rest = after(line, "GIVE UP:"))) {
            add(r, CALL_FAILED, rest, strcspn(rest, "\n"));
        } else if ((rest = after(line, "ASK:"))) {
            add(r, CALL_ASK, rest, strcspn(rest, "\n"));
        }
        line += length + (line[length] ? 1 : 0);
    }
}

void dialect_text(struct reply *r, const char *text, const struct shot *shot)
{
    take_tool_calls(r, text, shot);
    if (!r->count)
        take_lines(r, text);
}
