/*
 * covers: which windows lie over others, for the error that something was not found.
 */
#ifndef EMULATOR_COVERS_H
#define EMULATOR_COVERS_H

#include "base/buf.h"
#include "base/scene.h"

#include <X11/Xlib.h>

/*
 * Appends them for people, from the topmost on: `dialog "Update"`, `tooltip "Saves the file"`, each
 * after a comma where OUT has something already. SCENE says what is written in one without a title.
 */
void covers_name(Display *display, const struct scene *scene, struct buf *out);

#endif
