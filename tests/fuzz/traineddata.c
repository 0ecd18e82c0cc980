/*
 * Any bytes as the data of a language: refused, or good to read with.
 */
#include "vision/traineddata.h"
#include "base/buf.h"
#include "vision/network.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct traineddata *t = mem_alloc(sizeof *t);
    if (traineddata_parse(t, bytes, size, NULL)) {
        struct plane picture = {0};
        struct network_line line = {.picture = &picture};
        plane_resize(&picture, 20, t->height);
        memset(picture.pixels, 128, (size_t)picture.width * (size_t)picture.height);
        struct network *n = network_create(t, kernels_best());
        network_read(n, &line, 1);
        network_destroy(n);
        plane_finish(&picture);
    }
    free(t);
    return 0;
}
