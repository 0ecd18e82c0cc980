/*
 * prompts: what stands in an empty field and says what belongs in it. Many fields have a label
 * besides; many have no other, and what stands over them is a heading.
 */
#ifndef VISION_PROMPTS_H
#define VISION_PROMPTS_H

#include "vision/view.h"

/* The prompt of a text box; NULL when there is none. */
const struct phrase *prompt_find(const struct view *v, int control);

/* Is the phrase outside a heading, a sentence or a link, so that the prompt names the field? */
bool prompt_outdoes(const struct view *v, const struct phrase *prompt,
                    const struct phrase *outside);

#endif
