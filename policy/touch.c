#include "policy/touch.h"

#include "base/utf8.h"
#include "policy/reading.h"

#include <string.h>

#define WORDS_AREA_MAX 40000 /* pixels of what is so large that its words are not all meant */
#define DRAG_CLICK     8     /* a drag of no more pixels than that may be taken for a click */

static const char *const deed_names[DEED_COUNT] = {"any",   "click",  "drag", "type",
                                                   "press", "scroll", "move"};

const char *deed_name(enum deed deed)
{
    return deed_names[deed];
}

enum deed deed_from_name(const char *name)
{
    int deed = DEED_CLICK;
    while (deed < DEED_COUNT && strcmp(deed_names[deed], name) != 0)
        deed++;
    return (enum deed)deed;
}

/* An attempt while its touches are found. */
struct touching {
    const struct attempt *a;
    const struct element *focus; /* NULL: none is seen */
    void (*visit)(void *self, const struct touch *t);
    void *self;
    struct keyset keys; /* of the action itself and what is held */
    bool keys_unknown;
};

/* ---- at a place ---- */

static void tell(struct touching *g, struct touch t)
{
    t.keys_unknown = g->keys_unknown;
    g->visit(g->self, &t);
}

static struct touch touch_of(const struct touching *g, enum deed deed, const struct element *e)
{
    struct touch t = {.deed = deed, .keys = g->keys, .element = e};
    int n = 0;
    if (!e)
        return t;
    t.role = e->role;
    t.place = e->box;
    if (*e->text)
        t.texts[n++] = e->text;
    if (*e->label)
        t.texts[n++] = e->label;
    return t;
}

/* Lines of lists hold what is clicked in them. */
static bool is_line(const struct element *e)
{
    return e->role == ROLE_LISTITEM || e->role == ROLE_OPTION || e->role == ROLE_MENUITEM ||
           e->role == ROLE_LINK || role_is_cell(e->role);
}

static void touch_point(struct touching *g, enum deed deed, struct point at, bool harmless)
{
    const struct scene *scene = g->a->scene;
    const struct element *e = scene_element_at(scene, at);
    struct buf words = {0};
    struct touch t = touch_of(g, deed, e);
    bool small = e && rect_area(e->box) < WORDS_AREA_MAX;
    reading_inside(scene, small ? e->box : (struct rect){at.x - 40, at.y - 8, 80, 16}, &words);
    int n = 0;
    while (t.texts[n])
        n++;
    if (words.length)
        t.texts[n] = buf_text(&words);
    t.place = (struct rect){at.x, at.y, 1, 1};
    t.harmless = harmless;
    tell(g, t);
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *around = &scene->elements[i];
        if (around == e || !is_line(around) || !rect_holds(around->box, at))
            continue;
        t = touch_of(g, deed, around);
        t.place = (struct rect){at.x, at.y, 1, 1};
        t.harmless = harmless;
        t.only_forbids = true;
        tell(g, t);
    }
    buf_finish(&words);
}

static struct point action_at(const struct attempt *a)
{
    return a->action->has_at ? a->action->at : a->pointer;
}

static void touch_drag(struct touching *g)
{
    const struct action *a = g->a->action;
    if (a->path_count < 1)
        return;
    struct point from = a->path[0], to = a->path[a->path_count - 1];
    touch_point(g, DEED_DRAG, from, false);
    touch_point(g, DEED_DRAG, to, false);
    int dx = to.x - from.x, dy = to.y - from.y;
    if (dx * dx + dy * dy <= DRAG_CLICK * DRAG_CLICK)
        touch_point(g, DEED_CLICK, to, false);
}

/* The wheel over a field that has a value may change it. */
static void touch_wheel(struct touching *g)
{
    struct point at = action_at(g->a);
    const struct element *e = scene_element_at(g->a->scene, at);
    bool turns = e && role_is_field(e->role) && e->role != ROLE_TEXTBOX;
    touch_point(g, DEED_SCROLL, at, !turns);
}

/* ---- by keys ---- */

bool keys_move_focus(const struct keyset *keys)
{
    static const char *const stay[] = {"BackSpace", "Delete", "Insert",  "Home",     "End",
                                       "Left",      "Right",  "Up",      "Down",     "Page_Up",
                                       "Page_Down", "space",  "Shift_L", "Control_L"};
    for (int i = 0; i < keys->count; i++) {
        const char *rest = keys->keys[i];
        bool stays = utf8_next(&rest) && !*rest;
        for (size_t k = 0; k < sizeof stay / sizeof *stay; k++)
            stays = stays || strcmp(keys->keys[i], stay[k]) == 0;
        if (!stays)
            return true;
    }
    return false;
}

