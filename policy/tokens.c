#include "policy/tokens.h"

#include "base/buf.h"
#include "policy/lexicon.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ARROW            "\xe2\x86\x92" /* U+2192 */
#define ANGLE            "\xe2\x80\xba" /* U+203A */
#define BULLET           "\xe2\x80\xa2" /* U+2022 */
#define APOSTROPHE       "\xe2\x80\x99" /* U+2019 */
#define APOSTROPHE_BYTES (sizeof APOSTROPHE - 1)

/* Pairs of quotation marks; a single one closes only where a word ends, as it may be an apostrophe.
 */
static const struct {
    const char *open, *close;
    bool single;
} quotes[] = {
    {"\"", "\"", false},
    {"\xe2\x80\x9c", "\xe2\x80\x9d", false}, /* “ ” */
    {"\xe2\x80\x9e", "\xe2\x80\x9c", false}, /* „ “ */
    {"\xe2\x80\x9e", "\xe2\x80\x9d", false}, /* „ ” */
    {"\xc2\xab", "\xc2\xbb", false},         /* « » */
    {"\xe2\x80\x98", APOSTROPHE, true},      /* ‘ ’ */
    {"'", "'", true},
    {"`", "`", true},
};

struct reader {
    struct tokens *out;
    int brackets;     /* open ones */
    const char *line; /* the beginning of the line that is read */
    const char *at;
    int next_number; /* of a numbered list; 0 when the text is none */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool starts(const char *at, const char *with)
{
    return strncmp(at, with, strlen(with)) == 0;
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static struct token *token_add(struct tokens *t, enum token_kind kind, const char *raw,
                               size_t bytes)
{
    if (t->count == t->capacity) {
        t->capacity = t->capacity ? t->capacity * 2 : 64;
        t->items = mem_resize(t->items, (size_t)t->capacity * sizeof *t->items);
    }
    struct token *token = &t->items[t->count++];
    *token = (struct token){.kind = kind, .raw = raw, .raw_bytes = bytes};
    token->text = token->lower = arena_text_n(&t->arena, raw, bytes);
    return token;
}

/* Several ends in a row are one, and none stands at the beginning. */
static void stop_add(struct reader *r, size_t bytes)
{
    const struct tokens *t = r->out;
    if (t->count > 0 && t->items[t->count - 1].kind != TOKEN_STOP)
        token_add(r->out, TOKEN_STOP, r->at, bytes);
    r->at += bytes;
}

static void word_add(struct reader *r, size_t bytes)
{
    struct token *t = token_add(r->out, TOKEN_WORD, r->at, bytes);
    char *lower = arena_alloc(&r->out->arena, bytes + 1);
    size_t n = 0;
    for (const char *c = t->text; *c;) {
        bool curly = starts(c, APOSTROPHE);
        lower[n++] = curly ? '\'' : (char)tolower((unsigned char)*c);
        c += curly ? APOSTROPHE_BYTES : 1;
    }
    t->ends = n > 1 && (lower[n - 1] == '!' || lower[n - 1] == '?');
    while (n > 1 && (lower[n - 1] == '!' || lower[n - 1] == '?'))
        n--;
    lower[n] = '\0';
    t->lower = lower;
    r->at += bytes;
}

static bool at_quote(const char *at)
{
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
        if (starts(at, quotes[i].open))
            return true;
    return false;
}

/* The bytes of the sign between two names of a menu path: File > Save; 0 for none. */
static size_t arrow_length(const char *at)
{
    static const char *const arrows[] = {"->", ">", ARROW, ANGLE, "\xc2\xbb"};
    for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++) {
        const char *after = at + strlen(arrows[i]);
        if (starts(at, arrows[i]) && (is_space(*after) || isalpha((unsigned char)*after)))
            return (size_t)(after - at);
    }
    return 0;
}

/* The bytes up to the next space or arrow; holes {{...}} are whole. */
static size_t chunk_length(const char *at)
{
    size_t n = 0;
    while (at[n] && at[n] != '\n' && !is_space(at[n])) {
        if (n > 0 && in_word(at[n - 1]) && arrow_length(at + n))
            break;
        const char *end = starts(at + n, "{{") ? strstr(at + n, "}}") : NULL;
        n = end ? (size_t)(end - at) + 2 : n + 1;
    }
    return n;
}

/* Does what stands behind a full stop begin a sentence that says to do something? */
static bool clause_follows(const char *at)
{
    char word[24];
    size_t n = 0;
    while (is_space(*at) || *at == '\n')
        at++;
    while (isalpha((unsigned char)at[n]) && n < sizeof word - 1) {
        word[n] = (char)tolower((unsigned char)at[n]);
        n++;
    }
    word[n] = '\0';
    return n > 0 && (lexicon_is_verb(word) || lexicon_is_opener(word));
}

/* Is the full stop at the end of this chunk part of its word: "Mr.", "J.", "Save as..."? */
static bool stop_belongs(const char *at, size_t bytes)
{
    const char *after = at + bytes + strspn(at + bytes, " \t\r");
    bool last = *after == '\0' || *after == '\n';
    if (bytes > 2 && at[bytes - 2] == '.')
        return true;
    if (last || clause_follows(after))
        return false;
    bool initial = bytes == 2 && isupper((unsigned char)*at);
    return initial || lexicon_is_abbreviation(at, bytes - 1);
}

/* A quote in the middle of a word closes what was never opened. Behind a digit it is inches: 5". */
static bool quote_is_stray(const char *at, size_t bytes)
{
    for (size_t i = 1; i < bytes; i++)
        if (at[i] == '"' && !isdigit((unsigned char)at[i - 1]) && !memchr(at, '{', i))
            return true;
    return false;
}

/* The chunk's punctuation at its end becomes tokens of its own. */
static bool chunk_add(struct reader *r, struct err *e)
{
    size_t length = chunk_length(r->at), word = length;
    char last = r->at[length - 1];
    if (*r->at == '(' && length > 1) {
        r->brackets++;
        word_add(r, 1);
        return true;
    }
    if (quote_is_stray(r->at, length))
        return err_set(e, ERR_USAGE, "a quote was never opened: %.*s",
                       length < 60 ? (int)length : 60, r->at);
    bool punctuated = strchr(",;:.", last) && !(last == '.' && stop_belongs(r->at, length));
    word -= punctuated;
    bool closing = word > 1 && r->at[word - 1] == ')' && r->brackets > 0;
    if (closing) {
        r->brackets--;
        word_add(r, word - 1);
        word_add(r, 1);
    } else if (word > 0) {
        word_add(r, word);
    }
    if (!punctuated)
        return true;
    if (last == ',' || last == ':')
        token_add(r->out, last == ',' ? TOKEN_COMMA : TOKEN_COLON, r->at++, 1);
    else
        stop_add(r, 1);
    return true;
}

/* Where the text that quotes[i] opens at AT ends, before its closing mark; NULL when it never does.
 */
static const char *quote_end(const char *at, size_t i)
{
    size_t close = strlen(quotes[i].close);
    const char *end = strstr(at + strlen(quotes[i].open), quotes[i].close);
    if (!quotes[i].single)
        return end;
    while (end && in_word(end[close]))
        end = strstr(end + close, quotes[i].close);
    const char *line = strchr(at, '\n');
    return end && line && end > line ? NULL : end;
}

/* A quoted text. A single mark that never closes is an apostrophe, and begins a word. */
static bool quoted_take(struct reader *r, struct err *e)
{
    const char *from = NULL, *to = NULL;
    size_t close = 0;
    bool single = false;
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
        const char *end = starts(r->at, quotes[i].open) ? quote_end(r->at, i) : NULL;
        single = single || (quotes[i].single && starts(r->at, quotes[i].open));
        if (!end || (to && to < end))
            continue;
        from = r->at + strlen(quotes[i].open);
        to = end;
        close = strlen(quotes[i].close);
    }
    if (!to && !single)
        return err_set(e, ERR_USAGE, "a quote is never closed: %.60s", r->at);
    if (!to)
        return chunk_add(r, e);
    struct token *t = token_add(r->out, TOKEN_QUOTED, r->at, (size_t)(to - r->at) + close);
    t->text = arena_text_n(&r->out->arena, from, (size_t)(to - from));
    t->lower = "";
    r->at = to + close;
    return true;
}

