/*
 * view: what is known of a frame while its elements are made out: the shared workplace of the files
 * behind elements. Indices stay valid as lists grow; pointers into the lists do not.
 */
#ifndef VISION_VIEW_H
#define VISION_VIEW_H

#include "base/scene.h"
#include "vision/boxes.h"
#include "vision/caret.h"
#include "vision/edges.h"
#include "vision/icons.h"

#include <stdbool.h>
#include <stdint.h>

/* Words of one line that belong together: a label, a value, the text of a button. */
struct phrase {
    struct rect box;
    int first, count; /* of scene->words */
    uint32_t ink, ground;
    uint32_t rest; /* the ink of its words but the first, in which a caret may stand */
    int frame;     /* index of the smallest frame box around it; -1: none */
    int control;   /* index of the control that it is in, or that it labels; -1: none */
    bool goes_on;  /* the next one stands as close as a word, in another colour */
    bool label;    /* it labels that control, or a row or column of marks, from outside */
};

struct control {
    enum role role; /* ROLE_NONE: dropped */
    struct rect box;
    struct rect sign; /* its arrow or arrows; empty for none */
    int source;       /* index of its box; -1: made of words alone */
    unsigned states;  /* of enum state */
    float sure;       /* 0..1 */
    int label;        /* index of the phrase that labels it; -1: none */
    const char *text, *value, *name,
        *group; /* in the scene's arena; NULL: not known yet; NAME is the label's text */
};

struct cell {
    struct rect box;
    const char *text; /* all that is written in it, in the scene's arena */
    bool head;        /* it names its column */
};

struct view {
    struct scene *scene; /* borrowed, as all that follows */
    const struct frame *frame;
    const struct edges *edges;
    const struct boxes *boxes;
    const struct carets *carets;
    struct phrase *phrases; /* owned; by line, then left to right */
    int phrase_count, phrase_capacity;
    struct icon *icons; /* owned */
    int icon_count, icon_capacity;
    bool *letters; /* of each word, in the scene's arena: it is text, no drawing for sure */
    struct control *controls; /* owned */
    int control_count, control_capacity;
    int *uses; /* owned; of each box: 1 + the index of the control made of it; 0: none yet; -1: to
                  be left alone */
    int use_capacity;
    struct cell *cells; /* in the scene's arena; of tables, row by row */
    int cell_count;
};

struct control *view_add_control(struct view *v, enum role role, struct rect box, int source);

/* The words of a phrase, joined with spaces, in the scene's arena; those that are drawings left
 * out. */
const char *view_text(struct view *v, const struct phrase *p);

/* Both, a space between them where neither is empty, in the scene's arena. */
const char *view_join(struct view *v, const char *before, const char *behind);

/* Is it drawn in a colour, on black, grey or white, as links are? */
bool phrase_is_coloured(const struct phrase *p);

/* "File", "Edit", "View": what menu bars say everywhere. */
bool phrase_is_menu(const struct view *v, const struct phrase *p);

/* Is there a line under it, as long as it is, in its colour? */
bool phrase_is_underlined(const struct view *v, const struct phrase *p);

/* A sentence, a statement ("Total: 9.50"). */
bool phrase_is_sentence(const struct view *v, const struct phrase *p);

/* Does a line, or the end of a surface, as wide as BELOW part it from that? */
bool phrase_is_parted(const struct view *v, const struct phrase *p, struct rect below);

int phrase_contrast(const struct phrase *p); /* in gray levels */

/* Clearly paler than text on such a ground is elsewhere: as placeholders and hints are. */
bool phrase_is_dim(const struct view *v, const struct phrase *p);

/* Too low for a text in a field of one line in BOX: the dots and dashes of an empty "--:--". */
bool phrase_is_speck(const struct phrase *p, struct rect box);

/* Paler than another: a hint beside a label. */
bool phrase_is_paler(const struct phrase *p, const struct phrase *than);

