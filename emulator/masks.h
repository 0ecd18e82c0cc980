/*
 * masks: where secrets can be seen, so that no picture and no record shows them: fields that a
 * secret was typed into, wherever they move to, and any text on the screen that reads like one.
 */
#ifndef EMULATOR_MASKS_H
#define EMULATOR_MASKS_H

#include "base/data.h"
#include "base/scene.h"
#include "base/step.h"

#define MASK_FIELDS_MAX 16
#define MASKS_MAX       64

struct mask_field {
    char *label; /* owned; "" for none */
    struct rect box;
};

struct masks {
    const struct data *secrets; /* borrowed */
    bool typed;                 /* one may stand anywhere on the screen, whole or in pieces */
    struct mask_field fields[MASK_FIELDS_MAX];
    int field_count;
    struct rect rects[MASKS_MAX]; /* of the scene that was looked at last */
    int count;
    struct element *elements; /* owned; of a masked scene */
    int capacity;
};

/* A secret is about to be typed at PLACE (empty: into what has the focus) by this step. */
void masks_typed(struct masks *m, const struct step *step, struct rect place);

/* May LINE, read on the screen, be told to other processes? Where a secret was typed nothing may: a
 * narrow field shows a piece of it, which reads like none. SELF: the masks. */
bool masks_allow(void *self, const char *line);

/* Finds what is to be masked on the scene. */
void masks_find(struct masks *m, const struct scene *scene);

/* Does something that is masked stand in BOX? */
bool masks_hide(const struct masks *m, struct rect box);

/* Finds it, and makes OUT the scene for those who may not see it: its texts are blanked. OUT
 * borrows from both, and needs no finish. */
void masks_apply(struct masks *m, const struct scene *scene, struct scene *out);

void masks_finish(struct masks *m);

#endif