/* "1." or "2)" at the beginning of a line, or inside of one when it is the list's next number; "-",
 * "*", "Step 3:". */
static size_t list_mark(const struct reader *r, int *number)
{
    bool at_start = r->at == r->line;
    if (at_start && (starts(r->at, "- ") || starts(r->at, "* ")))
        return 2;
    if (at_start && starts(r->at, BULLET))
        return sizeof BULLET - 1;
    size_t step = at_start && strncasecmp(r->at, "step ", 5) == 0 ? 5 : 0, n = step;
    while (isdigit((unsigned char)r->at[n]) && n < step + 3)
        n++;
    if (n == step || !strchr(".):", r->at[n]) || !r->at[n] || !is_space(r->at[n + 1]))
        return 0;
    *number = (int)strtol(r->at + step, NULL, 10);
    if (at_start || (*number > 1 && *number == r->next_number && clause_follows(r->at + n + 1)))
        return n + 1;
    return 0;
}

static bool mark_take(struct reader *r)
{
    int number = 0;
    size_t bytes = list_mark(r, &number);
    if (!bytes)
        return false;
    stop_add(r, bytes);
    r->next_number = number ? number + 1 : r->next_number;
    return true;
}

/* Punctuation that stands right behind a quoted text. */
static bool punctuation_take(struct reader *r)
{
    size_t arrow = arrow_length(r->at);
    if (arrow) {
        token_add(r->out, TOKEN_ARROW, r->at, arrow);
        r->at += arrow;
    } else if (*r->at == ',' || *r->at == ':') {
        token_add(r->out, *r->at == ',' ? TOKEN_COMMA : TOKEN_COLON, r->at, 1);
        r->at++;
    } else if (strchr(".;!?", *r->at)) {
        stop_add(r, 1);
    } else {
        return false;
    }
    return true;
}

