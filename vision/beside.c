#include "vision/beside.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define JSON_MAX_BYTES (1 << 20)
#define PICTURE_ENDING ".png"

char *beside_path(const char *picture)
{
    struct buf path = {0};
    size_t length = strlen(picture), ending = strlen(PICTURE_ENDING);
    buf_add(&path, picture);
    if (length > ending && strcasecmp(picture + length - ending, PICTURE_ENDING) == 0)
        path.text[path.length -= ending] = '\0';
    buf_add(&path, ".json");
    return buf_take(&path);
}

bool beside_read(const char *path, struct buf *out, struct err *e)
{
    FILE *file = fopen(path, "re");
    if (!file && errno == ENOENT)
        return true;
    if (!file)
        return err_set(e, ERR_USAGE, "cannot open %s: %s", path, strerror(errno));
    char chunk[16384];
    size_t n;
    while (out->length <= JSON_MAX_BYTES && (n = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add_bytes(out, chunk, n);
    bool failed = ferror(file);
    fclose(file);
    if (failed || !out->length)
        return err_set(e, ERR_USAGE, "cannot read %s", path);
    return out->length <= JSON_MAX_BYTES || err_set(e, ERR_USAGE, "%s is too large", path);
}
