/*
 * traineddata_file: the installed English data, cut down to the parts that are read, for tests that
 * change it.
 */
#ifndef TESTS_TRAINEDDATA_FILE_H
#define TESTS_TRAINEDDATA_FILE_H

#include "base/buf.h"
#include "vision/languages.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_PARTS 24

struct traineddata_file {
    uint8_t *bytes; /* owned: free */
    size_t size;
    size_t parts[FILE_PARTS]; /* where each part begins; 0 for none */
};

static inline uint8_t *file_read(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    *size = (size_t)ftell(file);
    uint8_t *bytes = mem_alloc(*size);
    rewind(file);
    *size = fread(bytes, 1, *size, file);
    fclose(file);
    return bytes;
}

static inline int64_t offset_of(const uint8_t *bytes, int part)
{
    int64_t offset;
    memcpy(&offset, bytes + 4 + part * 8, sizeof offset);
    return offset;
}

/* The network, the characters and the codes of LANGUAGE behind a head of their own. */
static inline struct traineddata_file traineddata_file_make(const char *language)
{
    static const int kept[] = {17, 21, 22};
    char path[LANGUAGES_PATH_SIZE];
    struct traineddata_file f = {0};
    size_t size = 0;
    uint8_t *all = languages_path(language, path) ? file_read(path, &size) : NULL;
    if (!all)
        return f;
    f.bytes = mem_alloc(size);
    f.size = 4 + FILE_PARTS * 8;
    memset(f.bytes, 0xFF, f.size);
    memcpy(f.bytes, &(uint32_t){FILE_PARTS}, 4);
    for (int i = 0; i < 3; i++) {
        int64_t start = offset_of(all, kept[i]), end = (int64_t)size, to = (int64_t)f.size;
        for (int k = kept[i] + 1; k < FILE_PARTS && end == (int64_t)size; k++)
            if (offset_of(all, k) > 0)
                end = offset_of(all, k);
        f.parts[kept[i]] = f.size;
        memcpy(f.bytes + 4 + kept[i] * 8, &to, sizeof to);
        memcpy(f.bytes + f.size, all + start, (size_t)(end - start));
        f.size += (size_t)(end - start);
    }
    free(all);
    return f;
}

#endif
