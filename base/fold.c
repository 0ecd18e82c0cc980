#include "base/fold.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <wctype.h>

#define LATIN_FIRST 0xC0u   /* the table below: Latin-1 and Latin Extended-A */
#define VIET_FIRST  0x1EA0u /* Vietnamese letters, which carry two diacritics */
#define VIET_LAST   0x1EF9u

/* Letter and diacritic of U+00C0..U+017F, which libc can't take apart. '*': not such a letter. */
static const char latin_base[] = "AAAAAA*CEEEEIIIIDNOOOOO*OUUUUY**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y"
                                 "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi**JjKk*LlLlLl*"
                                 "*LlNnNnNn***OoOoOo**RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZz*";
static const char latin_mark[] =
    "`'^~\"o*c`'^\"`'^\"/~`'^~\"*/`'^\"'**`'^~\"o*c`'^\"`'^\"/~`'^~\"*/`'^\"'*\""
    "--uukk''^^..vvvv//--uu..kkvv^^uu..cc^^//~~--uukk.i**^^cc*''ccvv*"
    "*//''ccvv***--uu==**''ccvv''^^ccvvccvv//~~--uuoo==kk^^^^\"''..vv*";
static const char viet_base[] = "AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOo"
                                "OoOoUuUuUuUuUuUuUuYyYyYyYy";

/* The combining characters that stand for the marks above. */
static const struct {
    uint32_t character;
    char mark;
} combining[] = {{0x300, '`'}, {0x301, '\''}, {0x302, '^'}, {0x303, '~'}, {0x304, '-'},
                 {0x306, 'u'}, {0x307, '.'},  {0x308, '"'}, {0x30A, 'o'}, {0x30B, '='},
                 {0x30C, 'v'}, {0x327, 'c'},  {0x328, 'k'}, {0x338, '/'}};

/* Characters that are written as others; "" drops them. */
static const struct {
    uint32_t first, last;
    const char *as;
} spelled[] = {
    {0xA0, 0xA0, " "},          {0xAD, 0xAD, ""},           {0xB4, 0xB4, "'"},
    {0xB7, 0xB7, "\u2022"},     {0xC6, 0xC6, "AE"},         {0xD7, 0xD7, "x"},
    {0xDE, 0xDE, "Th"},         {0xDF, 0xDF, "ss"},         {0xE6, 0xE6, "ae"},
    {0xFE, 0xFE, "th"},         {0x132, 0x132, "IJ"},       {0x133, 0x133, "ij"},
    {0x152, 0x152, "OE"},       {0x153, 0x153, "oe"},       {0x17F, 0x17F, "s"},
    {0x2B9, 0x2BC, "'"},        {0x1E9E, 0x1E9E, "SS"},     {0x2000, 0x200A, " "},
    {0x200B, 0x200F, ""},       {0x2010, 0x2015, "-"},      {0x2018, 0x201B, "'"},
    {0x201C, 0x201F, "\""},     {0x2024, 0x2024, "."},      {0x2026, 0x2026, "..."},
    {0x2027, 0x2027, "\u2022"}, {0x2028, 0x2029, " "},      {0x202A, 0x202E, ""},
    {0x202F, 0x202F, " "},      {0x2032, 0x2032, "'"},      {0x2033, 0x2033, "\""},
    {0x2044, 0x2044, "/"},      {0x205F, 0x205F, " "},      {0x2060, 0x2064, ""},
    {0x2116, 0x2116, "No"},     {0x2212, 0x2212, "-"},      {0x2215, 0x2215, "/"},
    {0x2219, 0x2219, "\u2022"}, {0x22C5, 0x22C5, "\u2022"}, {0x25CF, 0x25CF, "\u2022"},
    {0x26AB, 0x26AB, "\u2022"}, {0x2713, 0x2714, "\u2713"}, {0x2715, 0x2716, "x"},
    {0x2B24, 0x2B24, "\u2022"}, {0x3000, 0x3000, " "},      {0xFB00, 0xFB00, "ff"},
    {0xFB01, 0xFB01, "fi"},     {0xFB02, 0xFB02, "fl"},     {0xFB03, 0xFB03, "ffi"},
    {0xFB04, 0xFB04, "ffl"},    {0xFB05, 0xFB06, "st"},     {0xFE00, 0xFE0F, ""},
    {0xFE58, 0xFE58, "-"},      {0xFE63, 0xFE63, "-"},      {0xFEFF, 0xFEFF, ""},
};

