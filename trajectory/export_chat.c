/*
 * Conversations: the goal and the picture, and the answer that a model is to give. What it is told
 * is what `hem run --policy model:` tells it.
 */
#include "trajectory/export_parts.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MAX 12 /* of what was done so far, as a model is told when it is asked */
#define IMAGE     "<image>"

/* ---- texts ---- */

/* The newest lines of what was done. */
struct history {
    char *lines[LINES_MAX]; /* owned */
    int count;              /* of all that there were */
};

static void line_add(struct history *h, char *line)
{
    char **slot = &h->lines[h->count++ % LINES_MAX];
    free(*slot);
    *slot = line;
}

/* An action that belongs to no step, without its place: that would be in other numbers. */
static void act_add(struct history *h, const struct act *act)
{
    struct buf line = {0};
    struct action action = act->action;
    action.has_at = false;
    action.path_count = 0;
    action_print(&action, &line);
    line_add(h, buf_take(&line));
}

/* What was done before turn TURN: the steps that had ended, and the actions that were of none. */
static void history_take(const struct exported *ep, int turn, struct history *h)
{
    const struct recording *r = &ep->recording;
    int act = 0;
    for (int i = 0; i <= turn; i++) {
        const struct ended *ended = &r->turns[i].ended;
        for (int k = 0; k < ended->count; k++)
            if (!ended->items[k].failed && strncmp(ended->items[k].line, "expect ", 7) != 0)
                line_add(h, mem_text(ended->items[k].line));
        for (; i < turn && act < ep->acts.count && ep->acts.items[act].turn <= i; act++)
            if (!*ep->acts.items[act].step)
                act_add(h, &ep->acts.items[act]);
    }
}

static void history_print(const struct exported *ep, int turn, struct buf *out)
{
    struct history h = {0};
    history_take(ep, turn, &h);
    if (h.count)
        buf_add(out, "\nWhat was done so far, the newest last:\n");
    for (int i = h.count > LINES_MAX ? h.count - LINES_MAX : 0; i < h.count; i++) {
        buf_add(out, "- ");
        words_prose(h.lines[i % LINES_MAX], out);
        buf_add_char(out, '\n');
    }
    for (int i = 0; i < LINES_MAX; i++)
        free(h.lines[i]);
}

static void user_text(const struct sample *s, struct buf *out)
{
    const struct exported *ep = s->episode;
    buf_add(out, "The goal: ");
    words_prose(ep->goal, out);
    buf_add_char(out, '\n');
    history_print(ep, s->turn, out);
}

/* The step is the thought: what is to be done next, in words. */
static void answer_text(const struct export *x, const struct sample *s, const struct words *words,
                        struct buf *out)
{
    const char *before = x->words == WORDS_UI_TARS && *s->step ? "Thought: " : "";
    buf_add(out, before);
    words_prose(s->step, out);
    buf_add(out, *s->step ? "\n" : "");
    if (x->words == WORDS_UI_TARS)
        buf_addf(out, "Action: %s", buf_text(&words->text));
    else if (x->words == WORDS_OPENCUA)
        buf_addf(out, "```python\n%s\n```", buf_text(&words->text));
    else
        buf_add(out, buf_text(&words->text));
}

/* As Qwen's chat template tells a model of a function. */
static void system_text(const struct export *x, struct buf *out)
{
    const struct export_prompt *prompt = &x->request->prompts[x->words];
    buf_add(out, prompt->system);
    if (prompt->function)
        buf_addf(out,
                 "\n\n# Tools\n\nYou may call one or more functions to assist with the user query."
                 "\n\nYou are provided with function signatures within <tools></tools> XML tags:\n"
                 "<tools>\n{\"type\": \"function\", \"function\": %s}\n</tools>\n\nFor each "
                 "function call, return a json object with function name and arguments within "
                 "<tool_call></tool_call> XML tags:\n<tool_call>\n{\"name\": <function-name>, "
                 "\"arguments\": <args-json-object>}\n</tool_call>",
                 prompt->function);
}

/* ---- rows ---- */

/* The three texts of a sample. */
struct texts {
    struct buf system, user, answer; /* owned */
};

static void texts_make(const struct export *x, const struct sample *s, const struct words *words,
                       struct texts *out)
{
    *out = (struct texts){0};
    system_text(x, &out->system);
    user_text(s, &out->user);
    answer_text(x, s, words, &out->answer);
}

static void texts_finish(struct texts *t)
{
    buf_finish(&t->system);
    buf_finish(&t->user);
    buf_finish(&t->answer);
}

static void id_add(cJSON *row, const struct sample *s)
{
    struct buf id = {0};
    buf_addf(&id, "%s/%06d", s->episode->id, s->number);
    cJSON_AddStringToObject(row, "id", buf_text(&id));
    buf_finish(&id);
}

static void message_add(cJSON *list, const char *role, const char *content)
{
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "role", role);
    cJSON_AddStringToObject(message, "content", content);
    cJSON_AddItemToArray(list, message);
}

static void images_add(cJSON *row, const struct sample *s)
{
    cJSON *images = cJSON_AddArrayToObject(row, "images");
    cJSON_AddItemToArray(images, cJSON_CreateString(s->picture));
}

static void messages_make(cJSON *row, const struct sample *s, struct texts *t,
                          const struct words *words)
{
    (void)words;
    cJSON *messages = cJSON_AddArrayToObject(row, "messages");
    buf_add(&t->user, IMAGE);
    message_add(messages, "system", buf_text(&t->system));
    message_add(messages, "user", buf_text(&t->user));
    message_add(messages, "assistant", buf_text(&t->answer));
    images_add(row, s);
}

