/*
 * person: somebody at a display: a process of its own that moves the pointer, clicks and types
 * through XTest, at a person's pace. What it does is a text, a line a deed:
 *
 *   to 300,200            moves the pointer there, in a bow, and rests on it
 *   click                 right-click, double-click, triple-click alike
 *   drag 400,200          presses, moves there, lets go
 *   wheel down 3          up, left, right alike
 *   type Hello, world     with pauses between the keys; all that the keyboard has
 *   press Ctrl+Shift+s    X11's names of keys, and Ctrl, Shift, Alt
 *   rest 500              looks at the screen, ms
 *
 * What it sent goes to a file, a line an event as X11 has it: `motion 300,200`, `button down 1`,
 * `key up 38`. The same SEED makes the same pauses and bows.
 */
#ifndef TESTS_PERSON_H
#define TESTS_PERSON_H

#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct person {
    Display *display;
    FILE *log; /* NULL: nobody wants to know */
    uint32_t random;
    int x, y;
};

static inline void person_rest(int ms)
{
    poll(NULL, 0, ms);
}

/* LOW to HIGH - 1. */
static inline int person_between(struct person *p, int low, int high)
{
    p->random = p->random * 1664525u + 1013904223u;
    return low + (int)((p->random >> 8) % (uint32_t)(high - low));
}

static inline void person_note(struct person *p, const char *what, int a, int b)
{
    if (p->log && b >= 0)
        fprintf(p->log, "%s %d,%d\n", what, a, b);
    else if (p->log)
        fprintf(p->log, "%s %d\n", what, a);
}

static inline void person_key(struct person *p, unsigned code, bool down)
{
    XTestFakeKeyEvent(p->display, code, down, 0);
    XSync(p->display, False);
    person_note(p, down ? "key down" : "key up", (int)code, -1);
}

static inline void person_button(struct person *p, int button, bool down)
{
    XTestFakeButtonEvent(p->display, (unsigned)button, down, 0);
    XSync(p->display, False);
    person_note(p, down ? "button down" : "button up", button, -1);
}

static inline void person_jump(struct person *p, int x, int y)
{
    if (x == p->x && y == p->y)
        return;
    p->x = x;
    p->y = y;
    XTestFakeMotionEvent(p->display, -1, x, y, 0);
    XSync(p->display, False);
    person_note(p, "motion", x, y);
}

/* Slow, fast, slow, and a little aside. */
static inline void person_move(struct person *p, int x, int y)
{
    double from_x = p->x, from_y = p->y, far = hypot(x - from_x, y - from_y);
    int steps = 12 + (int)(far / 25), aside = person_between(p, -20, 21);
    for (int i = 1; i <= steps; i++) {
        double t = (double)i / steps, way = t * t * t * (10 - 15 * t + 6 * t * t);
        double bow = far > 50 ? sin(way * 3.14159265) * aside : 0;
        person_jump(p, (int)(from_x + (x - from_x) * way + (i < steps ? bow : 0)),
                    (int)(from_y + (y - from_y) * way + (i < steps ? bow : 0)));
        person_rest(person_between(p, 6, 12));
    }
}

static inline void person_click(struct person *p, int button, int count)
{
    for (int i = 0; i < count; i++) {
        if (i)
            person_rest(person_between(p, 60, 120));
        person_button(p, button, true);
        person_rest(person_between(p, 40, 90));
        person_button(p, button, false);
    }
    person_rest(person_between(p, 150, 300));
}

static inline void person_drag(struct person *p, int x, int y)
{
    person_button(p, 1, true);
    person_rest(person_between(p, 80, 160));
    person_move(p, x, y);
    person_rest(person_between(p, 80, 160));
    person_button(p, 1, false);
    person_rest(person_between(p, 150, 300));
}

static inline void person_wheel(struct person *p, int button, int count)
{
    while (count-- > 0) {
        person_button(p, button, true);
        person_button(p, button, false);
        person_rest(person_between(p, 40, 110));
    }
    person_rest(person_between(p, 150, 300));
}

/* The key that gives KEYSYM, and whether with Shift; what the keyboard lacks is left out. */
static inline unsigned person_find_key(struct person *p, KeySym keysym, bool *shift)
{
    unsigned code = XKeysymToKeycode(p->display, keysym);
    *shift = code && XkbKeycodeToKeysym(p->display, (KeyCode)code, 0, 0) != keysym &&
             XkbKeycodeToKeysym(p->display, (KeyCode)code, 0, 1) == keysym;
    return code;
}

