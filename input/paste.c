#include "input/paste.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/stop.h"
#include "base/utf8.h"
#include "input/barrier.h"
#include "input/idle.h"

#define LONG      100 /* characters: by keys they take longer than a paste */
#define ASK_MS    3000
#define GIVE_MS   3000 /* after the keys were taken, until the text is asked for */
#define SETTLE_MS 250
#define QUIET_MS  3000 /* until all of a program that is busy with the text are at rest */

bool paste_is_better(const struct paste *p, struct keyboard *kb, const char *text)
{
    return p->keys[0] && barrier_window(p->display) != p->refused &&
           (utf8_length(text) >= LONG || !keyboard_has_all(kb, text));
}

static void put_lines(const char *text, struct buf *out)
{
    for (; *text; text++) {
        if (*text != '\r')
            buf_add_char(out, *text);
        else if (text[1] != '\n')
            buf_add_char(out, '\n');
    }
}

/* It has the text, and has still to put it in. A browser's first question may be asked of curiosity
 * and its last one by a process that comes to it late: the text stays until nobody asks and all are
 * at rest. */
static void wait_until_used(struct paste *p, Window window)
{
    struct deadline deadline = deadline_in(QUIET_MS);
    pid_t process = idle_process(p->display, window);
    do {
        barrier_wait(p->display, ASK_MS, SETTLE_MS);
        if (process)
            idle_wait_family(process, deadline_left_ms(deadline));
    } while (clipboard_wait_given(&p->clipboard, p->display, window, 1) &&
             !deadline_passed(deadline));
}

/* The text is there to be pasted: into WINDOW. */
static enum pasted press_and_wait(struct paste *p, struct keyboard *kb, Window window,
                                  struct err *e)
{
    /* Who is told of a new owner may ask at once, without a paste. */
    barrier_wait(p->display, ASK_MS, SETTLE_MS);
    clipboard_forget(&p->clipboard);
    if (!keyboard_press(kb, p->keys, 1, e))
        return PASTED_ERROR;
    enum barrier b = barrier_wait(p->display, ASK_MS, ASK_MS);
    bool given =
        clipboard_wait_given(&p->clipboard, p->display, window, b == BARRIER_TIMEOUT ? 1 : GIVE_MS);
    if (stop_requested()) {
        err_set(e, ERR_STOPPED, "interrupted while pasting");
        return PASTED_ERROR;
    }
    if (!given && b == BARRIER_TIMEOUT) {
        err_set(e, ERR_TASK, "the program does not take what is pasted, it hangs");
        return PASTED_ERROR;
    }
    if (!given)
        return PASTED_NOT;
    wait_until_used(p, window);
    return PASTED;
}

enum pasted paste_text(struct paste *p, struct keyboard *kb, const char *text, struct err *e)
{
    Window window = barrier_window(p->display);
    struct buf lines = {0};
    struct err why = {0};
    put_lines(text, &lines);
    bool lent = clipboard_lend(&p->clipboard, p->display, buf_text(&lines), &why);
    buf_finish(&lines);
    if (!lent) {
        log_info("%s: the text is typed", why.text);
        return PASTED_NOT;
    }
    enum pasted pasted = press_and_wait(p, kb, window, e);
    clipboard_give_back(&p->clipboard);
    if (pasted == PASTED_NOT) {
        p->refused = window;
        log_info("the program does not paste at %s: the text is typed", p->keys);
    }
    return pasted;
}

void paste_close(struct paste *p)
{
    clipboard_close(&p->clipboard);
}
