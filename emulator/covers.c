#include "emulator/covers.h"

#include "emulator/windows.h"

#include <string.h>

#define TITLE_SIZE  256
#define COVERS_MOST 3
#define COVERED_PART                                                                               \
    20 /* one that lies over less than one part in so many of another is beside it */

static struct rect window_rect(Display *display, Window window)
{
    XWindowAttributes w;
    if (!XGetWindowAttributes(display, window, &w))
        return (struct rect){0};
    return (struct rect){w.x, w.y, w.width + 2 * w.border_width, w.height + 2 * w.border_width};
}

/* A window of its own kind; menus and tooltips are small and lie wherever they pop up. */
static const char *kind_of(enum window_kind kind)
{
    static const char *const names[] = {[WINDOW_NORMAL] = "window",
                                        [WINDOW_DIALOG] = "dialog",
                                        [WINDOW_TOOLTIP] = "tooltip",
                                        [WINDOW_MENU] = "menu"};
    return names[kind];
}

static void name_one(Display *display, Window window, struct rect box, const struct scene *scene,
                     struct buf *out)
{
    char title[TITLE_SIZE] = "";
    struct buf words = {0};
    enum window_kind kind = window_kind(display, window);
    if (kind != WINDOW_TOOLTIP && kind != WINDOW_MENU) /* GTK's are all called as the program is */
        window_title(display, window, title, sizeof title);
    for (int i = 0; i < scene->word_count && !title[0]; i++)
        if (rect_holds(box, rect_center(scene->words[i].box)) && words.length < TITLE_SIZE / 4)
            buf_addf(&words, "%s%s", words.length ? " " : "", scene->words[i].text);
    const char *name = title[0] ? title : buf_text(&words);
    buf_addf(out, "%s%s", out->length ? ", " : "", kind_of(kind));
    if (*name)
        buf_addf(out, " \"%s\"", name);
    buf_finish(&words);
}

void covers_name(Display *display, const struct scene *scene, struct buf *out)
{
    struct windows all;
    int named = 0;
    windows_list(display, &all);
    for (int i = all.count - 1; i > 0 && named < COVERS_MOST; i--) { /* the topmost is the last */
        struct rect box = window_rect(display, all.items[i]);
        bool covers = false;
        for (int k = 0; k < i && !covers; k++) {
            struct rect below = window_rect(display, all.items[k]);
            long part = rect_area(rect_common(box, below));
            covers = part * COVERED_PART >= rect_area(below) ||
                     (part && window_kind(display, all.items[i]) != WINDOW_NORMAL);
        }
        if (!covers)
            continue;
        name_one(display, all.items[i], box, scene, out);
        named++;
    }
}