static bool is_pressable(const struct element *e)
{
    switch (e->role) {
    case ROLE_BUTTON:
    case ROLE_LINK:
    case ROLE_TAB:
    case ROLE_CHECKBOX:
    case ROLE_RADIO:
    case ROLE_SWITCH:
    case ROLE_MENUITEM:
    case ROLE_OPTION:
    case ROLE_LISTITEM:
        return true;
    default:
        return false;
    }
}

static bool is_in_field(const struct touching *g)
{
    return g->focus && !g->a->wandered && role_is_field(g->focus->role);
}

/* What arrow keys choose among. */
static bool is_chosen_by_arrows(const struct element *e)
{
    return e->role == ROLE_RADIO || e->role == ROLE_TAB;
}

static bool has_arrow(const struct keyset *keys)
{
    static const char *const arrows[] = {"Left", "Right", "Up", "Down"};
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (keyset_has(keys, arrows[i]))
            return true;
    return false;
}

static bool has_letter(const char *text, uint32_t letter)
{
    for (uint32_t c = utf8_next(&text); c; c = utf8_next(&text))
        if (c == letter || (c >= 'A' && c <= 'Z' && c + 32 == letter))
            return true;
    return false;
}

/* Why KEYS may press E, though nobody sees that it has the focus; NULL: they don't. */
static const char *how_pressed(const struct touching *g, const struct keyset *keys,
                               const struct element *e)
{
    bool field = is_in_field(g);
    uint32_t letter = keyset_character(keys);
    if (e == g->focus || !is_pressable(e))
        return NULL;
    if (keyset_has(keys, "Return")) {
        bool own_line = field && g->focus->states & STATE_MULTILINE && keys->count == 1;
        bool list = field && g->focus->states & STATE_EXPANDED;
        bool form = e->role == ROLE_BUTTON || e->role == ROLE_MENUITEM || e->role == ROLE_OPTION;
        return own_line || list || (field && !form) ? NULL : "Return may press it";
    }
    if (field && !keyset_has(keys, "Alt_L"))
        return NULL;
    if (keyset_has(keys, "space"))
        return "the space bar may press it";
    if (is_chosen_by_arrows(e) && has_arrow(keys))
        return "an arrow key may choose it";
    if (letter && has_letter(e->text, letter) &&
        (keyset_has(keys, "Alt_L") || e->role == ROLE_MENUITEM))
        return "its letter may press it";
    return NULL;
}

/* Rows of lists that are chosen are what keys act on. */
static bool is_chosen(const struct element *e)
{
    return is_line(e) && e->states & STATE_SELECTED;
}

/* KEYS go to what has the focus, and may press more. */
static void touch_keys(struct touching *g, enum deed deed, const struct keyset *keys)
{
    const struct scene *scene = g->a->scene;
    struct keyset before = g->keys;
    g->keys = *keys;
    tell(g, touch_of(g, deed, g->focus));
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        struct touch t = touch_of(g, DEED_PRESS, e);
        t.how = is_chosen(e) && !is_in_field(g) ? "it is chosen" : how_pressed(g, keys, e);
        if (t.how)
            tell(g, t);
    }
    g->keys = before;
}

/* Do they put text into what has the focus: a character, or what was copied? */
static bool keys_type(const struct keyset *keys)
{
    uint32_t c = keyset_character(keys);
    bool control = keyset_has(keys, "Control_L");
    bool command = control || keyset_has(keys, "Alt_L") || keyset_has(keys, "Super_L");
    bool paste = (control && c == 'v') || (keyset_has(keys, "Insert") && keys->count > 1);
    return paste || (!command && (c || keyset_has(keys, "space")));
}

static void touch_pressed(struct touching *g)
{
    touch_keys(g, DEED_PRESS, &g->keys);
    if (keys_type(&g->keys))
        tell(g, touch_of(g, DEED_TYPE, g->focus));
}

/* The keys that a text is typed with, each once: a newline is Return, a tab leaves the field, and
 * where Ctrl is down each letter is a command. */
