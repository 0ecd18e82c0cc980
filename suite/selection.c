#include "suite/selection.h"

#include <regex.h>
#include <string.h>

static bool has_tag(const struct test_case *c, const char *tag)
{
    const struct texts *tags = &c->task->test.tags;
    for (int i = 0; i < tags->count; i++)
        if (strcmp(tags->items[i], tag) == 0)
            return true;
    return false;
}

/* One of those that are wanted, none of those that are not. */
static bool tags_fit(const struct selection *s, const struct test_case *c)
{
    bool wants = false, has = false;
    for (int i = 0; i < s->tag_count; i++) {
        const char *tag = s->tags[i];
        if (*tag == '!' && has_tag(c, tag + 1))
            return false;
        wants = wants || *tag != '!';
        has = has || (*tag != '!' && has_tag(c, tag));
    }
    return has || !wants;
}

static bool failed_before(const struct results *before, const struct test_case *c)
{
    for (int i = 0; i < before->count; i++) {
        const struct result *r = &before->items[i];
        bool bad = r->outcome == RESULT_FAILED || r->outcome == RESULT_BROKEN;
        if (bad && r->last && r->row == c->row_number && strcmp(r->file, c->task->path) == 0)
            return true;
    }
    return false;
}

bool selection_take(const struct selection *s, const struct cases *all, struct cases *out,
                    struct err *e)
{
    regex_t pattern;
    int error =
        s->pattern ? regcomp(&pattern, s->pattern, REG_EXTENDED | REG_ICASE | REG_NOSUB) : 0;
    int number = 0;
    if (error) {
        char why[128];
        regerror(error, &pattern, why, sizeof why);
        return err_set(e, ERR_USAGE, "the pattern \"%.80s\" is none: %s", s->pattern, why);
    }
    for (int i = 0; i < all->count; i++) {
        const struct test_case *c = &all->items[i];
        if ((s->pattern && regexec(&pattern, c->id, 0, NULL, 0) != 0) || !tags_fit(s, c) ||
            (s->failed && !failed_before(s->failed, c)))
            continue;
        if (s->shards && number++ % s->shards != s->shard - 1)
            continue;
        for (int k = 1; k <= (s->repeat > 1 ? s->repeat : 1); k++)
            cases_add(out, c, s->repeat > 1 ? k : 0);
    }
    if (s->pattern)
        regfree(&pattern);
    return true;
}
