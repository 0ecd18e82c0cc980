/*
 * windows: what a desktop knows of the windows on it: is there a window manager, has a program
 * shown a window, which one is active. For starting and for guarding; what is on the screen is for
 * the eyes.
 */
#ifndef EMULATOR_WINDOWS_H
#define EMULATOR_WINDOWS_H

#include <X11/Xlib.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define WINDOWS_MAX 256

/* Top-level windows (a window manager's frames, where it makes some) that a person can see:
 * viewable, on the screen, and larger than what programs use to talk to each other. */
struct windows {
    Window items[WINDOWS_MAX];
    int count;
};

void windows_list(Display *display, struct windows *out);
bool windows_hold(const struct windows *w, Window window);

/* The process that says it owns this top-level window or its client (_NET_WM_PID); 0: none says so.
 */
pid_t window_process(Display *display, Window window);

/*
 * Does a window manager work? To be asked again, from time to time, until it does. That it has
 * announced itself is not enough: openbox loses the windows that are mapped until its start is
 * over. So PROBE (None at first) becomes a window of ours that the window manager has to show; it
 * is gone when the answer is true.
 */
bool windows_managed(Display *display, Window *probe);

/* Asks for events when windows come and go, in addition to what was asked for before; returns what
 * was added, for windows_unwatch. */
long windows_watch(Display *display);
void windows_unwatch(Display *display, long added);

/* Takes those events, and none of others. Were there any? To be asked right before waiting for
 * more, as every question to the server may bring events along, which the connection's descriptor
 * then no longer shows. */
bool windows_events_drop(Display *display);

enum window_kind { WINDOW_NORMAL, WINDOW_DIALOG, WINDOW_TOOLTIP, WINDOW_MENU };

/* Of a top-level window or its client. One that belongs to another and does not say what it is, is
 * a dialog. */
enum window_kind window_kind(Display *display, Window window);

/* The title of a top-level window or its client, as windows_active_title. */
void window_title(Display *display, Window window, char *out, size_t size_bytes);

/* The active window's title, UTF-8, cut between characters; "" when there is none. */
void windows_active_title(Display *display, char *out, size_t size_bytes);

/* The same of the window at a point of the screen: the topmost one there. Menus have none. */
void windows_title_at(Display *display, int x, int y, char *out, size_t size_bytes);

#endif
