/*
 * gallery: the pictures that steps name, each read once, and the frame that they are looked for on.
 * It is what find_target needs beside a scene.
 */
#ifndef VISION_GALLERY_H
#define VISION_GALLERY_H

#include "base/step.h"
#include "vision/sightings.h"

struct gallery;

/* Pictures' names are seen from DIRECTORY. FRAME is borrowed and may be refilled: a search looks at
 * what it shows then. NULL: nothing is searched, pictures are only read. */
struct gallery *gallery_create(const char *directory, const struct frame *frame);
void gallery_destroy(struct gallery *g); /* takes NULL */

/* Reads all pictures that the step names. ERR_USAGE as template_read. One whose name has a hole in
 * it is left for later. */
bool gallery_read(struct gallery *g, const struct step *step, struct err *e);

/* Where the picture NAME is seen; borrowed until the next call. NULL with ERR_USAGE when it can't
 * be read or there is no frame. */
const struct sightings *gallery_find(struct gallery *g, const char *name,
                                     enum sightings_wanted wanted, struct err *e);

#endif
