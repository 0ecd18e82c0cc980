#include "vision/capture.h"

#include "base/buf.h"
#include "base/frame.h"
#include "base/log.h"
#include "vision/framebuffer.h"

#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>

struct capture {
    Display *display; /* borrowed */
    Window root;
    Visual *visual; /* borrowed from display */
    int depth;
    struct rect screen;
    enum capture_method method;
    struct framebuffer framebuffer;
    XShmSegmentInfo segment; /* shmaddr NULL: none */
    size_t segment_bytes;
    XImage *image;     /* owned: of the last XGetImage; NULL: none */
    uint32_t *scratch; /* owned: pixels turned into our order; NULL: none */
    size_t scratch_pixels;
};

static bool root_look(struct capture *c, struct err *e)
{
    XWindowAttributes root;
    if (!XGetWindowAttributes(c->display, c->root, &root))
        return err_set(e, ERR_DISPLAY, "the display went away");
    if (!frame_may_be(root.width, root.height))
        return err_set(e, ERR_DISPLAY, "a screen of %dx%d pixels is more than hem can see",
                       root.width, root.height);
    bool direct = root.visual->class == TrueColor || root.visual->class == DirectColor;
    if (!direct || (root.depth != 24 && root.depth != 32))
        return err_set(
            e, ERR_DISPLAY,
            "this screen has pixels of depth %d that are not TrueColor of 24 or 32 bits, "
            "which hem cannot see",
            root.depth);
    c->visual = root.visual;
    c->depth = root.depth;
    c->screen = (struct rect){0, 0, root.width, root.height};
    return true;
}

/* How far a mask of 8 bits is shifted to the left; -1 when it is another kind of mask. */
static int mask_shift(unsigned long mask)
{
    for (int shift = 0; shift <= 24; shift += 8)
        if (mask == 0xfful << shift)
            return shift;
    return -1;
}

static bool image_known(const XImage *image)
{
    return image->bits_per_pixel == 32 && mask_shift(image->red_mask) >= 0 &&
           mask_shift(image->green_mask) >= 0 && mask_shift(image->blue_mask) >= 0;
}

static int native_order(void)
{
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? LSBFirst : MSBFirst;
}

/* The image's pixels as ours: as they lie, or turned into our order. */
static void image_view(struct capture *c, const XImage *image, struct capture_view *out)
{
    int stride = image->bytes_per_line / 4;
    const uint32_t *pixels = (const uint32_t *)(const void *)image->data;
    *out = (struct capture_view){pixels, stride};
    if (image->byte_order == native_order() && image->red_mask == 0xff0000 &&
        image->green_mask == 0xff00 && image->blue_mask == 0xff)
        return;
    size_t count = (size_t)stride * (size_t)image->height;
    if (count > c->scratch_pixels) {
        c->scratch = mem_resize(c->scratch, count * sizeof *c->scratch);
        c->scratch_pixels = count;
    }
    int red = mask_shift(image->red_mask), green = mask_shift(image->green_mask);
    int blue = mask_shift(image->blue_mask);
    for (size_t i = 0; i < count; i++) {
        uint32_t p = image->byte_order == native_order() ? pixels[i] : __builtin_bswap32(pixels[i]);
        c->scratch[i] = (p >> red & 0xff) << 16 | (p >> green & 0xff) << 8 | (p >> blue & 0xff);
    }
    out->pixels = c->scratch;
}

static void segment_detach(struct capture *c)
{
    if (!c->segment.shmaddr)
        return;
    XShmDetach(c->display, &c->segment);
    XSync(c->display, False);
    shmdt(c->segment.shmaddr);
    c->segment = (XShmSegmentInfo){0};
}

/* A segment that holds the whole screen. It is marked for removal at once: it goes with its last
 * user, however that ends. */
static bool segment_attach(struct capture *c)
{
    segment_detach(c);
    c->segment_bytes = (size_t)c->screen.width * (size_t)c->screen.height * 4;
    c->segment.shmid = shmget(IPC_PRIVATE, c->segment_bytes, IPC_CREAT | 0600);
    if (c->segment.shmid < 0)
        return false;
    c->segment.shmaddr = shmat(c->segment.shmid, NULL, 0);
    if ((intptr_t)c->segment.shmaddr == -1) {
        c->segment.shmaddr = NULL;
        shmctl(c->segment.shmid, IPC_RMID, NULL);
        return false;
    }
    c->segment.readOnly = False;
    bool attached = XShmAttach(c->display, &c->segment);
    XSync(c->display, False);
    shmctl(c->segment.shmid, IPC_RMID, NULL);
    if (!attached) {
        shmdt(c->segment.shmaddr);
        c->segment = (XShmSegmentInfo){0};
    }
    return attached;
}

