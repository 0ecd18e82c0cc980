/*
 * trace: one try or episode as the page's script gets it, when it is opened:
 *
 *   {"episode":{...},"turns":[...],"cut":true,
 *    "logs":[{"name":"program.err","text":"...","left_out":BYTES}],
 *    "compared":[{"name":"main","expected":PICTURE,"actual":PICTURE,"difference":PICTURE}],
 *    "video":FILE,"captions":"WEBVTT..."}
 *
 * Episode and turns are those on disk, but for "frame", which is a picture of the album.
 */
#ifndef PAGE_TRACE_H
#define PAGE_TRACE_H

#include "page/album.h"
#include "trajectory/result.h"

/* DIR: of the run. LINKS: what the page puts in front of a path in DIR: "" or "/home/ada/out/". */
void trace_add(struct album *a, const char *dir, const char *links, const struct result *r,
               struct buf *json);

#endif
