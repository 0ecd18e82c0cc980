#include "vision/prompts.h"

#include "vision/colour.h"

#include <string.h>
#include <strings.h>

#define LARGER      1.3  /* so much larger than the prompt is a heading; */
#define LARGER_BOLD 1.15 /* or so much, when it is bolder as well */
#define BOLDER      1.2
#define RING_MAX                                                                                   \
    6               /* pixels around a field that may be its shadow, or show that it has the focus \
                     */
#define LINE_STEP 3 /* pixels from one that is compared to the next */
#define LINE_EDGE 3 /* of the colour, from one row of pixels to the next */

/* What a field for searching asks for is never said outside. */
static bool is_search(const struct view *v, const struct phrase *prompt)
{
    return prompt->count > 1 && strcasecmp(v->scene->words[prompt->first].text, "search") == 0;
}

const struct phrase *prompt_find(const struct view *v, int control)
{
    if (v->controls[control].role != ROLE_TEXTBOX)
        return NULL;
    for (int i = 0; i < v->phrase_count; i++)
        if (v->phrases[i].control == control && !v->phrases[i].label)
            return phrase_is_dim(v, &v->phrases[i]) || is_search(v, &v->phrases[i]) ? &v->phrases[i]
                                                                                    : NULL;
    return NULL;
}

static bool is_heading(const struct view *v, const struct phrase *p, const struct phrase *prompt)
{
    double larger = phrase_line(v, p) / phrase_line(v, prompt);
    return larger > LARGER ||
           (larger > LARGER_BOLD && phrase_weight(v, p) > BOLDER * phrase_weight(v, prompt));
}

/* A sentence, a statement ("Total: 9.50"). */
static bool is_sentence(const struct view *v, const struct phrase *p)
{
    const struct word *words = v->scene->words + p->first;
    const char *last = words[p->count - 1].text;
    for (int i = 0; i + 1 < p->count; i++)
        if (words[i].text[strlen(words[i].text) - 1] == ':')
            return true;
    return last[strlen(last) - 1] == '.';
}

/* Does a line, or the end of a surface, part the text from the field below it? */
static bool is_parted(const struct view *v, struct rect text, struct rect field)
{
    int count = (field.width + LINE_STEP - 1) / LINE_STEP;
    for (int y = text.y + text.height + 3; y < field.y - RING_MAX; y++) {
        int differ = 0;
        for (int x = field.x; x < field.x + field.width; x += LINE_STEP)
            differ += colour_distance(colour_at(v->frame, x, y), colour_at(v->frame, x, y - 1)) >=
                      LINE_EDGE;
        if (differ * 20 >= count * 19)
            return true;
    }
    return false;
}

bool prompt_outdoes(const struct view *v, const struct control *c, const struct phrase *prompt,
                    const struct phrase *outside)
{
    return is_heading(v, outside, prompt) || is_sentence(v, outside) || is_search(v, prompt) ||
           phrase_is_underlined(v, outside) || is_parted(v, outside->box, c->box);
}
