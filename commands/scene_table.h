/*
 * scene_table: the elements of a scene as a table for people: one line each, columns aligned.
 */
#ifndef COMMANDS_SCENE_TABLE_H
#define COMMANDS_SCENE_TABLE_H

#include "base/buf.h"
#include "base/scene.h"

/* Appended, with a line of headings; each line ends with a newline. Cells of tables, which would
 * crowd out the rest, are only counted. */
void scene_table(const struct scene *scene, struct buf *out);

#endif
