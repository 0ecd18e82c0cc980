#include "policy/json.h"

#include <cjson/cJSON.h>
#include <math.h>

/* A struct json is a cJSON; nobody else knows. */
static cJSON *made(struct json *j)
{
    return (cJSON *)(void *)j;
}

static const cJSON *read(const struct json *j)
{
    return (const cJSON *)(const void *)j;
}

static struct json *wrap(cJSON *j)
{
    return (struct json *)(void *)j;
}

static const struct json *wrap_read(const cJSON *j)
{
    return (const struct json *)(const void *)j;
}

struct json *json_parse(const char *text)
{
    return wrap(cJSON_ParseWithOpts(text, NULL, true));
}

void json_destroy(struct json *j)
{
    cJSON_Delete(made(j));
}

bool json_is_object(const struct json *j)
{
    return cJSON_IsObject(read(j));
}

bool json_is_list(const struct json *j)
{
    return cJSON_IsArray(read(j));
}

bool json_is_number(const struct json *j)
{
    return cJSON_IsNumber(read(j));
}

bool json_is_bool(const struct json *j)
{
    return cJSON_IsBool(read(j));
}

bool json_is_true(const struct json *j)
{
    return cJSON_IsTrue(read(j));
}

bool json_is_null(const struct json *j)
{
    return cJSON_IsNull(read(j));
}

const struct json *json_member(const struct json *object, const char *name)
{
    return wrap_read(cJSON_GetObjectItemCaseSensitive(read(object), name));
}

int json_count(const struct json *list)
{
    return list ? cJSON_GetArraySize(read(list)) : 0;
}

const struct json *json_item(const struct json *list, int i)
{
    return json_is_list(list) ? wrap_read(cJSON_GetArrayItem(read(list), i)) : NULL;
}

const struct json *json_first(const struct json *list)
{
    return list ? wrap_read(read(list)->child) : NULL;
}

const struct json *json_next(const struct json *item)
{
    return wrap_read(read(item)->next);
}

const char *json_name(const struct json *member)
{
    return read(member)->string;
}

const char *json_string(const struct json *j)
{
    return cJSON_IsString(read(j)) ? read(j)->valuestring : NULL;
}

double json_double(const struct json *j)
{
    return json_is_number(j) ? read(j)->valuedouble : NAN;
}

const char *json_text(const struct json *object, const char *name)
{
    return json_string(json_member(object, name));
}

double json_number(const struct json *object, const char *name, double fallback)
{
    const struct json *item = json_member(object, name);
    return json_is_number(item) ? read(item)->valuedouble : fallback;
}

long json_whole(const struct json *object, const char *name)
{
    double number = json_number(object, name, 0);
    return isfinite(number) && number > 0 && number < 1e15 ? (long)number : 0;
}

struct json *json_object(void)
{
    return wrap(cJSON_CreateObject());
}

struct json *json_list(void)
{
    return wrap(cJSON_CreateArray());
}

struct json *json_copy(const struct json *j)
{
    return wrap(cJSON_Duplicate(read(j), true));
}

struct json *json_add(struct json *to, const char *name, struct json *value)
{
    if (!value)
        return NULL;
    if (name)
        cJSON_AddItemToObject(made(to), name, made(value));
    else
        cJSON_AddItemToArray(made(to), made(value));
    return value;
}

struct json *json_add_object(struct json *to, const char *name)
{
    return json_add(to, name, json_object());
}

struct json *json_add_list(struct json *to, const char *name)
{
    return json_add(to, name, json_list());
}

void json_add_text(struct json *to, const char *name, const char *text)
{
    json_add(to, name, wrap(cJSON_CreateString(text)));
}

void json_add_number(struct json *to, const char *name, double number)
{
    json_add(to, name, wrap(cJSON_CreateNumber(number)));
}

void json_add_bool(struct json *to, const char *name, bool value)
{
    json_add(to, name, wrap(cJSON_CreateBool(value)));
}

void json_add_null(struct json *to, const char *name)
{
    json_add(to, name, wrap(cJSON_CreateNull()));
}

void json_move(struct json *to, struct json *from)
{
    while (made(from)->child)
        cJSON_AddItemToArray(made(to), cJSON_DetachItemFromArray(made(from), 0));
}

void json_remove(struct json *object, const char *name)
{
    cJSON_DeleteItemFromObjectCaseSensitive(made(object), name);
}

void json_print(const struct json *j, struct buf *out)
{
    char *text = cJSON_PrintUnformatted(read(j));
    buf_add(out, text ? text : "null");
    cJSON_free(text);
}
