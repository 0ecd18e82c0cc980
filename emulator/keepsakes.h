/*
 * keepsakes: what is kept beside the record of an episode: pictures that a step asked for, and what
 * the program wrote.
 */
#ifndef EMULATOR_KEEPSAKES_H
#define EMULATOR_KEEPSAKES_H

#include "base/data.h"
#include "base/err.h"
#include "base/frame.h"

/* Writes REGION of the frame, with MASKS painted over, as DIRECTORY/NAME.png (NULL: the working
 * directory); a '/' in the name becomes '_'. ERR_TASK for a region outside the frame. */
bool keepsake_picture(const char *directory, const char *name, const struct frame *frame,
                      struct rect region, const struct rect *masks, int mask_count, struct err *e);

/* Writes the part of the frame around PLACE (empty: all of it), with a box around that and MASKS
 * painted over, to PATH. */
bool keepsake_place(const char *path, const struct frame *frame, struct rect place,
                    const struct rect *masks, int mask_count, struct err *e);

/* Copies what the program wrote (files; NULL or empty: nothing) to DIRECTORY/program.out and
 * program.err, at most 1 MB of each, without SECRETS. A failure is logged. */
void keepsake_output(const char *directory, const char *out_path, const char *err_path,
                     const struct data *secrets);

#endif
