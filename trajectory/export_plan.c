/* What is asked for, understood; which formats there are, and what goes with what. */
#include "trajectory/export_parts.h"

#include "base/alike.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BIT(n)     (1u << (n))
#define ANY_SPACE  (BIT(SPACES) - 1)
#define ANY_SMART  (BIT(SPACE_SMART28) | BIT(SPACE_SMART32))
#define CHAT_WORDS (BIT(WORDS_QWEN) | BIT(WORDS_UI_TARS) | BIT(WORDS_OPENCUA))

const char *const space_names[] = {"px", "unit", "thousand", "smart28", "smart32", NULL};

static const char resized[] = "its trainer makes the pictures smaller, and pixels of the screen "
                              "would be read as pixels of those";

const struct export_format export_table[] = {
    /* Hem's own: a line an action, with everything */
    {.name = "hem",
     .spaces_allowed = ANY_SPACE,
     .space = SPACE_PX,
     .split_begin = export_rows_begin,
     .episode = record_episode,
     .split_end = export_rows_end},
    /* LLaMA-Factory: messages and images, with dataset_info.json */
    {.name = "llamafactory",
     .words_allowed = CHAT_WORDS,
     .words = WORDS_QWEN,
     .spaces_allowed = ANY_SPACE & ~BIT(SPACE_PX),
     .space = SPACE_THOUSAND,
     .why = resized,
     .shrinks_at = 768L * 768,
     .chat = CHAT_MESSAGES,
     .split_begin = export_rows_begin,
     .episode = chat_episode,
     .split_end = export_rows_end,
     .finish = chat_llamafactory_finish},
    /* Qwen's own qwen-vl-finetune: conversations and image */
    {.name = "qwen",
     .words_allowed = BIT(WORDS_QWEN),
     .words = WORDS_QWEN,
     .spaces_allowed = BIT(SPACE_THOUSAND) | BIT(SPACE_SMART28),
     .space = SPACE_THOUSAND,
     .why = "Qwen3-VL counts thousandths, Qwen2.5-VL pixels of its smart28 picture, and no model "
            "of theirs anything else",
     .pixels_min = 16L * 28 * 28,
     .pixels_max = 576L * 28 * 28,
     .chat = CHAT_CONVERSATIONS,
     .split_begin = export_rows_begin,
     .episode = chat_episode,
     .split_end = export_rows_end},
    /* UI-TARS: messages and images, Thought and Action */
    {.name = "ui-tars",
     .words_allowed = BIT(WORDS_UI_TARS),
     .words = WORDS_UI_TARS,
     .spaces_allowed = BIT(SPACE_THOUSAND) | BIT(SPACE_SMART28),
     .space = SPACE_SMART28,
     .why = "UI-TARS-1.5 counts pixels of its smart28 picture, the others thousandths",
     .pixels_min = 100L * 28 * 28,
     .pixels_max = 16384L * 28 * 28,
     .chat = CHAT_MESSAGES,
     .split_begin = export_rows_begin,
     .episode = chat_episode,
     .split_end = export_rows_end},
    /* ms-swift: messages, images and objects; it fills in the places itself */
    {.name = "ms-swift",
     .words_allowed = BIT(WORDS_UI_TARS),
     .words = WORDS_UI_TARS,
     .spaces_allowed = BIT(SPACE_PX) | BIT(SPACE_UNIT),
     .space = SPACE_PX,
     .why = "it makes the numbers those of the model itself",
     .chat = CHAT_OBJECTS,
     .split_begin = export_rows_begin,
     .episode = chat_episode,
     .split_end = export_rows_end},
    /* TRL: messages of parts, and images */
    {.name = "trl",
     .words_allowed = CHAT_WORDS,
     .words = WORDS_QWEN,
     .spaces_allowed = ANY_SPACE & ~BIT(SPACE_PX),
     .space = SPACE_THOUSAND,
     .why = resized,
     .chat = CHAT_PARTS,
     .split_begin = export_rows_begin,
     .episode = chat_episode,
     .split_end = export_rows_end},
    /* AgentNet, which OpenCUA is trained with: a line an episode, pyautogui */
    {.name = "opencua",
     .words_allowed = BIT(WORDS_OPENCUA),
     .words = WORDS_OPENCUA,
     .spaces_allowed = BIT(SPACE_UNIT),
     .space = SPACE_UNIT,
     .why = "AgentNet counts from 0 to 1, and its tools make other numbers of that",
     .split_begin = export_rows_begin,
     .episode = agentnet_episode,
     .split_end = export_rows_end},
    /* OSWorld: a folder an episode, traj.jsonl and pictures after each action */
    {.name = "osworld",
     .words_allowed = BIT(WORDS_OSWORLD),
     .words = WORDS_OSWORLD,
     .spaces_allowed = BIT(SPACE_PX),
     .space = SPACE_PX,
     .why = "its code is run as it stands, on the screen",
     .episode = osworld_episode},
    /* WebDataset: tar shards of pictures and rows as hem's */
    {.name = "webdataset",
     .spaces_allowed = ANY_SPACE,
     .space = SPACE_PX,
     .split_begin = shard_begin,
     .episode = shard_episode,
     .split_end = shard_end},
    /* Hugging Face's imagefolder: pictures, and metadata.jsonl with rows as hem's */
    {.name = "imagefolder",
     .spaces_allowed = ANY_SPACE,
     .space = SPACE_PX,
     .split_begin = imagefolder_begin,
     .episode = imagefolder_episode,
     .split_end = export_rows_end},
    {0},
};

