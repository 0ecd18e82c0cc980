#include "policy/span.h"

#include "base/buf.h"

#include <ctype.h>
#include <string.h>

struct span span_part(struct span s, int from, int count)
{
    return (struct span){s.at + from, count};
}

struct span span_rest(struct span s, int from)
{
    return (struct span){s.at + from, s.count - from};
}

/* The number of words in a phrase of BYTES: one more than it has _. */
static int phrase_words(const char *phrase, size_t bytes)
{
    int n = 1;
    for (size_t i = 0; i < bytes; i++)
        n += phrase[i] == '_';
    return n;
}

static bool phrase_here(const struct token *at, const char *phrase, size_t bytes)
{
    const char *end = phrase + bytes;
    while (phrase < end) {
        size_t length = 0;
        while (phrase + length < end && phrase[length] != '_')
            length++;
        if (at->kind != TOKEN_WORD || strncmp(at->lower, phrase, length) != 0 || at->lower[length])
            return false;
        phrase += length + 1;
        at++;
    }
    return true;
}

static int longest(struct span s, const char *phrases, bool at_end)
{
    int best = 0;
    for (const char *phrase = phrases; *phrase;) {
        size_t bytes = strcspn(phrase, "|");
        int words = phrase_words(phrase, bytes);
        if (words > best && words <= s.count &&
            phrase_here(s.at + (at_end ? s.count - words : 0), phrase, bytes))
            best = words;
        phrase += bytes + (phrase[bytes] == '|');
    }
    return best;
}

int span_begins(struct span s, const char *phrases)
{
    return longest(s, phrases, false);
}

int span_ends(struct span s, const char *phrases)
{
    return longest(s, phrases, true);
}

bool span_is(struct span s, const char *phrases)
{
    return s.count > 0 && span_begins(s, phrases) == s.count;
}

bool span_has(struct span s, enum token_kind kind)
{
    for (int i = 0; i < s.count; i++)
        if (s.at[i].kind == kind)
            return true;
    return false;
}

bool span_is_quoted(struct span s)
{
    return s.count == 1 && s.at->kind == TOKEN_QUOTED;
}

const char *span_text(struct span s, size_t *bytes)
{
    if (span_is_quoted(s)) {
        *bytes = strlen(s.at->text);
        return s.at->text;
    }
    const struct token *last = &s.at[s.count - 1];
    *bytes = (size_t)(last->raw + last->raw_bytes - s.at->raw);
    return s.at->raw;
}

char *span_copy(struct span s)
{
    size_t bytes;
    const char *text = span_text(s, &bytes);
    return mem_text_n(text, bytes);
}

bool token_is(const struct token *t, const char *phrases)
{
    return span_is((struct span){t, 1}, phrases);
}

bool token_is_capital(const struct token *t)
{
    return t->kind == TOKEN_WORD && !islower((unsigned char)*t->text);
}
