#include "emulator/screens.h"

#include "base/log.h"
#include "trajectory/disk.h"
#include "trajectory/picture.h"
#include "vision/baseline.h"
#include "vision/beside.h"

#include <ctype.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "screens/main-2.ENDING": the second that is called so. */
static char *kept_path(const struct screens *s, const char *name, const char *ending)
{
    struct buf path = {0};
    int same = 0;
    for (int i = 0; i < s->count - 1; i++)
        same += strcmp(s->items[i].name, name) == 0;
    buf_add(&path, "screens/");
    for (const char *c = name; *c; c++)
        buf_add_char(&path, isalnum((unsigned char)*c) || *c == '.' ? *c : '_');
    if (same)
        buf_addf(&path, "-%d", same + 1);
    buf_add(&path, ending);
    return buf_take(&path);
}

/* Copies the picture as it is now, with its JSON: it may be another one when somebody looks. */
static char *expected_keep(const struct screens *s, const struct screens_lent *lent,
                           const char *name, const char *picture, struct err *e)
{
    char *kept = kept_path(s, name, "-expected.png");
    char *to = disk_path(lent->directory, kept), *json = beside_path(picture);
    char *json_to = beside_path(to);
    bool copied = disk_copy(picture, to, e) && (access(json, R_OK) || disk_copy(json, json_to, e));
    free(to);
    free(json);
    free(json_to);
    if (copied)
        return kept;
    free(kept);
    return NULL;
}

static char *frame_keep(const struct screens *s, const struct screens_lent *lent, const char *name,
                        const char *ending, const struct frame *frame, struct err *e)
{
    char *kept = kept_path(s, name, ending), *to = disk_path(lent->directory, kept);
    bool written = picture_write(to, frame, e);
    free(to);
    if (written)
        return kept;
    free(kept);
    return NULL;
}

static bool baseline_write(const char *path, const struct frame *frame, struct err *e)
{
    char *copy = mem_text(path), *json = beside_path(path);
    struct buf text = {0};
    bool fine = disk_make_directories(dirname(copy), e) && picture_write(path, frame, e);
    if (fine && access(json, F_OK) != 0) {
        baseline_json(&text);
        fine = disk_write(json, &text, false, e);
    }
    free(copy);
    free(json);
    buf_finish(&text);
    return fine;
}

static bool is_updated(const struct screens_lent *lent, enum gallery_kind kind, bool like)
{
    if (kind == GALLERY_NEEDLE)
        return false; /* a person has chosen its areas */
    return lent->update == SCREENS_ALL ||
           (!like && lent->update == SCREENS_MISSING && kind == GALLERY_MISSING) ||
           (!like && lent->update == SCREENS_CHANGED);
}

static struct screen_kept *kept_add(struct screens *s, const char *name, bool like)
{
    s->items = mem_resize(s->items, ((size_t)s->count + 1) * sizeof *s->items);
    struct screen_kept *kept = &s->items[s->count++];
    *kept = (struct screen_kept){.name = mem_text(name), .like = like};
    return kept;
}

/* The frame, and how it differs. */
static void seen_keep(const struct screens *s, const struct screens_lent *lent, const char *name,
                      const struct frame *seen, struct screen_kept *kept, struct err *e)
{
    struct frame drawn = {0};
    kept->actual = frame_keep(s, lent, name, "-actual.png", seen, e);
    if (gallery_draw(lent->gallery, name, seen, &drawn))
        kept->difference = frame_keep(s, lent, name, "-difference.png", &drawn, e);
    frame_finish(&drawn);
}

bool screens_ended(struct screens *s, const struct screens_lent *lent, const char *name,
                   const struct err *unlike)
{
    struct frame seen = {0};
    struct err e = {0};
    enum gallery_kind kind = gallery_screen_kind(lent->gallery, name);
    if (lent->update == SCREENS_STRICT || !lent->directory)
        return false;
    bool updated = is_updated(lent, kind, !unlike);
    char *path = gallery_screen_path(lent->gallery, name);
    char *folder = disk_path(lent->directory, "screens");
    struct screen_kept *kept = kept_add(s, name, !unlike && !updated);
    frame_copy(&seen, lent->frame);
    for (int i = 0; i < lent->masks->count; i++)
        frame_paint(&seen, lent->masks->rects[i], 0);
    disk_make_directories(folder, &e);
    if (kind != GALLERY_MISSING)
        kept->expected = expected_keep(s, lent, name, path, &e);
    if (unlike)
        seen_keep(s, lent, name, &seen, kept, &e);
    if (updated && baseline_write(path, &seen, &e))
        kept->written = mem_text(path);
    if (e.kind != ERR_NONE)
        log_warn("what was seen is not kept: %s", e.text);
    frame_finish(&seen);
    free(folder);
    free(path);
    return kept->written != NULL;
}

void screens_finish(struct screens *s)
{
    for (int i = 0; i < s->count; i++) {
        free(s->items[i].name);
        free(s->items[i].expected);
        free(s->items[i].actual);
        free(s->items[i].difference);
        free(s->items[i].written);
    }
    free(s->items);
    *s = (struct screens){0};
}