static int name_index(const char *const names[], const char *name)
{
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static bool name_unknown(const char *what, const char *name, const char *const names[],
                         struct err *e)
{
    struct buf all = {0};
    int count = 0;
    for (; names[count]; count++)
        buf_addf(&all, "%s%s", count ? ", " : "", names[count]);
    const char *near = alike_nearest(name, names, count);
    err_set(e, ERR_USAGE, "%s \"%.40s\" is not known%s%s%s; there are %s", what, name,
            near ? "; did you mean " : "", near ? near : "", near ? "?" : "", buf_text(&all));
    buf_finish(&all);
    return false;
}

static bool format_plan(struct export *x, struct err *e)
{
    const char *names[sizeof export_table / sizeof *export_table] = {0};
    for (int i = 0; export_table[i].name; i++)
        names[i] = export_table[i].name;
    int i = name_index(names, x->request->format);
    if (i < 0)
        return name_unknown("the format", x->request->format, names, e);
    x->format = &export_table[i];
    return true;
}

static bool words_plan(struct export *x, struct err *e)
{
    const char *name = x->request->actions;
    x->words = x->format->words;
    if (!name)
        return true;
    int kind = name_index(words_names, name);
    if (kind < 0)
        return name_unknown("the kind of actions", name, words_names, e);
    x->words = (enum words_kind)kind;
    return x->format->words_allowed & BIT(kind) ||
           err_set(e, ERR_USAGE, "%s has no actions in the words of %s", x->format->name, name);
}

/* Where the trainer has a rule of its own before, what it is told is for that one. */
static void smart_plan(struct export *x, int factor)
{
    const struct export_request *request = x->request;
    const struct export_format *f = x->format;
    x->rule.multiple = factor;
    x->rule.pixels_min = f->pixels_min ? f->pixels_min : 4L * factor * factor;
    x->rule.pixels_max = f->pixels_max ? f->pixels_max : 16384L * factor * factor;
    x->shrinks_at = f->shrinks_at;
    if (request->pixels_min)
        x->rule.pixels_min = request->pixels_min;
    if (request->pixels_max && f->shrinks_at)
        x->shrinks_at = request->pixels_max;
    else if (request->pixels_max)
        x->rule.pixels_max = request->pixels_max;
}

static bool space_plan(struct export *x, struct err *e)
{
    const struct export_request *request = x->request;
    const struct export_format *f = x->format;
    int space = f->space;
    if (request->coords && (space = name_index(space_names, request->coords)) < 0)
        return name_unknown("the coordinates", request->coords, space_names, e);
    x->space = (enum space)space;
    if (!(f->spaces_allowed & BIT(space)))
        return err_set(e, ERR_USAGE, "%s with --coords %s would be misread: %s", f->name,
                       space_names[space], f->why);
    bool smart = BIT(space) & ANY_SMART;
    if (!smart && (request->pixels_min || request->pixels_max))
        return err_set(e, ERR_USAGE,
                       "how large a picture may be matters to smart28 and smart32 "
                       "only");
    x->rule.space = space == SPACE_UNIT       ? SHOT_UNIT
                    : space == SPACE_THOUSAND ? SHOT_THOUSAND
                                              : SHOT_PIXELS;
    if (smart)
        smart_plan(x, space == SPACE_SMART28 ? 28 : 32);
    return x->rule.pixels_min <= x->rule.pixels_max ||
           err_set(e, ERR_USAGE, "the smallest picture is larger than the largest");
}

/* ---- splits ---- */

/* TEXT up to END is NAME=SHARE. */
static bool split_read(struct export *x, const char *text, size_t length, struct err *e)
{
    char one[64], *end = one;
    snprintf(one, sizeof one, "%.*s", (int)length, text);
    char *equals = strchr(one, '=');
    struct split *s = &x->splits[x->split_count];
    if (length >= sizeof one || !equals || equals == one ||
        (size_t)(equals - one) >= sizeof s->name)
        return err_set(e, ERR_USAGE, "--split is NAME=SHARE,..., such as train=0.9,val=0.1");
    *equals = '\0';
    double share = strtod(equals + 1, &end);
    if (end == equals + 1 || *end || !(share > 0 && share <= 1))
        return err_set(e, ERR_USAGE, "the share of %s is not between 0 and 1", one);
    for (const char *c = one; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '_' && *c != '-')
            return err_set(e, ERR_USAGE, "the name of a split has letters, digits, _ and - only");
    for (int i = 0; i < x->split_count; i++)
        if (strcmp(x->splits[i].name, one) == 0)
            return err_set(e, ERR_USAGE, "there are two splits %s", one);
    *s = (struct split){.share = share};
    memcpy(s->name, one, strlen(one) + 1);
    x->split_count++;
    return true;
}

static bool splits_plan(struct export *x, struct err *e)
{
    const char *text = x->request->split ? x->request->split : "train=1";
    double sum = 0;
    for (size_t length; *text; text += length + (text[length] == ',')) {
        length = strcspn(text, ",");
        if (x->split_count == SPLITS_MAX)
            return err_set(e, ERR_USAGE, "there are at most %d splits", SPLITS_MAX);
        if (!split_read(x, text, length, e))
            return false;
        sum += x->splits[x->split_count - 1].share;
    }
    return fabs(sum - 1) < 0.001 ||
           err_set(e, ERR_USAGE, "the shares of the splits come to %g", sum);
}

void export_share(struct export *x, int count)
{
    double upto = 0;
    int given = 0;
    for (int i = 0; i < x->split_count; i++) {
        struct split *s = &x->splits[i];
        int left = x->split_count - 1 - i; /* each of those is to get one, too */
        upto += s->share;
        int n = (int)lround(upto * count) - given;
        n = n < 1 ? 1 : n;
        n = n > count - given - left ? count - given - left : n;
        s->episodes = i == x->split_count - 1 ? count - given : n < 0 ? 0 : n;
        given += s->episodes;
    }
}

/* ---- filters ---- */

static const char *const filter_names[] = {"outcome", "policy", "task", NULL};

static bool filters_plan(const struct export_request *request, struct err *e)
{
    for (int i = 0; i < request->filter_count; i++) {
        char name[16];
        const char *equals = strchr(request->filters[i], '=');
        snprintf(name, sizeof name, "%.*s", (int)(equals ? equals - request->filters[i] : 15),
                 request->filters[i]);
        if (!equals)
            return err_set(e, ERR_USAGE, "--filter is NAME=VALUE, such as outcome=done");
        if (name_index(filter_names, name) < 0)
            return name_unknown("the filter", name, filter_names, e);
    }
    return true;
}

bool export_passes(const struct export_request *request, const struct recording *r)
{
    const char *values[] = {r->outcome, r->policy, r->task};
    for (int i = 0; i < request->filter_count; i++) {
        const char *equals = strchr(request->filters[i], '=');
        for (int k = 0; filter_names[k]; k++) {
            size_t n = strlen(filter_names[k]);
            if ((size_t)(equals - request->filters[i]) == n &&
                strncmp(request->filters[i], filter_names[k], n) == 0 &&
                strcmp(equals + 1, values[k]) != 0)
                return false;
        }
    }
    return true;
}

bool export_plan(struct export *x, const struct export_request *request, struct err *e)
{
    x->request = request;
    return format_plan(x, e) && words_plan(x, e) && space_plan(x, e) && splits_plan(x, e) &&
           filters_plan(request, e);
}
