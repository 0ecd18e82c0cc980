#include "emulator/xerrors.h"

#include "base/log.h"

#include <stddef.h>

static int watched; /* displays */
static XErrorHandler previous_error;
static XIOErrorHandler previous_io_error;

/* Windows vanish between a look and the next; that is no news. */
static int error_note(Display *display, XErrorEvent *event)
{
    char text[256];
    XGetErrorText(display, event->error_code, text, sizeof text);
    log_debug("X error: %s (request %d.%d, resource 0x%lx)", text, event->request_code,
              event->minor_code, event->resourceid);
    return 0;
}

static int io_error_note(Display *display)
{
    log_info("the display %s went away", DisplayString(display));
    return 0;
}

static void io_error_survive(Display *display, void *lost)
{
    (void)display;
    *(bool *)lost = true;
}

void xerrors_watch(Display *display, bool *lost)
{
    if (watched++ == 0) {
        previous_error = XSetErrorHandler(error_note);
        previous_io_error = XSetIOErrorHandler(io_error_note);
    }
    XSetIOErrorExitHandler(display, io_error_survive, lost);
}

void xerrors_unwatch(void)
{
    if (--watched > 0)
        return;
    XSetErrorHandler(previous_error);
    XSetIOErrorHandler(previous_io_error);
}
