#include "emulator/environment.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void items_room(struct environment *env)
{
    if (env->count + 1 < env->capacity)
        return;
    env->capacity = env->capacity ? 2 * env->capacity : 64;
    env->items = mem_resize(env->items, (size_t)env->capacity * sizeof *env->items);
}

/* Where "NAME=..." stands; -1: nowhere. */
static int item_find(const struct environment *env, const char *name, size_t length)
{
    for (int i = 0; i < env->count; i++)
        if (strncmp(env->items[i], name, length) == 0 && env->items[i][length] == '=')
            return i;
    return -1;
}

void environment_put_text(struct environment *env, const char *name_and_value)
{
    size_t length = strcspn(name_and_value, "=");
    int i = item_find(env, name_and_value, length);
    items_room(env);
    if (i >= 0)
        free(env->items[i]);
    else
        i = env->count++;
    env->items[i] = mem_text(name_and_value);
    env->items[env->count] = NULL;
}

void environment_put(struct environment *env, const char *name, const char *value)
{
    struct buf text = {0};
    buf_addf(&text, "%s=%s", name, value);
    environment_put_text(env, buf_text(&text));
    buf_finish(&text);
}

const char *environment_get(const struct environment *env, const char *name)
{
    size_t length = strlen(name);
    int i = item_find(env, name, length);
    return i < 0 ? NULL : env->items[i] + length + 1;
}

void environment_own(struct environment *env)
{
    for (char **item = environ; item && *item; item++)
        environment_put_text(env, *item);
}

void environment_copy(struct environment *to, const struct environment *from)
{
    for (int i = 0; i < from->count; i++)
        environment_put_text(to, from->items[i]);
}

void environment_finish(struct environment *env)
{
    for (int i = 0; i < env->count; i++)
        free(env->items[i]);
    free(env->items);
    *env = (struct environment){0};
}

/* Variables of the desktop that the user sits at: its places, its bus, its input methods, its
 * toolkits' taste. A name that ends with _ stands for all that begin so. */
static const char *const foreign[] = {
    "XDG_",     "WAYLAND_",   "DBUS_",        "GNOME_",     "KDE_",         "GTK_",
    "GTK2_",    "GDK_",       "GSK_",         "GIO_",       "GSETTINGS_",   "GVFS_",
    "QT_",      "QT4_",       "AT_SPI_",      "CLUTTER_",   "DESKTOP_",     "SESSION_MANAGER",
    "WINDOWID", "XMODIFIERS", "DISPLAY",      "XAUTHORITY", "NO_AT_BRIDGE", "TMPDIR",
    "TMP",      "TEMP",       "ICEAUTHORITY",
};

static bool item_foreign(const char *item)
{
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        size_t length = strlen(foreign[i]);
        if (strncmp(item, foreign[i], length) == 0 &&
            (foreign[i][length - 1] == '_' || item[length] == '='))
            return true;
    }
    return false;
}

static void environment_drop_foreign(struct environment *env)
{
    int kept = 0;
    for (int i = 0; i < env->count; i++) {
        if (item_foreign(env->items[i]))
            free(env->items[i]);
        else
            env->items[kept++] = env->items[i];
    }
    env->count = kept;
    if (env->items)
        env->items[kept] = NULL;
}

static void put_path(struct environment *env, const struct home *h, const char *name,
                     const char *inside)
{
    char *path = home_path(h, inside);
    environment_put(env, name, path);
    free(path);
}

static void put_search_path(struct environment *env, const struct home *h)
{
    const char *old = environment_get(env, "PATH");
    struct buf path = {0};
    buf_addf(&path, "%s/bin:%s", h->root, old && *old ? old : "/usr/local/bin:/usr/bin:/bin");
    environment_put(env, "PATH", buf_text(&path));
    buf_finish(&path);
}

static void put_language(struct environment *env)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (int i = 0; i < 3; i++) {
        const char *value = environment_get(env, names[i]);
        if (value && *value)
            return;
    }
    environment_put(env, "LANG", "C.UTF-8");
}

void environment_private(struct environment *env, const struct home *h)
{
    static const char *const constant[] = {
        "XDG_SESSION_TYPE=x11",
        "GDK_BACKEND=x11",
        "QT_QPA_PLATFORM=xcb",
        /* No assistive technologies: looking for their bus costs seconds and memory. */
        "NO_AT_BRIDGE=1",
        "GTK_A11Y=none",
        "QT_ACCESSIBILITY=0",
        /* No portals, no virtual file systems, settings in a file: no services for these on the
           bus. */
        "GTK_USE_PORTAL=0",
        "ADW_DISABLE_PORTAL=1",
        "GIO_USE_VFS=local",
        "GVFS_DISABLE_FUSE=1",
        "GSETTINGS_BACKEND=keyfile",
        /* The server has no GLX: toolkits draw by themselves instead of trying. */
        "GSK_RENDERER=cairo",
        "QT_QUICK_BACKEND=software",
        "MOZ_CRASHREPORTER_DISABLE=1",
        "MOZ_LEGACY_PROFILES=1", /* take the profile that is there */
        /* Until there is a bus; without it libraries start one of their own. */
        "DBUS_SESSION_BUS_ADDRESS=disabled:",
    };
    environment_drop_foreign(env);
    for (size_t i = 0; i < sizeof constant / sizeof *constant; i++)
        environment_put_text(env, constant[i]);
    put_language(env);
    put_search_path(env, h);
    put_path(env, h, "HOME", "home");
    put_path(env, h, "XDG_CONFIG_HOME", "home/.config");
    put_path(env, h, "XDG_CACHE_HOME", "home/.cache");
    put_path(env, h, "XDG_DATA_HOME", "home/.local/share");
    put_path(env, h, "XDG_STATE_HOME", "home/.local/state");
    put_path(env, h, "XDG_RUNTIME_DIR", "run");
    put_path(env, h, "TMPDIR", "tmp");
    put_path(env, h, "XAUTHORITY", "auth");
}