static bool read_shm(struct capture *c, struct rect area, struct capture_view *out)
{
    if (!c->segment.shmaddr || (size_t)area.width * (size_t)area.height * 4 > c->segment_bytes)
        return false;
    XImage *image =
        XShmCreateImage(c->display, c->visual, (unsigned)c->depth, ZPixmap, c->segment.shmaddr,
                        &c->segment, (unsigned)area.width, (unsigned)area.height);
    if (!image)
        return false;
    bool ok = image_known(image) &&
              (size_t)image->bytes_per_line * (size_t)area.height <= c->segment_bytes &&
              XShmGetImage(c->display, c->root, image, area.x, area.y, AllPlanes);
    if (ok)
        image_view(c, image, out);
    image->data = NULL; /* the segment's */
    XDestroyImage(image);
    return ok;
}

static void image_drop(struct capture *c)
{
    if (c->image)
        XDestroyImage(c->image);
    c->image = NULL;
}

static bool read_getimage(struct capture *c, struct rect area, struct capture_view *out)
{
    image_drop(c);
    c->image = XGetImage(c->display, c->root, area.x, area.y, (unsigned)area.width,
                         (unsigned)area.height, AllPlanes, ZPixmap);
    if (!c->image || !image_known(c->image))
        return false;
    image_view(c, c->image, out);
    return true;
}

static bool read_framebuffer(struct capture *c, struct rect area, struct capture_view *out)
{
    const struct framebuffer *f = &c->framebuffer;
    if (!rect_inside(area, (struct rect){0, 0, f->width, f->height}))
        return false;
    out->stride = f->stride_bytes / 4;
    out->pixels = (const uint32_t *)(const void *)f->pixels + (size_t)area.y * (size_t)out->stride +
                  (size_t)area.x;
    return true;
}

bool capture_read(struct capture *c, struct rect area, struct capture_view *out)
{
    if (!rect_inside(area, c->screen))
        return false;
    switch (c->method) {
    case CAPTURE_FRAMEBUFFER:
        return read_framebuffer(c, area, out);
    case CAPTURE_SHM:
        return read_shm(c, area, out);
    case CAPTURE_GETIMAGE:
        break;
    }
    return read_getimage(c, area, out);
}

/* Takes the first method from SLOWEST on that can read the whole screen. */
static bool method_choose(struct capture *c, const char *path, enum capture_method slowest,
                          struct err *e)
{
    struct capture_view view;
    struct err why;
    c->method = CAPTURE_FRAMEBUFFER;
    if (path && slowest == CAPTURE_FRAMEBUFFER) {
        if (!framebuffer_open(&c->framebuffer, path, &why))
            log_warn("%s", why.text);
        else if (read_framebuffer(c, c->screen, &view))
            return true;
    }
    c->method = CAPTURE_SHM;
    if (slowest <= CAPTURE_SHM && XShmQueryExtension(c->display) && segment_attach(c) &&
        read_shm(c, (struct rect){0, 0, 1, 1}, &view))
        return true;
    segment_detach(c);
    c->method = CAPTURE_GETIMAGE;
    if (read_getimage(c, (struct rect){0, 0, 1, 1}, &view))
        return true;
    return err_set(e, ERR_DISPLAY,
                   "the screen's pixels cannot be read (they are not 32 bits each, "
                   "8 of red, green and blue)");
}

struct capture *capture_open(Display *display, const char *framebuffer, enum capture_method slowest,
                             struct err *e)
{
    struct capture *c = mem_zero(1, sizeof *c);
    c->display = display;
    c->root = DefaultRootWindow(display);
    if (root_look(c, e) && method_choose(c, framebuffer, slowest, e))
        return c;
    capture_close(c);
    return NULL;
}

void capture_close(struct capture *c)
{
    if (!c)
        return;
    framebuffer_close(&c->framebuffer);
    segment_detach(c);
    image_drop(c);
    free(c->scratch);
    free(c);
}

enum capture_method capture_method(const struct capture *c)
{
    return c->method;
}

struct rect capture_screen(const struct capture *c)
{
    return c->screen;
}

bool capture_resize(struct capture *c, struct err *e)
{
    if (!root_look(c, e))
        return false;
    if (c->method == CAPTURE_SHM && !segment_attach(c))
        return err_set(e, ERR_DISPLAY, "no shared memory for a screen of %dx%d pixels",
                       c->screen.width, c->screen.height);
    return true;
}
