/*
 * album: the pictures and videos in a page, each once. A picture is a stack of layers: a whole one,
 * and for each of the following only what differs from the one before, since a step changes little
 * of a screen.
 *
 * What is added is told as JSON, for the page's script:
 *   {"w":1280,"h":800,"layers":[[ID,X,Y,WIDTH,HEIGHT], ...]}    a picture in the page
 *   {"id":ID,"kind":"video/webm"}                               another file in the page
 *   {"link":"cases/form/try-1/frames/000001.png"}               no room
 *   {"missing":"cannot open ..."}
 */
#ifndef PAGE_ALBUM_H
#define PAGE_ALBUM_H

#include "base/buf.h"
#include "base/frame.h"

#include <stdio.h>

struct album {
    FILE *file;              /* borrowed; the page, where blocks with the bytes are put at once */
    size_t room_bytes;       /* that are left */
    struct album_key *known; /* owned */
    int known_count, known_capacity;
    int count;  /* of blocks */
    int linked; /* times that there was no room */
};

/* Pictures that follow one another. Zero-initialised is empty. */
struct reel {
    struct frame last;
    struct buf layers; /* of the last, without the brackets around them */
    int layer_count;
};

void album_init(struct album *a, FILE *file, size_t room_bytes);
void album_finish(struct album *a);
void reel_finish(struct reel *r);

/* Adds the picture at PATH; LINK is what the page calls that file. Appends what it is to JSON. */
void album_add_picture(struct album *a, struct reel *r, const char *path, const char *link,
                       struct buf *json);

/* Adds any file. KIND: "video/webm". */
void album_add_file(struct album *a, const char *path, const char *link, const char *kind,
                    struct buf *json);

#endif
