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

/* Reads all pictures that the step names. ERR_USAGE as needle_read. One whose name has a hole in it
 * is left for later. */
bool gallery_read(struct gallery *g, const struct step *step, struct err *e);

/*
 * Where the picture NAME is seen; of a needle (vision/needle.h) the area that is clicked: where it
 * was, or else, or where all are wanted, everywhere. CLICK gets the place in it that a click means.
 * Borrowed until the next call. NULL with ERR_USAGE when it can't be read or there is no frame.
 */
const struct sightings *gallery_find(struct gallery *g, const char *name,
                                     enum sightings_wanted wanted, struct point *click,
                                     struct err *e);

/* Pictures of screens may be missing from now on: a screen is like none that is not there. */
void gallery_allow_missing(struct gallery *g);

/*
 * Does the frame look like the picture NAME (".png" may be missing)? A baseline (vision/baseline.h)
 * is the whole screen; all areas of a needle must be seen within their margins. BOX gets the first
 * area's place. ERR_TASK: no, and what is least like it; ERR_USAGE as gallery_find.
 */
bool gallery_compare(struct gallery *g, const char *name, struct rect *box, struct err *e);

/* The file of the screen NAME, there or not; owned by the caller. */
char *gallery_screen_path(const struct gallery *g, const char *name);

/* What the screen NAME is made of. A picture alone, or one with areas to match, is a needle. */
enum gallery_kind { GALLERY_MISSING, GALLERY_NEEDLE, GALLERY_BASELINE };
enum gallery_kind gallery_screen_kind(struct gallery *g, const char *name);

/* Draws where FRAME is not like the baseline NAME, or where the areas of a needle were looked for.
 * False: there is nothing to be drawn. */
bool gallery_draw(struct gallery *g, const char *name, const struct frame *frame,
                  struct frame *drawn);

#endif
