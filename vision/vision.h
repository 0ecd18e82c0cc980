/*
 * vision: the eyes: from a frame to a scene.
 */
#ifndef VISION_VISION_H
#define VISION_VISION_H

#include "base/err.h"
#include "base/frame.h"
#include "base/scene.h"

struct vision;

/* LANGUAGE as in text_create. */
struct vision *vision_create(const char *language, struct err *e);
void vision_destroy(struct vision *v); /* takes NULL */

/* As text_share_if: may other processes be told what a line says? */
void vision_share_if(struct vision *v, bool (*allowed)(void *self, const char *line), void *self);

/* The next frame comes from another screen than those before. What lines say stays known. */
void vision_forget(struct vision *v);

/*
 * Refills SCENE with what FRAME shows. The scene's changed rect and capture time are the frame's.
 * The frame is the same afterwards; in between its caret and selections are taken out of it.
 *
 * Only what changed is read again, where the frame's serial says that it follows the one read
 * before; nothing is, and nothing is allocated, when it is the same one and SCENE still holds it.
 * So all frames with a serial must come from one screen. One without (0) is read whole, and its
 * elements are numbered from 1, in reading order; in others an element keeps its id (identity).
 */
bool vision_read(struct vision *v, struct frame *frame, struct scene *scene, struct err *e);

#endif
