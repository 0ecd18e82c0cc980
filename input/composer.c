#include "input/composer.h"

#include "base/buf.h"

#include <locale.h>
#include <stdlib.h>
#include <xkbcommon/xkbcommon-compose.h>

#define OTHER_LOCALE "en_US.UTF-8" /* where the user's has no table, as C */

struct composer {
    struct xkb_context *context; /* owned, all three */
    struct xkb_compose_table *table;
    struct xkb_compose_state *state;
};

struct composer *composer_create(void)
{
    struct composer *c = mem_zero(1, sizeof *c);
    const char *locale = setlocale(LC_CTYPE, NULL);
    bool plain = !locale || locale[0] == 'C' || locale[0] == 'P'; /* POSIX */
    c->context = xkb_context_new(XKB_CONTEXT_NO_DEFAULT_INCLUDES);
    if (c->context)
        xkb_context_set_log_level(c->context, XKB_LOG_LEVEL_CRITICAL);
    if (c->context && !plain)
        c->table =
            xkb_compose_table_new_from_locale(c->context, locale, XKB_COMPOSE_COMPILE_NO_FLAGS);
    if (c->context && !c->table)
        c->table = xkb_compose_table_new_from_locale(c->context, OTHER_LOCALE,
                                                     XKB_COMPOSE_COMPILE_NO_FLAGS);
    c->state = c->table ? xkb_compose_state_new(c->table, XKB_COMPOSE_STATE_NO_FLAGS) : NULL;
    if (c->state)
        return c;
    composer_destroy(c);
    return NULL;
}

void composer_destroy(struct composer *c)
{
    if (!c)
        return;
    xkb_compose_state_unref(c->state);
    xkb_compose_table_unref(c->table);
    xkb_context_unref(c->context);
    free(c);
}

bool composer_take(struct composer *c, uint32_t keysym, char *out, size_t size_bytes)
{
    if (!c || xkb_compose_state_feed(c->state, keysym) == XKB_COMPOSE_FEED_IGNORED)
        return false;
    out[0] = '\0';
    switch (xkb_compose_state_get_status(c->state)) {
    case XKB_COMPOSE_COMPOSED:
        xkb_compose_state_get_utf8(c->state, out, size_bytes);
        return true;
    case XKB_COMPOSE_COMPOSING:
    case XKB_COMPOSE_CANCELLED:
        return true;
    default:
        return false;
    }
}

void composer_forget(struct composer *c)
{
    if (c)
        xkb_compose_state_reset(c->state);
}
