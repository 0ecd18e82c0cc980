/*
 * Any bytes as a picture file: as they are, and, as nothing else would get beyond the first check,
 * with the checksums of their chunks put right. Refused, or every pixel of it is there.
 */
#include "vision/picture.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#define SIGNATURE 8
#define CHUNK     12 /* bytes of one that is empty: length, type, checksum */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static uint32_t number_at(const uint8_t *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void checksums_mend(uint8_t *bytes, size_t size)
{
    for (size_t at = SIGNATURE, next; at + CHUNK <= size; at = next) {
        size_t length = number_at(bytes + at);
        if (length > size - at - CHUNK)
            return;
        next = at + CHUNK + length;
        uint32_t sum = (uint32_t)crc32(0, bytes + at + 4, (uInt)length + 4);
        for (size_t i = 0; i < 4; i++)
            bytes[next - 4 + i] = (uint8_t)(sum >> (24 - 8 * i));
    }
}

/* The file is the same one each time: its memory is, too. */
static void check(const uint8_t *bytes, size_t size)
{
    static int file = -1;
    static char path[32];
    if (file < 0) {
        file = memfd_create("picture", MFD_CLOEXEC);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    if (ftruncate(file, 0) != 0 || pwrite(file, bytes, size, 0) != (ssize_t)size)
        abort();
    struct frame f = {0};
    struct err e = {0};
    if (picture_read(path, &f, &e)) {
        assert(f.width > 0 && f.height > 0);
        uint32_t last = f.pixels[(size_t)(f.height - 1) * (size_t)f.stride + (size_t)f.width - 1];
        assert(last <= 0xFFFFFF);
    } else {
        assert(e.kind == ERR_USAGE && *e.text);
    }
    frame_finish(&f);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    uint8_t *mended = malloc(size + 1);
    memcpy(mended, bytes, size);
    checksums_mend(mended, size);
    check(bytes, size);
    check(mended, size);
    free(mended);
    return 0;
}