static void touch_typed(struct touching *g)
{
    struct touching after = *g; /* where a key of the text has taken the focus */
    struct attempt attempt = *g->a;
    bool seen[2][256] = {{false}};
    bool moved = false, commands = g->a->held->count > 0;
    const char *text = g->a->action->text ? g->a->action->text : "";
    struct touch typed = touch_of(g, DEED_TYPE, g->focus);
    tell(g, typed);
    if (g->focus && g->focus->role == ROLE_COMBOBOX) { /* it chooses what is typed */
        typed.texts[0] = text;
        typed.texts[1] = NULL;
        typed.only_forbids = true;
        tell(g, typed);
    }
    attempt.wandered = true;
    after.a = &attempt;
    for (uint32_t c = utf8_next(&text); c; c = utf8_next(&text)) {
        struct keyset keys = *g->a->held;
        struct touching *where = moved ? &after : g;
        keyset_add_character(&keys, c);
        bool lasting = c < 256;
        bool known = lasting && seen[moved][c];
        if (lasting)
            seen[moved][c] = true;
        bool key = commands || c < ' ' || c == 127 || !is_in_field(where);
        if (!known && key)
            touch_keys(where, c < ' ' || commands ? DEED_PRESS : DEED_TYPE, &keys);
        bool own_line = is_in_field(where) && g->focus->states & STATE_MULTILINE;
        moved = moved || c == '\t' || (c == '\n' && !own_line) || (c == '\r' && !own_line);
    }
}

/* ---- what the step says ---- */

static void touch_word(struct touching *g, enum role role, const char *text)
{
    if (text && *text)
        tell(g,
             (struct touch){.keys = g->keys, .role = role, .texts = {text}, .only_forbids = true});
}

static void touch_said(struct touching *g)
{
    const struct step *step = g->a->step;
    const struct element *at =
        g->a->action->has_at ? scene_element_at(g->a->scene, g->a->action->at) : g->focus;
    bool list = at && at->role != ROLE_TEXTBOX;
    touch_word(g, step->target.role, step->target.text);
    touch_word(g, step->second.role, step->second.text);
    if (step->verb == STEP_CHOOSE || (step->verb == STEP_SET && list))
        touch_word(g, ROLE_OPTION, step->text);
}

void touch_all(const struct attempt *a, void (*visit)(void *self, const struct touch *t),
               void *self)
{
    struct touching g = {.a = a, .focus = scene_focused(a->scene), .visit = visit, .self = self};
    if (*a->action->keys)
        g.keys_unknown = !keyset_read(a->action->keys, &g.keys, NULL);
    keyset_add_all(&g.keys, a->held);
    bool acts = true;
    switch (a->action->kind) {
    case ACTION_MOVE:
        touch_point(&g, DEED_MOVE, action_at(a), true);
        acts = false;
        break;
    case ACTION_SCROLL:
        touch_wheel(&g);
        acts = false;
        break;
    case ACTION_CLICK:
        touch_point(&g, DEED_CLICK, action_at(a), false);
        if (a->action->button == BUTTON_MIDDLE) /* it pastes what is selected */
            touch_point(&g, DEED_TYPE, action_at(a), false);
        break;
    case ACTION_MOUSE_DOWN: /* it may become either */
    case ACTION_MOUSE_UP:
        touch_point(&g, DEED_CLICK, action_at(a), false);
        touch_point(&g, DEED_DRAG, action_at(a), false);
        break;
    case ACTION_DRAG:
        touch_drag(&g);
        break;
    case ACTION_TYPE:
        touch_typed(&g);
        break;
    case ACTION_KEY:
    case ACTION_KEY_DOWN:
    case ACTION_HOLD:
        touch_pressed(&g);
        break;
    default:
        acts = false;
    }
    if (acts && a->step)
        touch_said(&g);
}

void touch_print(const struct touch *t, struct buf *out)
{
    const char *text = t->texts[0] ? t->texts[0] : "";
    if (t->role != ROLE_NONE)
        buf_add(out, role_name(t->role));
    if (*text)
        buf_addf(out, "%s\"%.80s\"", t->role != ROLE_NONE ? " " : "", text);
    else if (t->role == ROLE_NONE)
        buf_add(out, "something unknown");
    if (!rect_empty(t->place))
        buf_addf(out, " at %d,%d", rect_center(t->place).x, rect_center(t->place).y);
    if (t->how)
        buf_addf(out, ", %s", t->how);
}
