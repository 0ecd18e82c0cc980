#include "input/layout.h"

#include <X11/Xatom.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define NAMES_LONGS 256 /* of the property that is read; more than any layout's */

enum { NAME_RULES, NAME_MODEL, NAME_LAYOUT, NAME_VARIANT, NAMES };

/* The property holds texts that each end with a NUL. */
static void names_take(const char *bytes, size_t size_bytes, const char *names[NAMES])
{
    for (int i = 0; i < NAMES; i++) {
        const char *end = memchr(bytes, '\0', size_bytes);
        if (!end)
            return;
        names[i] = bytes;
        size_bytes -= (size_t)(end + 1 - bytes);
        bytes = end + 1;
    }
}

void layout_name(Display *display, char *out, size_t size_bytes)
{
    const char *names[NAMES] = {"", "", "", ""};
    Atom type, property = XInternAtom(display, "_XKB_RULES_NAMES", True);
    int format = 0;
    unsigned long count = 0, left;
    unsigned char *bytes = NULL;
    out[0] = '\0';
    if (!property ||
        XGetWindowProperty(display, DefaultRootWindow(display), property, 0, NAMES_LONGS, False,
                           XA_STRING, &type, &format, &count, &left, &bytes) != Success)
        return;
    if (bytes && format == 8) {
        names_take((const char *)bytes, count, names);
        bool varied = *names[NAME_VARIANT] != '\0';
        snprintf(out, size_bytes, "%s%s%s%s", names[NAME_LAYOUT], varied ? "(" : "",
                 names[NAME_VARIANT], varied ? ")" : "");
    }
    if (bytes)
        XFree(bytes);
}