/* Cyrillic and Greek letters that no reader of pixels can tell from Latin ones. */
static const struct {
    uint16_t character;
    char latin;
} twins[] = {
    {0x410, 'A'}, {0x412, 'B'}, {0x415, 'E'}, {0x41A, 'K'}, {0x41C, 'M'}, {0x41D, 'H'},
    {0x41E, 'O'}, {0x420, 'P'}, {0x421, 'C'}, {0x422, 'T'}, {0x425, 'X'}, {0x405, 'S'},
    {0x406, 'I'}, {0x408, 'J'}, {0x430, 'a'}, {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'},
    {0x441, 'c'}, {0x443, 'y'}, {0x445, 'x'}, {0x455, 's'}, {0x456, 'i'}, {0x458, 'j'},
    {0x391, 'A'}, {0x392, 'B'}, {0x395, 'E'}, {0x396, 'Z'}, {0x397, 'H'}, {0x399, 'I'},
    {0x39A, 'K'}, {0x39C, 'M'}, {0x39D, 'N'}, {0x39F, 'O'}, {0x3A1, 'P'}, {0x3A4, 'T'},
    {0x3A5, 'Y'}, {0x3A7, 'X'}, {0x3BF, 'o'},
};

static locale_t unicode_locale;
static once_flag unicode_once = ONCE_FLAG_INIT;

static void unicode_open(void)
{
    unicode_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

/* (locale_t)0 where the system has not even C.UTF-8: then only Latin letters have a case. */
static locale_t unicode(void)
{
    call_once(&unicode_once, unicode_open);
    return unicode_locale;
}

uint32_t fold_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c == 0x3C2) /* final sigma */
        return 0x3C3;
    return unicode() ? (uint32_t)towlower_l((wint_t)c, unicode()) : c;
}

bool fold_is_digit(const struct fold_char *c)
{
    return c->letter >= '0' && c->letter <= '9';
}

bool fold_is_word(const struct fold_char *c)
{
    uint32_t l = c->letter;
    if (l < 0x80)
        return (l >= 'a' && l <= 'z') || fold_is_digit(c);
    return l != UTF8_INVALID && (unicode() ? iswalnum_l((wint_t)l, unicode()) : l < 0x2000);
}

static uint32_t twin_of(uint32_t c)
{
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i].character == c)
            return (uint32_t)twins[i].latin;
    return c;
}

static void push(struct folded *f, uint32_t c, uint32_t mark, uint32_t at)
{
    if (c == ' ' && (f->count == 0 || f->chars[f->count - 1].letter == ' '))
        return;
    if (f->count == f->capacity) {
        f->capacity *= 4;
        size_t size = (size_t)f->capacity * sizeof *f->chars;
        if (f->chars == f->room) {
            f->chars = mem_alloc(size);
            memcpy(f->chars, f->room, sizeof f->room);
        } else {
            f->chars = mem_resize(f->chars, size);
        }
    }
    uint32_t shape = c >= 0x370 && c < 0x500 ? twin_of(c) : c;
    f->chars[f->count++] = (struct fold_char){fold_lower(c), shape, mark, at};
}

/* A combining character changes the letter before it. */
static bool push_mark(struct folded *f, uint32_t c)
{
    if (c < 0x300 || c > 0x36F)
        return false;
    uint32_t mark = c;
    for (size_t i = 0; i < sizeof combining / sizeof *combining; i++)
        if (combining[i].character == c)
            mark = (uint32_t)combining[i].mark;
    if (f->count)
        f->chars[f->count - 1].mark = f->chars[f->count - 1].mark * 256 + mark;
    return true;
}

/* A letter that carries its diacritic in one character. */
static bool push_composed(struct folded *f, uint32_t c, uint32_t at)
{
    if (c >= LATIN_FIRST && c < LATIN_FIRST + sizeof latin_base - 1 &&
        latin_base[c - LATIN_FIRST] != '*') {
        push(f, (uint32_t)latin_base[c - LATIN_FIRST], (uint32_t)latin_mark[c - LATIN_FIRST], at);
        return true;
    }
    if (c >= VIET_FIRST && c <= VIET_LAST) {
        push(f, (uint32_t)viet_base[c - VIET_FIRST], c | 1, at); /* both cases share a mark */
        return true;
    }
    return false;
}

