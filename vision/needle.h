/*
 * needle: a picture as a person means it: the whole of it, anywhere; or, where a JSON file of the
 * same name lies beside it, those areas of it that are to be seen, each about where it is in the
 * picture. The JSON is openQA's (docs/GettingStarted there):
 *
 *   {"area": [{"xpos": 10, "ypos": 20, "width": 200, "height": 40, "type": "match",
 *              "match": 96, "margin": 50, "click_point": {"xpos": 5, "ypos": 7}}, ...]}
 *
 * `match` is the least similarity (vision/template.h) in per cent, 96 by default; `margin` how many
 * pixels the area may be elsewhere, 50 by default; `type` is match, exclude (what it covers of the
 * others does not count) or ocr, which is passed over, as openQA does; `click_point` is "center" or
 * a place in the area. Other members (tags, properties) are for others.
 */
#ifndef VISION_NEEDLE_H
#define VISION_NEEDLE_H

#include "vision/template.h"

struct needle_area {
    struct template *template; /* owned */
    struct rect box;           /* in the picture, and so on the screen */
    int margin;                /* pixels; below 0: it may be anywhere */
    double least;              /* similarity */
};

struct needle {
    struct needle_area *areas; /* owned; at least one */
    int count;
    int clicked; /* the area that a click means: the first with a click point, else the last */
    struct point click; /* in that area */
};

/* ERR_USAGE with the path: the picture as in template_read, the JSON when it is none, has no area
 * to match, or one that is not in the picture. */
struct needle *needle_read(const char *path, struct err *e);
void needle_destroy(struct needle *n); /* takes NULL */

#endif
