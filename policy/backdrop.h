/*
 * backdrop: the words that stood on the screen before something opened over it. What still stands
 * there afterwards is not part of what opened, though it may lie within what has changed.
 */
#ifndef POLICY_BACKDROP_H
#define POLICY_BACKDROP_H

#include "base/scene.h"

struct backdrop {
    struct word *words; /* owned; their texts are in the arena */
    int count, capacity;
    struct arena arena; /* owned */
};

void backdrop_take(struct backdrop *b, const struct scene *scene);
void backdrop_finish(struct backdrop *b);

/*
 * AREA without what stood there before: cut so that it still reaches ANCHOR (what was clicked,
 * which is not looked into), that all that is new is left, and the most of the rest.
 */
struct rect backdrop_cut(const struct backdrop *b, const struct scene *scene, struct rect anchor,
                         struct rect area);

#endif
