#include "vision/framebuffer.h"

#include "base/frame.h"

#include <X11/X.h>
#include <X11/Xmd.h>

#include <X11/XWDFile.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool framebuffer_map(struct framebuffer *f, const char *path, struct err *e)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (file < 0 || fstat(file, &info) != 0) {
        err_set(e, ERR_DISPLAY, "cannot open the framebuffer %s: %s", path, strerror(errno));
        if (file >= 0)
            close(file);
        return false;
    }
    void *memory = MAP_FAILED;
    if ((size_t)info.st_size >= sizeof(XWDFileHeader))
        memory = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (memory == MAP_FAILED)
        return err_set(e, ERR_DISPLAY, "cannot map the framebuffer %s", path);
    f->memory = memory;
    f->size_bytes = (size_t)info.st_size;
    return true;
}

static bool header_fits(struct framebuffer *f, const XWDFileHeader *h)
{
    uint64_t start =
        (uint64_t)be32toh(h->header_size) + (uint64_t)be32toh(h->ncolors) * sz_XWDColor;
    uint64_t width = be32toh(h->pixmap_width), height = be32toh(h->pixmap_height);
    uint64_t stride = be32toh(h->bytes_per_line);
    uint32_t order = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? LSBFirst : MSBFirst;
    if (be32toh(h->file_version) != XWD_FILE_VERSION || be32toh(h->byte_order) != order ||
        be32toh(h->bits_per_pixel) != 32 || be32toh(h->red_mask) != 0xff0000 ||
        be32toh(h->green_mask) != 0xff00 || be32toh(h->blue_mask) != 0xff)
        return false;
    if (!frame_may_be((int64_t)width, (int64_t)height) || stride % 4 != 0 || start % 4 != 0 ||
        stride < width * 4 || stride > FRAME_SIDE_MAX * 8 ||
        start + stride * height > f->size_bytes)
        return false;
    f->pixels = (const uint8_t *)f->memory + start;
    f->width = (int)width;
    f->height = (int)height;
    f->stride_bytes = (int)stride;
    return true;
}

bool framebuffer_open(struct framebuffer *f, const char *path, struct err *e)
{
    *f = (struct framebuffer){0};
    if (!framebuffer_map(f, path, e))
        return false;
    if (header_fits(f, f->memory))
        return true;
    framebuffer_close(f);
    return err_set(e, ERR_DISPLAY, "%s is not a framebuffer of 32-bit TrueColor pixels", path);
}

void framebuffer_close(struct framebuffer *f)
{
    if (f->memory)
        munmap(f->memory, f->size_bytes);
    *f = (struct framebuffer){0};
}