/* The height of its line, from the top of an h to the foot of a g, whichever letters are in it. */
double phrase_line(const struct view *v, const struct phrase *p);

/* Mean length of what is drawn along the rows, for its height: the strokes of bold letters are
 * longer. */
double phrase_weight(const struct view *v, const struct phrase *p);

/* A label that interrupts the upper border of a frame: leaves out what was read from the border
 * before it. */
void phrase_cut_border(const struct view *v, struct phrase *p, struct rect frame);

/* Was the word read from a drawing in SIGN (an arrow looks like a v), so that it is no text? */
bool view_is_drawing(const struct view *v, int word, struct rect sign);

/* Is its arrow just behind its text, both in the middle: a button that opens a menu, no field? */
bool view_is_menu_button(const struct view *v, const struct control *c);

/* Is the ground around it plain, as that of controls is and that of photographs is not? */
bool icon_is_clear(const struct view *v, const struct icon *icon);
uint32_t icon_ground(const struct view *v, const struct icon *icon);

/* Something was made of it: what was read from it is no text, the boxes seen in it are strokes. */
void icon_take(struct view *v, struct icon *icon);

void view_finish(struct view *v);

#define USE_ALONE (-1)
#define USE_SIGN  (-2)

/* The steps, in this order. */
void icons_find(struct view *v);       /* small drawings -> icons */
void scrollbars_find(struct view *v);  /* arrows with a strip between them, thumbs in theirs */
void toolbars_find(struct view *v);    /* icons in a row -> buttons */
void lone_find(struct view *v);        /* icons by themselves -> buttons */
void calendars_find(struct view *v);   /* icons beside the names of months -> buttons */
void icons_drop_words(struct view *v); /* what was read from icons that were taken */
void phrases_find(struct view *v);     /* words -> phrases */
void progress_find(struct view *v);    /* bars that are filled up to some place */
void controls_find(struct view *v);    /* boxes and their contents -> controls */
void parts_drop(struct view *v);       /* what looks like a field: tracks, status bars, panels */
void badges_drop(struct view *v);      /* buttons in a column that say different states */
void questions_find(struct view *v);   /* marks in rows and columns: what they are about */
void chosen_find(struct view *v);      /* rows of which several are lit -> options */
void lists_find(struct view *v);       /* a row that is lit among its like -> options, menu items */
void joins_find(struct view *v); /* fields and the little buttons at their ends -> one control */
void underlines_find(struct view *v); /* rules -> fields without a frame */
void menus_find(struct view *v);      /* columns of words that popped up -> menu items */
void typing_find(struct view *v);     /* the frame around a caret -> text box */
void editors_find(struct view *v);    /* numbered lines -> text box */
void claims_find(struct view *v);     /* what stands in a control belongs to it */
void openers_find(struct view *v);    /* words with an arrow down behind them -> buttons */
void tabs_find(struct view *v);       /* the tabs of notebooks */
void bars_find(struct view *v);       /* rows of words: navigation, menu bars, tabs */
void columns_find(struct view *v);    /* columns of words: menus, side bars */
void floating_find(struct view *v);   /* labels that have floated up in their fields */
void labels_find(struct view *v);     /* which phrase names which control; required */
void groups_find(struct view *v);     /* what a group of marks is about; marks in tables */
void sections_find(struct view *v);   /* the heading or legend that a field stands under */
void flats_find(struct view *v);      /* words beside buttons -> buttons without a frame */
void links_find(struct view *v);      /* coloured words */
void filters_find(struct view *v);    /* lists that say themselves what they choose by */
void numbers_find(struct view *v);    /* fields whose label and value say that they hold a number */
void states_find(struct view *v);     /* focused, disabled, selected */
void dialogs_find(struct view *v);    /* what lies over a page that is dimmed */
void windows_find(struct view *v);    /* what lies over another window, with a title bar */
void tables_find(struct view *v);     /* what stands in rows and columns -> cells */

#endif
