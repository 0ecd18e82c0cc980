/*
 * listing: a scene as text for a model: the elements with their ids, the other text, and what has
 * changed since the last look. A small model that sees no pictures can work by it.
 */
#ifndef POLICY_LISTING_H
#define POLICY_LISTING_H

#include "base/camera.h"
#include "base/data.h"
#include "base/scene.h"
#include "base/shot.h"

/* One look's lines, to compare the next one with. Zero-initialised is valid. */
struct listing {
    struct buf lines;  /* each ended by '\n' */
    struct buf before; /* those of the look before */
};

/*
 * Lists SCENE, places in the model's numbers, without SECRETS (NULL: none) and what CAMERA hides
 * (its functions may be NULL), and appends it to OUT between <screen> and </screen>. At most some
 * 16,000 bytes.
 */
void listing_write(struct listing *l, const struct scene *scene, const struct shot *shot,
                   const struct data *secrets, const struct camera *camera, struct buf *out);

/* Is the newest look the same as the one before? */
bool listing_is_same(const struct listing *l);

void listing_finish(struct listing *l);

#endif
