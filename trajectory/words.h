/*
 * words: actions in the words of models: what a model that is trained is to write. policy/dialect.h
 * reads them back. Whatever is typed, no text in them is taken for a mark of the trainers
 * (`<image>`, `<|im_end|>`).
 */
#ifndef TRAJECTORY_WORDS_H
#define TRAJECTORY_WORDS_H

#include "base/action.h"
#include "base/shot.h"

enum words_kind {
    WORDS_QWEN,    /* <tool_call>{"name": "computer_use", ...}</tool_call> */
    WORDS_UI_TARS, /* click(start_box='(10,20)') */
    WORDS_OPENCUA, /* pyautogui.click(x=0.5, y=0.25), only what AgentNet has */
    WORDS_OSWORLD, /* the same, all of pyautogui */
    WORDS_KINDS
};

extern const char *const words_names[]; /* in the order of the kinds, ended by NULL */

#define WORDS_PLACES_MAX 64

/* Where words go, and how they say where. */
struct words {
    const struct shot *shot;
    bool marks; /* places are <bbox>, and stand in `places`: ms-swift fills them in */
    double places[WORDS_PLACES_MAX][2];
    int place_count;
    struct buf text; /* owned; empty at first */
};

/* A's words into OUT's text, several lines when one is not enough. SELECTS: a triple click only
 * selects what is in a field. False, and it stays empty: it has no words for that. */
bool words_action(enum words_kind kind, const struct action *a, bool selects, struct words *out);

/* That the goal is reached. */
void words_done(enum words_kind kind, struct words *out);

/* ---- for the kinds ---- */

bool words_qwen(const struct action *a, struct words *out);
bool words_ui_tars(const struct action *a, bool selects, struct words *out);
bool words_pyautogui(const struct action *a, bool agentnet, struct words *out);

/* "457,315", or a mark. */
void words_place(struct words *out, struct point at, const char *between);

/* In single quotes, as Python reads it. */
void words_quote(const char *text, struct buf *out);

#define WORDS_KEYS_MAX 8

/* A chord in the names of pyautogui: how many; 0: one of them has no name there. */
int words_keys(const char *chord, const char *names[WORDS_KEYS_MAX],
               char letters[WORDS_KEYS_MAX][8]);

/* TEXT for people, in which no mark is left: "<image>" is "< image>". */
void words_prose(const char *text, struct buf *out);

/* Is a mark at TEXT, which begins with '<'? */
bool words_mark(const char *text);

/* The wheel's notches of a distance. */
int words_notches(int distance, bool in_pixels);

#endif
