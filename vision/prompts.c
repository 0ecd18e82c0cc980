#include "vision/prompts.h"

#include <string.h>
#include <strings.h>

#define LARGER      1.3  /* so much larger than the prompt is a heading; */
#define LARGER_BOLD 1.15 /* or so much, when it is bolder as well */
#define BOLDER      1.2

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

bool prompt_outdoes(const struct view *v, const struct phrase *prompt, const struct phrase *outside)
{
    return is_heading(v, outside, prompt) || phrase_is_sentence(v, outside) ||
           is_search(v, prompt) || phrase_is_underlined(v, outside);
}
