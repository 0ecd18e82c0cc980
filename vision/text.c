#include "vision/text.h"

#include "base/buf.h"
#include "vision/cache.h"
#include "vision/memo.h"
#include "vision/reader.h"
#include "vision/strip.h"
#include "vision/words.h"

#include <stdlib.h>
#include <string.h>

#define LINES_AT_ONCE 256 /* that are read together: more is faster, and takes more memory */

struct text {
    bool (*allowed)(void *self, const char *line); /* may it be shared? NULL: yes */
    void *self;                                    /* borrowed */
    struct reader *reader;                         /* owned, as all that follows */
    struct cache *cache;                           /* NULL: none */
    struct memo *memo;
    struct buf line;
    struct strip strips[LINES_AT_ONCE];
    struct reader_line unread[LINES_AT_ONCE];
};

struct text *text_create(const char *language, struct err *e)
{
    struct reader *reader = reader_create(language ? language : "eng", e);
    if (!reader)
        return NULL;
    struct text *t = mem_zero(1, sizeof *t);
    t->reader = reader;
    struct digest rules;
    t->cache = reader_rules(reader, &rules) ? cache_open(rules) : NULL;
    t->memo = memo_create(t->cache);
    return t;
}

void text_destroy(struct text *t)
{
    if (!t)
        return;
    reader_destroy(t->reader);
    memo_destroy(t->memo);
    cache_close(t->cache);
    buf_finish(&t->line);
    for (int i = 0; i < LINES_AT_ONCE; i++) {
        strip_finish(&t->strips[i]);
        words_finish(&t->unread[i].words);
    }
    free(t);
}

void text_share_if(struct text *t, bool (*allowed)(void *self, const char *line), void *self)
{
    t->allowed = allowed;
    t->self = self;
}

static bool is_shared(struct text *t, const struct words *words)
{
    if (!t->allowed)
        return true;
    buf_reset(&t->line);
    for (int i = 0; i < words->count; i++)
        buf_addf(&t->line, "%s%s", i ? " " : "", words->text.text + words->items[i].text);
    return t->allowed(t->self, buf_text(&t->line));
}

static void line_tell(const struct words *words, struct rect place, int line, struct scene *scene)
{
    for (int i = 0; i < words->count; i++) {
        const struct words_item *item = &words->items[i];
        const char *text = words->text.text + item->text;
        struct word *word = scene_add_word(scene);
        word->text = arena_text(&scene->arena, text);
        word->box = (struct rect){place.x + item->box.x, place.y + item->box.y, item->box.width,
                                  item->box.height};
        word->confidence = item->confidence;
        word->line = line;
    }
}

/* Lines with the same pixels are read once. */
static bool is_among(const struct reader_line *lines, int count, const struct plane *gray)
{
    size_t size = (size_t)gray->width * (size_t)gray->height;
    for (int i = 0; i < count; i++) {
        const struct plane *other = &lines[i].strip->gray;
        if (other->width == gray->width && other->height == gray->height &&
            memcmp(other->pixels, gray->pixels, size) == 0)
            return true;
    }
    return false;
}

/* Reads those of the first COUNT strips that the memo doesn't know. */
static bool strips_read(struct text *t, int count, struct err *e)
{
    int unread = 0;
    for (int i = 0; i < count; i++)
        if (!memo_find(t->memo, &t->strips[i].gray) &&
            !is_among(t->unread, unread, &t->strips[i].gray))
            t->unread[unread++].strip = &t->strips[i];
    if (!unread)
        return true;
    if (!reader_read(t->reader, t->unread, unread, e))
        return false;
    for (int i = 0; i < unread; i++) {
        struct words *words = &t->unread[i].words;
        words_drop_drawn(words);
        memo_keep(t->memo, &t->unread[i].strip->gray, words, is_shared(t, words));
    }
    return true;
}

bool text_read(struct text *t, const struct plane *gray, const struct lines *lines,
               struct scene *scene, struct err *e)
{
    int line = scene->word_count ? scene->words[scene->word_count - 1].line + 1 : 0;
    for (int i = 0; i < lines->count;) {
        int count = 0;
        for (; i < lines->count && count < LINES_AT_ONCE; i++)
            count += strip_take(&t->strips[count], gray, lines->boxes[i]);
        if (!strips_read(t, count, e))
            return false;
        for (int k = 0; k < count; k++) {
            const struct words *words = memo_find(t->memo, &t->strips[k].gray);
            if (words && words->count)
                line_tell(words, t->strips[k].place, line++, scene);
        }
    }
    return true;
}
