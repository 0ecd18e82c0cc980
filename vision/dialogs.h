/*
 * dialogs: what dialogs of all kinds have in common.
 */
#ifndef VISION_DIALOGS_H
#define VISION_DIALOGS_H

#include "vision/view.h"

/* Is something in BOX to close it with? */
bool dialog_holds_control(const struct view *v, struct rect box);

/* TITLE is in the scene's arena. */
void dialog_add(struct view *v, struct rect box, const char *title, unsigned states);

#endif
