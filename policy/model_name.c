#include "policy/model_name.h"

#include <stdlib.h>
#include <string.h>

#define FORM "PROVIDER/NAME or PROVIDER/NAME@http://ADDRESS is meant"

/* One of the words between PROVIDER and the slash. */
static bool take_word(struct model_name *n, const char *word, struct err *e)
{
    if (strcmp(word, "blind") == 0)
        return n->blind = true;
    struct buf known = {0};
    for (int i = 0; n->provider->ways && n->provider->ways[i]; i++) {
        if (strcmp(word, n->provider->ways[i]) == 0) {
            n->way = i;
            buf_finish(&known);
            return true;
        }
        buf_addf(&known, "%s, ", n->provider->ways[i]);
    }
    err_set(e, ERR_USAGE, "%s has no way \"%s\": %sblind are known", n->provider->name, word,
            buf_text(&known));
    buf_finish(&known);
    return false;
}

static bool take_provider(struct model_name *n, char *words, struct err *e)
{
    char *save;
    const char *word = strtok_r(words, "+", &save);
    n->provider = word ? provider_find(word) : NULL;
    if (!n->provider) {
        struct buf names = {0};
        provider_names(&names);
        err_set(e, ERR_USAGE, "there is no provider \"%s\": %s are known", word ? word : "",
                buf_text(&names));
        buf_finish(&names);
        return false;
    }
    n->way = n->provider->way_of ? n->provider->way_of(n->name) : 0;
    while ((word = strtok_r(NULL, "+", &save)))
        if (!take_word(n, word, e))
            return false;
    return true;
}

static bool is_address(const char *text)
{
    return strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0;
}

static bool parse(struct model_name *n, char *text, struct err *e)
{
    char *at = strstr(text, "@http");
    char *slash = strchr(text, '/');
    if (at)
        *at = '\0';
    if (!slash || (at && slash > at) || !slash[1])
        return err_set(e, ERR_USAGE, "model:%s: " FORM, text);
    *slash = '\0';
    n->name = mem_text(slash + 1);
    if (!take_provider(n, text, e))
        return false;
    if (at && !is_address(at + 1))
        return err_set(e, ERR_USAGE, "%s is no address: http://HOST:PORT/v1 is meant", at + 1);
    if (!at && !n->provider->base)
        return err_set(e, ERR_USAGE, "where is %s? %s/%s@http://ADDRESS is meant", n->name,
                       n->provider->name, n->name);
    n->base = mem_text(at ? at + 1 : n->provider->base);
    for (size_t length = strlen(n->base); length && n->base[length - 1] == '/';)
        n->base[--length] = '\0';
    return true;
}

bool model_name_parse(const char *text, struct model_name *out, struct err *e)
{
    char *copy = mem_text(text);
    *out = (struct model_name){0};
    bool fine = parse(out, copy, e);
    free(copy);
    if (!fine)
        model_name_finish(out);
    return fine;
}

void model_name_finish(struct model_name *n)
{
    free(n->name);
    free(n->base);
    *n = (struct model_name){0};
}
