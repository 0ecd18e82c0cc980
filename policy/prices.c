#include "policy/prices.h"

#include "base/buf.h"
#include "policy/config.h"
#include "policy/json.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX_BYTES (1 << 20)
#define DOLLARS_MAX    1e6

/* The program's own table is in it, so that there is one wherever the program is. */
__asm__(".section .rodata\n"
        ".global prices_own\n"
        "prices_own: .incbin \"policy/prices.json\"\n"
        ".byte 0\n"
        ".previous\n");
extern const char prices_own[];

/* Which entry is the best so far. */
struct search {
    const char *file; /* for errors */
    const char *model;
    size_t length; /* of the name of the best */
    bool found;
    struct price *out;
};

static bool fail(const struct search *s, const char *model, const char *what, struct err *e)
{
    return err_set(e, ERR_USAGE, "%s: \"%.80s\": %s", s->file, model, what);
}

static bool rate_take(const struct json *entry, const char *name, double fallback, double *out)
{
    *out = json_number(entry, name, fallback);
    return *out >= 0 && *out <= DOLLARS_MAX &&
           (!json_member(entry, name) || json_is_number(json_member(entry, name)));
}

/* What a provider's cache costs is as much as without one when nothing is said. */
static bool rates_take(const struct json *entry, struct rates *out)
{
    return rate_take(entry, "input", NAN, &out->input) &&
           rate_take(entry, "output", NAN, &out->output) &&
           rate_take(entry, "cached", out->input, &out->cached) &&
           rate_take(entry, "cache_written", out->input, &out->cache_written);
}

static bool entry_take(struct search *s, const char *model, const struct json *entry, struct err *e)
{
    struct price price = {0};
    const struct json *beyond = json_member(entry, "above");
    if (!rates_take(entry, &price.rates))
        return fail(s, model, "input and output are needed, dollars per million tokens", e);
    if (beyond) {
        price.above = json_whole(beyond, "tokens");
        if (price.above <= 0 || !rates_take(beyond, &price.beyond))
            return fail(s, model, "above needs tokens, input and output", e);
    }
    *s->out = price;
    return true;
}

/* Is REST, what a model is called beyond an entry's name, but a date? */
static bool is_date(const char *rest)
{
    if (strcmp(rest, "-latest") == 0 || strcmp(rest, ":latest") == 0)
        return true;
    return *rest && strchr("-@:", *rest) && strspn(rest + 1, "0123456789") >= 4 &&
           rest[1 + strspn(rest + 1, "0123456789-")] == '\0';
}

static bool fits(const char *entry, const char *model, size_t *length)
{
    *length = strlen(entry);
    if (*length > 0 && entry[*length - 1] == '*')
        return strncmp(entry, model, --*length) == 0;
    return strncmp(entry, model, *length) == 0 && (!model[*length] || is_date(model + *length));
}

static bool table_search(struct search *s, const struct json *table, struct err *e)
{
    const struct json *models = json_member(table, "models");
    if (!json_is_object(models))
        return err_set(e, ERR_USAGE,
                       "%s: {\"models\": {\"PROVIDER/NAME\": {\"input\": 1, \"output\": 5}}} is "
                       "meant, or a list of such",
                       s->file);
    for (const struct json *entry = json_first(models); entry; entry = json_next(entry)) {
        size_t length;
        const char *name = json_name(entry);
        if (!fits(name, s->model, &length) || (s->found && length <= s->length))
            continue;
        if (!entry_take(s, name, entry, e))
            return false;
        s->found = true;
        s->length = length;
    }
    return true;
}

static bool text_search(struct search *s, const char *text, struct err *e)
{
    struct json *root = json_parse(text);
    bool fine = root || err_set(e, ERR_USAGE, "%s is not JSON", s->file);
    if (json_is_list(root))
        for (const struct json *table = json_first(root); fine && table; table = json_next(table))
            fine = table_search(s, table, e);
    else if (fine)
        fine = table_search(s, root, e);
    json_destroy(root);
    return fine;
}

/* The user's own file; without one nothing is found. */
static bool users_search(struct search *s, struct err *e)
{
    struct buf path = {0}, text = {0};
    const char *named = getenv("HEM_PRICES");
    char bytes[4096];
    bool own = named && *named, fine = true;
    if (own)
        buf_add(&path, named);
    else if (!config_path("prices.json", &path))
        return true;
    FILE *file = fopen(buf_text(&path), "re");
    if (!file && (own || (errno != ENOENT && errno != ENOTDIR)))
        fine = err_set(e, ERR_USAGE, "%s: %s", buf_text(&path), strerror(errno));
    for (size_t n;
         file && text.length <= FILE_MAX_BYTES && (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buf_add_bytes(&text, bytes, n);
    s->file = buf_text(&path);
    if (file && ferror(file))
        fine = err_set(e, ERR_USAGE, "%s: %s", s->file, strerror(errno));
    else if (text.length > FILE_MAX_BYTES)
        fine = err_set(e, ERR_USAGE, "%s is longer than %d bytes", s->file, FILE_MAX_BYTES);
    else if (file)
        fine = text_search(s, buf_text(&text), e);
    if (file)
        fclose(file);
    buf_finish(&text);
    buf_finish(&path);
    return fine;
}

static bool unknown(const char *model, struct err *e)
{
    return err_set(e, ERR_USAGE,
                   "what %s costs is not known, and so no limit in dollars could hold. Put its "
                   "price, in dollars per million tokens, into ~/.config/hem/prices.json (or the "
                   "file that HEM_PRICES names): {\"models\": {\"%s\": {\"input\": 1, \"output\": "
                   "5}}}",
                   model, model);
}

bool prices_find(const char *provider, const char *name, bool local, struct price *out,
                 struct err *e)
{
    struct buf model = {0};
    buf_addf(&model, "%s/%s", provider, name);
    struct search s = {.model = buf_text(&model), .out = out};
    *out = (struct price){0};
    bool fine = users_search(&s, e);
    s.file = "policy/prices.json";
    if (fine && !s.found && !local)
        fine = text_search(&s, prices_own, e) && (s.found || unknown(s.model, e));
    buf_finish(&model);
    return fine;
}

static const struct rates *rates_for(const struct price *p, double input_tokens)
{
    return p->above > 0 && input_tokens > (double)p->above ? &p->beyond : &p->rates;
}

double prices_cost(const struct price *price, const struct usage *u)
{
    double input = (double)u->input, cached = (double)u->cached;
    double written = (double)u->cache_written;
    const struct rates *r = rates_for(price, input + cached + written);
    if (u->dollars >= 0)
        return u->dollars;
    return (input * r->input + cached * r->cached + written * r->cache_written +
            (double)u->output * r->output) /
           1e6;
}

double prices_most(const struct price *price, long input_tokens, long output_tokens)
{
    const struct rates *r = rates_for(price, (double)input_tokens);
    double input = r->input > r->cache_written ? r->input : r->cache_written;
    return ((double)input_tokens * input + (double)output_tokens * r->output) / 1e6;
}