static bool push_spelled(struct folded *f, uint32_t c, uint32_t at)
{
    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++) {
        if (c < spelled[i].first || c > spelled[i].last)
            continue;
        const char *as = spelled[i].as;
        for (uint32_t one; (one = utf8_next(&as));)
            push(f, one, 0, at);
        return true;
    }
    return false;
}

void fold_text(struct folded *f, const char *text)
{
    f->chars = f->room;
    f->count = 0;
    f->capacity = FOLD_ROOM;
    const char *next = text ? text : "";
    while (f->count < FOLD_MAX) {
        uint32_t at = (uint32_t)(next - (text ? text : next));
        uint32_t c = utf8_next(&next);
        if (!c)
            break;
        if (c < 0x80)
            push(f, c <= ' ' || c == 0x7F ? ' ' : c == '`' ? '\'' : c, 0, at);
        else if (c >= 0xFF01 && c <= 0xFF5E) /* full width */
            push(f, c - 0xFEE0, 0, at);
        else if (!push_mark(f, c) && !push_composed(f, c, at) && !push_spelled(f, c, at))
            push(f, c, 0, at);
        if (f->count && f->chars[f->count - 1].letter != ' ')
            f->end = (uint32_t)(next - text);
    }
    if (f->count && f->chars[f->count - 1].letter == ' ')
        f->count--;
    if (!f->count)
        f->end = 0;
}

void fold_finish(struct folded *f)
{
    if (f->chars != f->room)
        free(f->chars);
    f->chars = f->room;
    f->count = 0;
}

uint32_t fold_end(const struct folded *f, int index)
{
    int next = index + 1; /* one character may have been spelled out as several */
    while (next < f->count && f->chars[next].at == f->chars[index].at)
        next++;
    return next < f->count ? f->chars[next].at : f->end;
}

static bool is_any_of(uint32_t c, const char *set)
{
    for (uint32_t one; (one = utf8_next(&set));)
        if (one == c)
            return true;
    return false;
}

#define SIGNS_OF_NUMBERS "+-~#%=<>$€£¥°"

/* What may be taken from an end although a letter or digit stands right beside it. */
#define DECORATIONS ":;,!?*'\"_•·▪■□◦▲▼△▽▴▾◂▸►◄◀▶→←↑↓⌄⌃ˇ›‹»«><()[]{}"

/* May the sign C, which stands at an end, go? NEXT is what it stands beside, TOUCHING without a
 * space between. */
static bool is_decoration(const struct fold_char *c, const struct fold_char *next, bool touching)
{
    if (fold_is_digit(next) && is_any_of(c->letter, SIGNS_OF_NUMBERS))
        return false;
    if (c->letter == '|') /* it may well be a 1 or an I */
        return false;
    return !touching || is_any_of(c->letter, DECORATIONS);
}

void fold_strip(struct folded *f)
{
    int first = 0, last = f->count - 1;
    while (first < f->count && !fold_is_word(&f->chars[first]))
        first++;
    if (first == f->count)
        return;
    while (!fold_is_word(&f->chars[last]))
        last--;
    /* Outwards from the letters: keep signs until the first that is decoration; what is beyond it
     * is, too. */
    int from = first, to = last;
    bool touching = true;
    while (from > 0) {
        const struct fold_char *c = &f->chars[from - 1];
        if (c->letter != ' ' && is_decoration(c, &f->chars[first], touching))
            break;
        touching = touching && c->letter != ' ';
        from--;
    }
    touching = true;
    while (to < f->count - 1) {
        const struct fold_char *c = &f->chars[to + 1];
        bool stop = c->letter == '.' || is_decoration(c, &f->chars[last], touching);
        if (c->letter != ' ' && stop)
            break;
        touching = touching && c->letter != ' ';
        to++;
    }
    while (from < first && f->chars[from].letter == ' ')
        from++;
    while (to > last && f->chars[to].letter == ' ')
        to--;
    if (to < f->count - 1)
        f->end = f->chars[to + 1].at;
    f->count = to - from + 1;
    memmove(f->chars, f->chars + from, (size_t)f->count * sizeof *f->chars);
}
