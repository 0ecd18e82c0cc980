/*
 * page: one HTML file of what happened: a run of cases, or episodes. It holds all that it shows but
 * for pictures and videos that have no room in it, needs no network, and lets nothing be loaded.
 *
 * Everything in the records is data: it reaches the page as JSON that can't end its block, and the
 * page's script makes texts of it only.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define PAGE_FILE       "report.html" /* of a folder, when nothing else is said */
#define PAGE_ROOM_BYTES ((size_t)64 << 20)

struct page_facts {
    int shown;    /* tries or episodes */
    int pictures; /* that are in the page, each once however often it is shown */
    int linked;   /* pictures and videos that are not, for want of room */
    size_t size_bytes;
};

/*
 * Prints the page for DIR: one with results.jsonl (and run.json) as `hem test` leaves it, a
 * trajectory, or a folder of trajectories, at most three folders down. Pictures and videos take at
 * most ROOM_BYTES in it, those of what went wrong first; the others are linked to where they lie:
 * LINKS and their path in DIR. Records that are broken are shown as that. OUT may be NULL.
 * ERR_USAGE: there is nothing in DIR to be shown, or its results can't be read. Whether FILE took
 * it is for the caller to see.
 */
bool page_print(const char *dir, FILE *file, const char *links, size_t room_bytes,
                struct page_facts *out, struct err *e);

/* Writes PATH, by a rename. ERR_IO, too. */
bool page_write(const char *dir, const char *path, size_t room_bytes, struct page_facts *out,
                struct err *e);

#endif