/* Only people and models: what they are told before stands in front of the first question. */
static void conversations_make(cJSON *row, const struct sample *s, struct texts *t,
                               const struct words *words)
{
    (void)words;
    cJSON *list = cJSON_AddArrayToObject(row, "conversations");
    buf_addf(&t->system, "\n\n%s" IMAGE, buf_text(&t->user));
    for (int i = 0; i < 2; i++) {
        cJSON *turn = cJSON_CreateObject();
        cJSON_AddStringToObject(turn, "from", i ? "gpt" : "human");
        cJSON_AddStringToObject(turn, "value", buf_text(i ? &t->answer : &t->system));
        cJSON_AddItemToArray(list, turn);
    }
    cJSON_AddStringToObject(row, "image", s->picture);
}

/* ms-swift fills in the places itself, in the numbers of the model that is trained. */
static void objects_make(cJSON *row, const struct sample *s, struct texts *t,
                         const struct words *words)
{
    messages_make(row, s, t, words);
    cJSON *objects = cJSON_AddObjectToObject(row, "objects");
    cJSON_AddArrayToObject(objects, "ref");
    cJSON *boxes = cJSON_AddArrayToObject(objects, "bbox");
    for (int i = 0; i < words->place_count; i++)
        cJSON_AddItemToArray(boxes, cJSON_CreateDoubleArray(words->places[i], 2));
    cJSON_AddStringToObject(objects, "bbox_type",
                            words->shot->space == SHOT_UNIT ? "norm1" : "real");
}

static void part_add(cJSON *list, const char *type, const char *text)
{
    cJSON *part = cJSON_CreateObject();
    cJSON_AddStringToObject(part, "type", type);
    if (text)
        cJSON_AddStringToObject(part, "text", text);
    cJSON_AddItemToArray(list, part);
}

static cJSON *parts_add(cJSON *messages, const char *role, const char *text)
{
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "role", role);
    cJSON *parts = cJSON_AddArrayToObject(message, "content");
    part_add(parts, "text", text);
    cJSON_AddItemToArray(messages, message);
    return parts;
}

/* TRL: a picture is a part of a message. */
static void parts_make(cJSON *row, const struct sample *s, struct texts *t,
                       const struct words *words)
{
    (void)words;
    cJSON *messages = cJSON_AddArrayToObject(row, "messages");
    parts_add(messages, "system", buf_text(&t->system));
    part_add(parts_add(messages, "user", buf_text(&t->user)), "image", NULL);
    parts_add(messages, "assistant", buf_text(&t->answer));
    images_add(row, s);
}

typedef void row_make(cJSON *row, const struct sample *s, struct texts *t,
                      const struct words *words);

static bool sample_write(struct export *x, const struct sample *s, struct err *e)
{
    static row_make *const make[] = {
        [CHAT_MESSAGES] = messages_make,
        [CHAT_OBJECTS] = objects_make,
        [CHAT_PARTS] = parts_make,
        [CHAT_CONVERSATIONS] = conversations_make,
    };
    enum chat_row chat = x->format->chat;
    struct words words;
    struct texts texts;
    bool written = true;
    if (export_words(x, s, chat == CHAT_OBJECTS, &words)) {
        cJSON *row = cJSON_CreateObject();
        texts_make(x, s, &words, &texts);
        id_add(row, s);
        make[chat](row, s, &texts, &words);
        written = export_picture(x, s->source, s->picture, e) &&
                  export_row(x, cJSON_PrintUnformatted(row), e);
        cJSON_Delete(row);
        texts_finish(&texts);
        x->report.samples++;
    }
    buf_finish(&words.text);
    return written;
}

bool chat_episode(struct export *x, const struct exported *episode, struct err *e)
{
    return export_samples(x, episode, sample_write, e);
}

/* ---- what LLaMA-Factory knows a data set by ---- */

static cJSON *dataset_json(const char *file)
{
    static const char *const tags[][2] = {{"role_tag", "role"},
                                          {"content_tag", "content"},
                                          {"user_tag", "user"},
                                          {"assistant_tag", "assistant"},
                                          {"system_tag", "system"}};
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "file_name", file);
    cJSON_AddStringToObject(json, "formatting", "sharegpt");
    cJSON *columns = cJSON_AddObjectToObject(json, "columns");
    cJSON_AddStringToObject(columns, "messages", "messages");
    cJSON_AddStringToObject(columns, "images", "images");
    cJSON *of = cJSON_AddObjectToObject(json, "tags");
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        cJSON_AddStringToObject(of, tags[i][0], tags[i][1]);
    return json;
}

bool chat_llamafactory_finish(struct export *x, struct err *e)
{
    cJSON *json = cJSON_CreateObject();
    for (int i = 0; i < x->split_count; i++) {
        struct buf name = {0}, file = {0};
        buf_addf(&name, "hem_%s", x->splits[i].name);
        buf_addf(&file, "%s.jsonl", x->splits[i].name);
        cJSON_AddItemToObject(json, buf_text(&name), dataset_json(buf_text(&file)));
        buf_finish(&name);
        buf_finish(&file);
    }
    char *text = cJSON_Print(json);
    cJSON_Delete(json);
    bool written = export_open(x, "dataset_info.json", e) && export_row(x, text, e);
    return export_rows_end(x, e) && written;
}
