/*
 * layout: what the keyboard's layout is called.
 */
#ifndef INPUT_LAYOUT_H
#define INPUT_LAYOUT_H

#include <X11/Xlib.h>
#include <stddef.h>

/* "us", "de(nodeadkeys)", "us,ru" as it was set up; "" when the server does not say. */
void layout_name(Display *display, char *out, size_t size_bytes);

#endif