static inline void person_strike(struct person *p, unsigned code)
{
    person_key(p, code, true);
    person_rest(person_between(p, 25, 60));
    person_key(p, code, false);
    person_rest(person_between(p, 40, 130));
}

/* ASCII. */
static inline void person_type(struct person *p, const char *text)
{
    unsigned shift_code = XKeysymToKeycode(p->display, XK_Shift_L);
    for (; *text; text++) {
        bool shift;
        unsigned code = person_find_key(p, (KeySym)(unsigned char)*text, &shift);
        if (!code)
            continue;
        if (shift)
            person_key(p, shift_code, true);
        person_strike(p, code);
        if (shift)
            person_key(p, shift_code, false);
    }
}

static inline void person_press(struct person *p, char *chord)
{
    unsigned codes[8];
    int count = 0;
    char *rest = NULL;
    for (char *name = strtok_r(chord, "+", &rest); name && count < 8;
         name = strtok_r(NULL, "+", &rest)) {
        const char *real = strcmp(name, "Ctrl") == 0    ? "Control_L"
                           : strcmp(name, "Shift") == 0 ? "Shift_L"
                           : strcmp(name, "Alt") == 0   ? "Alt_L"
                                                        : name;
        codes[count++] = XKeysymToKeycode(p->display, XStringToKeysym(real));
    }
    for (int i = 0; i < count; i++) {
        person_key(p, codes[i], true);
        person_rest(person_between(p, 30, 70));
    }
    while (count-- > 0)
        person_key(p, codes[count], false);
    person_rest(person_between(p, 100, 200));
}

static inline int person_wheel_button(const char *direction)
{
    static const char *const directions[] = {"up", "down", "left", "right"};
    int i = 0;
    while (i < 3 && strcmp(directions[i], direction) != 0)
        i++;
    return 4 + i;
}

/* False when it is not understood. */
static inline bool person_deed(struct person *p, char *line)
{
    int x, y, count;
    char word[16];
    if (sscanf(line, "to %d,%d", &x, &y) == 2) {
        person_move(p, x, y);
        person_rest(person_between(p, 120, 300));
    } else if (strcmp(line, "click") == 0)
        person_click(p, 1, 1);
    else if (strcmp(line, "right-click") == 0)
        person_click(p, 3, 1);
    else if (strcmp(line, "double-click") == 0)
        person_click(p, 1, 2);
    else if (strcmp(line, "triple-click") == 0)
        person_click(p, 1, 3);
    else if (sscanf(line, "drag %d,%d", &x, &y) == 2)
        person_drag(p, x, y);
    else if (sscanf(line, "wheel %15s %d", word, &count) == 2)
        person_wheel(p, person_wheel_button(word), count);
    else if (strncmp(line, "type ", 5) == 0)
        person_type(p, line + 5);
    else if (strncmp(line, "press ", 6) == 0)
        person_press(p, line + 6);
    else if (sscanf(line, "rest %d", &count) == 1)
        person_rest(count);
    else
        return false;
    return true;
}

/* The display may go with the last deed, which ends what is watched. */
static FILE *person_log;
static bool person_is_done;

static inline int person_lost(Display *display)
{
    (void)display;
    if (person_log)
        fclose(person_log);
    _exit(person_is_done ? 0 : 1);
}

static inline int person_live(const char *display, const char *script, const char *log_path,
                              uint32_t seed)
{
    struct person p = {.display = XOpenDisplay(display), .random = seed};
    char *text = strdup(script), *rest = NULL;
    Window root, child;
    int x, y;
    unsigned state;
    p.log = log_path ? fopen(log_path, "we") : NULL;
    person_log = p.log;
    XSetIOErrorHandler(person_lost);
    if (!p.display || !text || (log_path && !p.log))
        return 2;
    XQueryPointer(p.display, DefaultRootWindow(p.display), &root, &child, &p.x, &p.y, &x, &y,
                  &state);
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        line += strspn(line, " ");
        person_is_done = !*rest;
        if (*line && !person_deed(&p, line))
            return 3;
    }
    XCloseDisplay(p.display);
    free(text);
    return p.log && fclose(p.log) != 0 ? 2 : 0;
}

/* Begins with SCRIPT. LOG_PATH: where what it sent goes; NULL: nowhere. The process ends with this
 * one. */
static inline pid_t person_start(const char *display, const char *script, const char *log_path,
                                 uint32_t seed)
{
    pid_t parent = getpid(), pid = fork();
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(126);
    _exit(person_live(display, script, log_path, seed));
}

/* Waits until all is done; 0: it was. */
static inline int person_end(pid_t pid)
{
    int status;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

#endif
