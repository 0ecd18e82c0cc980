/*
 * gaze: the eyes of a recording, on a thread of their own, so that neither the hands' events nor
 * the next picture wait for them. Of every shot that is shown to it, in order: reads it, tells the
 * scribe where keys go, paints over what is secret, and writes the picture.
 */
#ifndef EMULATOR_GAZE_H
#define EMULATOR_GAZE_H

#include "base/err.h"
#include "base/frame.h"
#include "emulator/focuses.h"
#include "emulator/scribe.h"
#include "emulator/secrecy.h"

struct gaze;

struct gaze_options {
    const char *directory;       /* of the recording; it exists */
    const char *language;        /* Tesseract's; NULL: English */
    struct secrecy_terms secret; /* borrowed */
    struct scribe *scribe;       /* borrowed */
};

struct gaze *gaze_start(const struct gaze_options *options, struct err *e);

/*
 * Shows it FRAME, which is copied, with the active window's TITLE. CHANGED: what differs from the
 * frame that was shown before. PICTURE: it is to be kept. Waits while several are still to be
 * looked at.
 */
void gaze_show(struct gaze *g, const struct frame *frame, struct rect changed, const char *title,
               bool still, bool picture);

/* The screen is as it was shown last, at MS. */
void gaze_same(struct gaze *g, double ms, const char *title);

/* False: a picture could not be written, or a frame not be read. */
bool gaze_check(struct gaze *g, struct err *e);
int gaze_pictures(struct gaze *g); /* so far */

/* Waits until all is looked at. Frees, also on failure. Takes NULL. */
bool gaze_stop(struct gaze *g, struct err *e);

#endif