static bool token_take(struct reader *r, struct err *e)
{
    bool quoted_before = r->out->count > 0 &&
                         r->out->items[r->out->count - 1].kind == TOKEN_QUOTED && r->at > r->line &&
                         !is_space(r->at[-1]);
    if (mark_take(r))
        return true;
    if (at_quote(r->at) && !(quoted_before && *r->at == '\''))
        return quoted_take(r, e);
    bool alone = is_space(r->at[1]) || !r->at[1] || r->at[1] == '\n';
    if ((quoted_before || alone || arrow_length(r->at)) && punctuation_take(r))
        return true;
    return chunk_add(r, e);
}

bool tokens_read(const char *text, struct tokens *out, struct err *e)
{
    *out = (struct tokens){0};
    struct reader r = {.out = out, .line = text, .at = text};
    while (*r.at) {
        if (is_space(*r.at)) {
            r.at++;
            r.line += r.line + 1 == r.at; /* an indented line begins at its first word */
        } else if (*r.at == '\n') {
            stop_add(&r, 1);
            r.line = r.at;
        } else if (!token_take(&r, e)) {
            return false;
        }
        if (out->count > TOKENS_MAX)
            return err_set(e, ERR_USAGE, "the instruction has more than %d words", TOKENS_MAX);
    }
    stop_add(&r, 0);
    return true;
}

void tokens_finish(struct tokens *t)
{
    free(t->items);
    arena_finish(&t->arena);
    *t = (struct tokens){0};
}
