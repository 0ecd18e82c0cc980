/*
 * spoken: a call as models write it in text: click(point='<point>10 20</point>'),
 * pyautogui.press(keys=["ctrl", "c"], presses=2). A grammar that takes a name and literal values
 * and nothing else; what it reads is looked up in a table, never executed.
 */
#ifndef POLICY_SPOKEN_H
#define POLICY_SPOKEN_H

#include <stdbool.h>

#define SPOKEN_ARGUMENTS_MAX 8
#define SPOKEN_LIST_MAX      8

struct spoken_argument {
    char name[32]; /* "" for one without */
    char *value;   /* owned; a text without its quotes, or a number, word or list as it stands */
};

struct spoken {
    char name[64]; /* "click", "pyautogui.click" */
    struct spoken_argument arguments[SPOKEN_ARGUMENTS_MAX];
    int count;
};

/* Reads one at AT, after spaces. Returns what is behind it; NULL when there is none, and then
 * nothing is owned. A quote inside a text that no comma or bracket follows is a part of it. */
const char *spoken_read(const char *at, struct spoken *out);

/* The same written as <function=click><parameter=point>10 20</parameter></function>, at the next
 * place where one begins. */
const char *spoken_read_xml(const char *at, struct spoken *out);

/* The value of that name, or of the POSITION-th without a name (-1: by name only); NULL. */
const char *spoken_value(const struct spoken *s, const char *name, int position);

/* The numbers in a value, whatever stands around them: "(10,20)", "<point>10 20</point>". Returns
 * how many, at most MAX. */
int spoken_numbers(const char *value, double *out, int max);

/* The items of ["ctrl", "c"], owned by the caller; one that is no list is its only item. */
int spoken_items(const char *value, char *out[SPOKEN_LIST_MAX]);

void spoken_finish(struct spoken *s);

#endif
