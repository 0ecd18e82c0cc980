#include "base/change.h"

#include "base/confusion.h"

#include <string.h>

#define COST_SPACE       CONFUSION_STRONG
#define COST_PUNCTUATION 0.1
#define COST_HARD        1.0
#define COST_DIGIT       3.0 /* no number is nearly another */

static bool is_space(const struct fold_char *c)
{
    return c->letter == ' ';
}

static bool is_soft(const struct fold_char *c)
{
    static const bool soft[128] = {
        ['-'] = true, ['\''] = true, ['.'] = true, [','] = true, [':'] = true, [';'] = true,
        ['('] = true, [')'] = true,  ['_'] = true, ['|'] = true, ['"'] = true};
    return c->letter < 128 && soft[c->letter];
}

bool sign_in_number(const struct folded *f, int i)
{
    if (i < 0 || i + 1 >= f->count || !fold_is_digit(&f->chars[i + 1]) || is_space(&f->chars[i]) ||
        fold_is_word(&f->chars[i]))
        return false;
    if (i > 0 && fold_is_digit(&f->chars[i - 1]))
        return true;
    uint32_t c = f->chars[i].letter;
    return (c == '-' || c == '.') && (i == 0 || is_space(&f->chars[i - 1]));
}

bool sign_is_minus(const struct folded *f, int i)
{
    return f->chars[i].letter == '-' && i > 0 && fold_is_word(&f->chars[i - 1]) &&
           (i + 1 == f->count || is_space(&f->chars[i + 1]));
}

/* A capital of the letters that look the same in both cases tells nothing when it is read as a
 * small one. */
#define SAME_IN_BOTH_CASES "cosvwxz"

#define WORD_REACH 64 /* characters that are looked at on either side; no word is longer */

static bool is_capital(const struct fold_char *c)
{
    return c->shape != c->letter;
}

static bool in_mail_address(const struct folded *f, int i)
{
    for (int j = i; j < f->count && j < i + WORD_REACH && !is_space(&f->chars[j]); j++)
        if (f->chars[j].letter == '@')
            return true;
    for (int j = i; j >= 0 && j > i - WORD_REACH && !is_space(&f->chars[j]); j--)
        if (f->chars[j].letter == '@')
            return true;
    return false;
}

/* Is it plain from the text that the capital at I was meant as one? Not in the middle of SHOUTED
 * words, and not in mail addresses, which programs make small. */
static bool capital_matters(const struct folded *f, int i)
{
    int start = i;
    bool shouted = true;
    while (start > 0 && start > i - WORD_REACH && fold_is_word(&f->chars[start - 1]))
        start--;
    for (int j = start; j < f->count && j < i + WORD_REACH && fold_is_word(&f->chars[j]); j++)
        shouted = shouted && is_capital(&f->chars[j]);
    return (!shouted || i == start) && !in_mail_address(f, i);
}

bool change_spoils(const struct fold_char *read, const struct folded *meant, int i)
{
    const struct fold_char *m = &meant->chars[i];
    if (read->letter != m->letter)
        return false;
    if (read->mark && !m->mark)
        return true;
    bool lost = m->shape != m->letter && read->shape == read->letter;
    return lost && m->letter < 128 && !strchr(SAME_IN_BOTH_CASES, (int)m->letter) &&
           capital_matters(meant, i);
}

struct change change_lone(const struct folded *f, int i)
{
    const struct fold_char *c = &f->chars[i];
    if (is_space(c))
        return (struct change){COST_SPACE, false, true};
    if (fold_is_digit(c))
        return (struct change){COST_DIGIT, true, false};
    if (sign_in_number(f, i))
        return (struct change){COST_HARD, true, false};
    bool soft = is_soft(c) && !sign_is_minus(f, i);
    return (struct change){soft ? COST_PUNCTUATION : COST_HARD, false, false};
}

/* Case is nothing when texts are compared, so a small l may stand for the capital that was asked
 * for, and be misread as such. */
static double confusion_of_small(const struct fold_char *a, const struct fold_char *b)
{
    struct fold_char small_a = *a, small_b = *b;
    small_a.shape = a->letter;
    small_b.shape = b->letter;
    double cost = confusion_of(&small_a, &small_b);
    return cost < CONFUSION_LIKELY ? cost : CONFUSION_NONE;
}

struct change change_pair(const struct fold_char *a, const struct fold_char *b, bool any_case)
{
    if (is_space(a) != is_space(b)) {
        bool soft = is_soft(a) || is_soft(b);
        return (struct change){soft ? COST_PUNCTUATION : COST_HARD + COST_SPACE, false, false};
    }
    double cost = confusion_of(a, b);
    if (cost >= CONFUSION_LIKELY && any_case && (a->shape != a->letter || b->shape != b->letter)) {
        double small = confusion_of_small(a, b);
        cost = small < cost ? small : cost;
    }
    if (cost < CONFUSION_NONE)
        return (struct change){cost, false, cost < CONFUSION_LIKELY};
    if (fold_is_digit(a) && fold_is_digit(b))
        return (struct change){COST_DIGIT, true, false};
    if (fold_is_digit(a) || fold_is_digit(b))
        return (struct change){COST_HARD, true, false};
    bool soft = is_soft(a) && is_soft(b);
    return (struct change){soft ? 2 * COST_PUNCTUATION : COST_HARD, false, false};
}
