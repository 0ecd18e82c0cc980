/*
 * scene_json: a scene as one line of JSON, as `hem see --json` prints it:
 *
 *   {"width":1280,"height":800,
 *    "elements":[{"id":1,"role":"textbox","text":"","label":"Name","value":"","box":[x,y,w,h],"states":["focused"],
 *                 "group":"...", "confidence":0.9}],
 *    "words":[{"text":"Name","box":[x,y,w,h],"confidence":0.98}],
 *    "ms":{"capture":0.4,"read":30.1}}
 *
 * "value" is null where a control has none; "group" is there only where an element is in one.
 */
#ifndef COMMANDS_SCENE_JSON_H
#define COMMANDS_SCENE_JSON_H

#include "base/buf.h"
#include "base/scene.h"

/* Appended, without a newline. Always valid UTF-8: bytes that are not become U+FFFD. */
void scene_json(const struct scene *scene, struct buf *out);

#endif
