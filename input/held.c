#include "input/held.h"

#include <X11/Xatom.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

/* The note as numbers of 32 bits; Xlib keeps such in longs. */
enum { AT_WINDOW, AT_NUMBER, AT_BUTTONS, AT_CAPS, AT_KEYS, AT_BINDINGS = AT_KEYS + 8 };
#define NUMBERS_MAX (AT_BINDINGS + 2 * HELD_BINDINGS_MAX)

static void property_put(Display *display, Window window, Atom property, const long *numbers,
                         int count)
{
    XChangeProperty(display, window, property, XA_CARDINAL, 32, PropModeReplace,
                    (const unsigned char *)numbers, count);
}

/* Returns how many there were, at most MAX. */
static int property_get(Display *display, Window window, Atom property, long *numbers, int max)
{
    Atom type = None;
    int format = 0;
    unsigned long count = 0, more;
    unsigned char *data = NULL;
    if (XGetWindowProperty(display, window, property, 0, max, False, XA_CARDINAL, &type, &format,
                           &count, &more, &data) != Success)
        return 0;
    bool ours = data && type == XA_CARDINAL && format == 32;
    if (ours)
        memcpy(numbers, data, count * sizeof *numbers);
    if (data)
        XFree(data);
    return ours ? (int)count : 0;
}

static void note_read(struct held_note *note, const long *numbers, int count)
{
    *note =
        (struct held_note){.buttons = (uint32_t)numbers[AT_BUTTONS], .caps = numbers[AT_CAPS] != 0};
    for (int i = 0; i < 8; i++)
        note->keys[i] = (uint32_t)numbers[AT_KEYS + i];
    for (int i = AT_BINDINGS; i + 1 < count; i += 2)
        note->bindings[note->binding_count++] =
            (struct held_binding){(uint32_t)numbers[i], (uint32_t)numbers[i + 1]};
}

void held_write(struct held *h)
{
    long numbers[NUMBERS_MAX] = {(long)h->window, (long)h->number, (long)h->note.buttons,
                                 h->note.caps};
    int count = AT_BINDINGS;
    if (!h->display)
        return;
    for (int i = 0; i < 8; i++)
        numbers[AT_KEYS + i] = (long)h->note.keys[i];
    for (int i = 0; i < h->note.binding_count; i++) {
        numbers[count++] = (long)h->note.bindings[i].keycode;
        numbers[count++] = (long)h->note.bindings[i].keysym;
    }
    property_put(h->display, DefaultRootWindow(h->display), h->property, numbers, count);
}

/* A window's number is given again after its end: so the one in the window has to be right, too.
 * Windows that are not there are not asked, which would be an error. */
static bool owner_lives(Display *display, Atom property, const long *numbers)
{
    Window root, parent, *children = NULL;
    unsigned count = 0;
    long number = 0;
    bool there = false;
    if (!XQueryTree(display, DefaultRootWindow(display), &root, &parent, &children, &count))
        return true;
    for (unsigned i = 0; i < count && !there; i++)
        there = children[i] == (Window)numbers[AT_WINDOW];
    if (children)
        XFree(children);
    return there && property_get(display, (Window)numbers[AT_WINDOW], property, &number, 1) == 1 &&
           (uint32_t)number == (uint32_t)numbers[AT_NUMBER];
}

static bool atoms_of_owners(Display *display, Atom atoms[HELD_OWNERS_MAX])
{
    char names[HELD_OWNERS_MAX][24], *list[HELD_OWNERS_MAX];
    for (int i = 0; i < HELD_OWNERS_MAX; i++) {
        snprintf(names[i], sizeof names[i], "_HEM_HELD_%d", i + 1);
        list[i] = names[i];
    }
    return XInternAtoms(display, list, HELD_OWNERS_MAX, False, atoms);
}

/* Gives back what the dead have left; the place of one of them, or an empty one; None without. */
static Atom place_find(Display *display, const Atom atoms[HELD_OWNERS_MAX],
                       void (*give_back)(void *self, const struct held_note *note), void *self)
{
    Atom place = None;
    for (int i = 0; i < HELD_OWNERS_MAX; i++) {
        long numbers[NUMBERS_MAX];
        struct held_note note;
        int count =
            property_get(display, DefaultRootWindow(display), atoms[i], numbers, NUMBERS_MAX);
        if (count >= AT_BINDINGS && owner_lives(display, atoms[i], numbers))
            continue;
        if (count >= AT_BINDINGS) {
            note_read(&note, numbers, count);
            give_back(self, &note);
            XDeleteProperty(display, DefaultRootWindow(display), atoms[i]);
        }
        place = place ? place : atoms[i];
    }
    return place;
}

/* Never mapped: nobody sees it. */
static void window_create(struct held *h)
{
    XSetWindowAttributes attributes = {.override_redirect = True};
    long number = h->number;
    h->window = XCreateWindow(h->display, DefaultRootWindow(h->display), -1, -1, 1, 1, 0, 0,
                              InputOnly, CopyFromParent, CWOverrideRedirect, &attributes);
    property_put(h->display, h->window, h->property, &number, 1);
}

bool held_open(struct held *h, Display *display,
               void (*give_back)(void *self, const struct held_note *note), void *self,
               struct err *e)
{
    Atom atoms[HELD_OWNERS_MAX];
    *h = (struct held){0};
    if (!atoms_of_owners(display, atoms) ||
        getrandom(&h->number, sizeof h->number, 0) != (ssize_t)sizeof h->number)
        return err_set(e, ERR_DISPLAY, "the display %s is gone", DisplayString(display));
    XGrabServer(display);
    h->property = place_find(display, atoms, give_back, self);
    if (h->property != None) {
        h->display = display;
        window_create(h);
        held_write(h);
    }
    XUngrabServer(display);
    XSync(display, False);
    return h->display || err_set(e, ERR_DISPLAY, "%d emulators act on the display %s already",
                                 HELD_OWNERS_MAX, DisplayString(display));
}

void held_close(struct held *h)
{
    if (!h->display)
        return;
    XDeleteProperty(h->display, DefaultRootWindow(h->display), h->property);
    XDestroyWindow(h->display, h->window);
    XFlush(h->display);
    *h = (struct held){0};
}
