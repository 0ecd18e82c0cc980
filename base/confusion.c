#include "base/confusion.h"

#include <string.h>
#include <threads.h>

/* Any two shapes of a group may be taken for each other; the cheapest group that holds both counts.
 */
static const struct {
    const char *shapes;
    double cost;
} groups[] = {
    {"lI1|", CONFUSION_STRONG}, {"oO0", CONFUSION_STRONG}, {"lI1|i!", CONFUSION_WEAK},
    {"O0Q", CONFUSION_WEAK},    {"sS5", CONFUSION_WEAK},   {"B8", CONFUSION_WEAK},
    {".,", CONFUSION_WEAK},     {":;", CONFUSION_WEAK},    {"([{", CONFUSION_WEAK},
    {")]}", CONFUSION_WEAK},    {"zZ2", CONFUSION_LIGHT},  {"D0O", CONFUSION_LIGHT},
    {"G6", CONFUSION_LIGHT},    {"b6", CONFUSION_LIGHT},   {"g9", CONFUSION_LIGHT},
    {"q9", CONFUSION_LIGHT},    {"A4", CONFUSION_LIGHT},   {"S8", CONFUSION_LIGHT},
    {"S$", CONFUSION_LIGHT},    {"&8", CONFUSION_LIGHT},   {"ij", CONFUSION_LIGHT},
    {".:", CONFUSION_LIGHT},    {",;", CONFUSION_LIGHT},   {"'\"", CONFUSION_LIGHT},
    {"',", CONFUSION_LIGHT},    {"-_", CONFUSION_LIGHT},   {"-~=", CONFUSION_LIGHT},
    {"ce", CONFUSION_RARE},
};

static const struct {
    char two[3];
    char one;
    double cost;
} doubles[] = {
    {"rn", 'm', CONFUSION_WEAK}, {"vv", 'w', CONFUSION_WEAK},   {"VV", 'W', CONFUSION_WEAK},
    {"cl", 'd', CONFUSION_WEAK}, {"''", '"', CONFUSION_STRONG}, {"ri", 'n', CONFUSION_LIGHT},
};

#define ASCII 128

static float costs[ASCII][ASCII];
static once_flag costs_once = ONCE_FLAG_INIT;

static void costs_fill(void)
{
    for (int a = 0; a < ASCII; a++)
        for (int b = 0; b < ASCII; b++)
            costs[a][b] = CONFUSION_NONE;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const char *shapes = groups[i].shapes;
        for (const char *a = shapes; *a; a++)
            for (const char *b = shapes; *b; b++)
                if (costs[(int)*a][(int)*b] > groups[i].cost)
                    costs[(int)*a][(int)*b] = (float)groups[i].cost;
    }
}

/* The English model knows no o with dots: it reads an e with an accent, or a 6. */
static bool is_dotted_o(const struct fold_char *a, const struct fold_char *b)
{
    return a->letter == 'o' && a->mark == '"' &&
           ((b->letter == 'e' && b->mark) || b->letter == '6');
}

double confusion_of(const struct fold_char *a, const struct fold_char *b)
{
    double mark = a->mark == b->mark ? 0 : CONFUSION_WEAK;
    if (a->letter == b->letter)
        return mark;
    if (is_dotted_o(a, b) || is_dotted_o(b, a))
        return CONFUSION_WEAK;
    call_once(&costs_once, costs_fill);
    uint32_t one = a->shape, other = b->shape;
    if (one == other)
        return CONFUSION_STRONG; /* twins of two scripts */
    double cost = one < ASCII && other < ASCII ? costs[one][other] : CONFUSION_NONE;
    return cost < CONFUSION_NONE ? cost + mark : CONFUSION_NONE;
}

double confusion_of_two(const struct fold_char two[2], const struct fold_char *one)
{
    static const bool may_be_one[ASCII] = {['m'] = true, ['w'] = true, ['W'] = true, ['d'] = true,
                                           ['"'] = true, ['n'] = true, ['u'] = true};
    if (one->shape >= ASCII || !may_be_one[one->shape])
        return CONFUSION_NONE; /* nearly always */
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++)
        if (one->shape == (uint32_t)doubles[i].one && two[0].shape == (uint32_t)doubles[i].two[0] &&
            two[1].shape == (uint32_t)doubles[i].two[1])
            return doubles[i].cost;
    /* The dots of u stand where those of two i would. */
    if (one->letter == 'u' && one->mark == '"' && two[0].shape == 'i' && two[1].shape == 'i')
        return CONFUSION_LIGHT;
    return CONFUSION_NONE;
}
