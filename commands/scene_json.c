#include "commands/scene_json.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

static void add_text(cJSON *object, const char *name, const char *text)
{
    struct buf clean = {0};
    if (!text) {
        cJSON_AddNullToObject(object, name);
        return;
    }
    utf8_clean(text, &clean);
    cJSON_AddStringToObject(object, name, buf_text(&clean));
    buf_finish(&clean);
}

static void add_box(cJSON *object, struct rect r)
{
    const int sides[4] = {r.x, r.y, r.width, r.height};
    cJSON_AddItemToObject(object, "box", cJSON_CreateIntArray(sides, 4));
}

/* Three decimals are enough, and 0.9 looks like 0.9. */
static void add_number(cJSON *object, const char *name, double number)
{
    cJSON_AddNumberToObject(object, name, round(number * 1000) / 1000);
}

static cJSON *element_json(const struct element *e)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddNumberToObject(object, "id", e->id);
    cJSON_AddStringToObject(object, "role", role_name(e->role));
    add_text(object, "text", e->text);
    add_text(object, "label", e->label);
    add_text(object, "value", e->value);
    add_box(object, e->box);
    cJSON *states = cJSON_AddArrayToObject(object, "states");
    for (int i = 0; i < STATE_BITS; i++)
        if (e->states & 1u << i)
            cJSON_AddItemToArray(states, cJSON_CreateString(state_name((enum state)(1u << i))));
    if (e->group && e->group[0])
        add_text(object, "group", e->group);
    add_number(object, "confidence", e->confidence);
    return object;
}

static cJSON *word_json(const struct word *w)
{
    cJSON *object = cJSON_CreateObject();
    add_text(object, "text", w->text);
    add_box(object, w->box);
    add_number(object, "confidence", w->confidence);
    return object;
}

void scene_json(const struct scene *scene, struct buf *out)
{
    cJSON *root = cJSON_CreateObject();
    cJSON_AddNumberToObject(root, "width", scene->width);
    cJSON_AddNumberToObject(root, "height", scene->height);
    cJSON *elements = cJSON_AddArrayToObject(root, "elements");
    for (int i = 0; i < scene->element_count; i++)
        cJSON_AddItemToArray(elements, element_json(&scene->elements[i]));
    cJSON *words = cJSON_AddArrayToObject(root, "words");
    for (int i = 0; i < scene->word_count; i++)
        cJSON_AddItemToArray(words, word_json(&scene->words[i]));
    cJSON *ms = cJSON_AddObjectToObject(root, "ms");
    add_number(ms, "capture", scene->capture_ms);
    add_number(ms, "read", scene->read_ms);
    char *text = cJSON_PrintUnformatted(root);
    buf_add(out, text ? text : "{}");
    cJSON_free(text);
    cJSON_Delete(root);
}
