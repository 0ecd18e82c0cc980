/*
 * home: the private directories of one desktop: HOME and XDG_RUNTIME_DIR of its programs, what they
 * are configured with, what they wrote. Nobody else can look into them. Whoever made them removes
 * them (the keeper does).
 */
#ifndef EMULATOR_HOME_H
#define EMULATOR_HOME_H

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>

#define HOME_COOKIE_BYTES 16

struct home {
    char *root; /* owned, absolute; /tmp/hem-...; of harmless characters: it stands in configuration
                   files */
    char *screen; /* owned: where Xvfb's framebuffer file goes: in memory (/dev/shm), or inside root
                   */
    bool separate; /* screen is not inside root */
};

/* Makes the (nearly empty) directories. FRAMEBUFFER_BYTES: the room that `screen` needs; 0: it is
 * not made. ERR_IO. */
bool home_create(struct home *h, size_t framebuffer_bytes, struct err *e);

void home_finish(struct home *h); /* forgets them; the directories stay */
void home_remove(struct home *h); /* removes them, and forgets them */

/* Removes a directory with all that is in it, but nothing that links or mounts in it lead to. */
void directory_remove(const char *path);

/* The path of NAME inside root. Owned by the caller. */
char *home_path(const struct home *h, const char *name);

/* Writes a file inside root, and the directories above it. ERR_IO. */
bool home_write(const struct home *h, const char *name, const void *bytes, size_t size_bytes,
                int mode, struct err *e);

/* Makes the X server's secret, in COOKIE and in the file auth. */
bool home_cookie(const struct home *h, unsigned char cookie[HOME_COOKIE_BYTES], struct err *e);

/* Adds the last LINES lines of a file to OUT, without the newline at the end; nothing when there is
 * none. */
void tail_add(const char *path, int lines, struct buf *out);

/* Opens a file for what a program writes: for appending, made when it is not there. A descriptor,
 * or -1 with ERR_IO. */
int log_open(const char *path, struct err *e);

#endif
