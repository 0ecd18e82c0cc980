#include "emulator/settings.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* ---- the window manager ---- */

#define ACTION(name) "<action name=\"" name "\"/>"
#define MOUSE(button, on, what)                                                                    \
    "<mousebind button=\"" button "\" action=\"" on "\">" what "</mousebind>\n"
#define KEY(key, what)      "<keybind key=\"" key "\">" what "</keybind>\n"
#define CONTEXT(name, what) "<context name=\"" name "\">\n" what "</context>\n"
#define TITLE_FONT(place)   "<font place=\"" place "\"><name>sans</name><size>9</size></font>\n"
#define TO_FRONT            ACTION("Focus") ACTION("Raise")

/*
 * New windows get the focus and are put where there is room, clicks focus and raise, title bars and
 * borders work as people know them. One desktop, no menus, no animation, nothing on the root
 * window. Nothing is bound to the context "Frame": it takes in the client's area, too, and openbox
 * would keep the clicks to itself. Of the keyboard only Alt+F4 and Alt+Tab, which people expect; an
 * iconified window comes back by Alt+Tab, as there is no bar to show it.
 */
/* clang-format off */
static const char openbox_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<openbox_config xmlns=\"http://openbox.org/3.4/rc\">\n"
    "<focus><focusNew>yes</focusNew><focusLast>yes</focusLast>"
    "<followMouse>no</followMouse></focus>\n"
    "<placement><policy>Smart</policy><center>yes</center></placement>\n"
    "<theme><name>hem</name><titleLayout>LMC</titleLayout><keepBorder>yes</keepBorder>\n"
    "<animateIconify>no</animateIconify>\n"
    TITLE_FONT("ActiveWindow")
    TITLE_FONT("InactiveWindow")
    "</theme>\n"
    "<desktops><number>1</number><firstdesk>1</firstdesk><popupTime>0</popupTime></desktops>\n"
    "<resize><drawContents>yes</drawContents><popupShow>Never</popupShow></resize>\n"
    "<keyboard>\n"
    KEY("A-F4", ACTION("Close"))
    KEY("A-Tab", "<action name=\"NextWindow\"><dialog>none</dialog></action>")
    "</keyboard>\n"
    "<mouse><dragThreshold>2</dragThreshold><doubleClickTime>500</doubleClickTime>\n"
    "<screenEdgeWarpTime>0</screenEdgeWarpTime>\n"
    CONTEXT("Client",
            MOUSE("Left", "Press", TO_FRONT)
            MOUSE("Middle", "Press", TO_FRONT)
            MOUSE("Right", "Press", TO_FRONT))
    CONTEXT("Titlebar",
            MOUSE("Left", "Press", TO_FRONT)
            MOUSE("Left", "Drag", ACTION("Move"))
            MOUSE("Left", "DoubleClick", ACTION("ToggleMaximize")))
    CONTEXT("Top Bottom Left Right TLCorner TRCorner BLCorner BRCorner",
            MOUSE("Left", "Press", TO_FRONT)
            MOUSE("Left", "Drag", ACTION("Resize")))
    CONTEXT("Maximize", MOUSE("Left", "Click", ACTION("ToggleMaximize")))
    CONTEXT("Close", MOUSE("Left", "Click", ACTION("Close")))
    "</mouse>\n"
    "<menu><file>";
static const char openbox_tail[] =
    "</file></menu>\n"
    "<applications><application class=\"*\"><focus>yes</focus></application></applications>\n"
    "</openbox_config>\n";
/* clang-format on */

static const char openbox_menu[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                   "<openbox_menu xmlns=\"http://openbox.org/3.4/menu\"/>\n";

/* Flat and of high contrast: small in memory, and easy to read for anyone. */
static const char openbox_theme[] = "border.width: 1\n"
                                    "padding.width: 4\n"
                                    "padding.height: 2\n"
                                    "window.handle.width: 0\n"
                                    "window.client.padding.width: 0\n"
                                    "window.label.text.justify: center\n"
                                    "window.active.border.color: #5a5a5a\n"
                                    "window.inactive.border.color: #9a9a9a\n"
                                    "window.*.title.bg: flat solid\n"
                                    "window.active.title.bg.color: #dcdcdc\n"
                                    "window.inactive.title.bg.color: #f0f0f0\n"
                                    "window.*.label.bg: parentrelative\n"
                                    "window.active.label.text.color: #000000\n"
                                    "window.inactive.label.text.color: #6a6a6a\n"
                                    "window.*.button.*.bg: parentrelative\n"
                                    "window.active.button.*.image.color: #202020\n"
                                    "window.inactive.button.*.image.color: #6a6a6a\n";

/* ---- the toolkits ---- */

/* Animations only make everybody wait. */
static const char gtk_settings[] = "[Settings]\n"
                                   "gtk-enable-animations=0\n";

/* ---- the bus ---- */

static const char bus_head[] =
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
    " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
    "<busconfig><type>session</type><keep_umask/><auth>EXTERNAL</auth>\n";
static const char bus_tail[] = "<standard_session_servicedirs/>\n"
                               "<policy context=\"default\">\n"
                               "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow "
                               "eavesdrop=\"true\"/><allow own=\"*\"/>\n"
                               "</policy></busconfig>\n";

/* Services that programs ask for though a bare desktop has no use for them: portals and
 * accessibility cost seconds and memory, keyrings ask for a password. Starting them fails at once.
 */
static const char *const masked_services[] = {
    "org.a11y.Bus",
    "org.freedesktop.portal.Desktop",
    "org.freedesktop.portal.Documents",
    "org.freedesktop.secrets",
    "org.gnome.keyring",
    "org.kde.kwalletd5",
    "org.kde.kwalletd6",
    "org.gtk.vfs.Daemon",
};

static bool text_write(const struct home *h, const char *name, const char *text, struct err *e)
{
    return home_write(h, name, text, strlen(text), 0600, e);
}

static bool openbox_write(const struct home *h, struct err *e)
{
    struct buf text = {0};
    buf_addf(&text, "%s%s/menu.xml%s", openbox_head, h->root, openbox_tail);
    bool ok = text_write(h, SETTINGS_OPENBOX, buf_text(&text), e);
    buf_finish(&text);
    return ok;
}

static bool bus_write(const struct home *h, struct err *e)
{
    struct buf text = {0}, name = {0};
    /* The first directory that has a service wins. */
    buf_addf(&text, "%s<listen>unix:path=%s/%s</listen>\n<servicedir>%s/services</servicedir>\n%s",
             bus_head, h->root, SETTINGS_BUS_SOCKET, h->root, bus_tail);
    bool ok = text_write(h, SETTINGS_BUS, buf_text(&text), e);
    for (size_t i = 0; ok && i < sizeof masked_services / sizeof *masked_services; i++) {
        buf_reset(&name);
        buf_reset(&text);
        buf_addf(&name, "services/%s.service", masked_services[i]);
        buf_addf(&text, "[D-BUS Service]\nName=%s\nExec=/bin/false\n", masked_services[i]);
        ok = text_write(h, buf_text(&name), buf_text(&text), e);
    }
    buf_finish(&text);
    buf_finish(&name);
    return ok;
}

bool settings_write(const struct home *h, struct err *e)
{
    static const struct {
        const char *name, *text;
    } files[] = {
        {"menu.xml", openbox_menu},
        {"home/.local/share/themes/hem/openbox-3/themerc", openbox_theme},
        {"home/.config/gtk-3.0/settings.ini", gtk_settings},
        {"home/.config/gtk-4.0/settings.ini", gtk_settings},
        {"home/.cache/.keep", ""},
        {"home/.local/state/.keep", ""},
        {"run/.keep", ""},
        {"tmp/.keep", ""},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (!text_write(h, files[i].name, files[i].text, e))
            return false;
    return openbox_write(h, e) && bus_write(h, e);
}

/* ---- browsers ---- */

static const char *const browsers[] = {
    "chromium",       "chromium-browser",      "google-chrome", "google-chrome-stable",
    "microsoft-edge", "microsoft-edge-stable", "brave-browser", "vivaldi",
};

/* No questions at the first start, no bars about anything, nothing fetched that nobody asked for,
 * no animated scrolling; no graphics card is there. The last of a repeated flag counts, so the
 * user's own win. */
static const char browser_flags[] =
    "--no-first-run --no-default-browser-check --password-store=basic"
    " --disable-background-networking --disable-component-update --disable-sync"
    " --disable-default-apps --disable-breakpad --disable-search-engine-choice-screen"
    " --hide-crash-restore-bubble --disable-features=Translate --disable-smooth-scrolling"
    " --disable-gpu --enable-unsafe-swiftshader";

/* It refuses to start as root with its sandbox, and shows a bar about having none but under test.
 */
static const char browser_flags_root[] = " --no-sandbox --test-type";

#define BROWSER_SHARED_MEMORY                                                                      \
    (512ull << 20) /* bytes; with less (64 MB in containers) pages crash */

static bool shared_memory_small(void)
{
    struct statvfs info;
    return statvfs("/dev/shm", &info) != 0 ||
           (unsigned long long)info.f_bavail * info.f_bsize < BROWSER_SHARED_MEMORY;
}

/* The path of a program in hem's own PATH; owned by the caller; NULL: it is not there. */
static char *program_find(const char *name)
{
    const char *rest = getenv("PATH");
    while (rest && *rest) {
        size_t length = strcspn(rest, ":");
        struct buf path = {0};
        buf_add_bytes(&path, rest, length);
        buf_addf(&path, "/%s", name);
        if (length > 0 && access(path.text, X_OK) == 0)
            return buf_take(&path);
        buf_finish(&path);
        rest += length + (rest[length] == ':');
    }
    return NULL;
}

static bool browser_write(const struct home *h, const char *name, const char *path, struct err *e)
{
    struct buf file = {0}, text = {0};
    buf_addf(&file, "bin/%s", name);
    /* CHROMIUM_FLAGS is the user's; Debian's launcher takes it for its own and empties it. */
    buf_addf(&text, "#!/bin/sh\nexec '%s' %s%s%s $CHROMIUM_FLAGS \"$@\"\n", path, browser_flags,
             geteuid() == 0 ? browser_flags_root : "",
             shared_memory_small() ? " --disable-dev-shm-usage" : "");
    bool ok = home_write(h, buf_text(&file), text.text, text.length, 0700, e);
    buf_finish(&file);
    buf_finish(&text);
    return ok;
}

bool settings_write_browsers(const struct home *h, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof browsers / sizeof *browsers; i++) {
        char *path = program_find(browsers[i]);
        if (path && !strchr(path, '\''))
            ok = browser_write(h, browsers[i], path, e);
        free(path);
    }
    return ok;
}

char *settings_browser(const struct home *h, const char *program)
{
    const char *slash = strrchr(program, '/');
    if (!slash)
        return NULL;
    char *found = NULL;
    for (size_t i = 0; !found && i < sizeof browsers / sizeof *browsers; i++) {
        char *path = strcmp(slash + 1, browsers[i]) == 0 ? program_find(browsers[i]) : NULL;
        if (path && strcmp(path, program) == 0) {
            struct buf shim = {0};
            buf_addf(&shim, "%s/bin/%s", h->root, browsers[i]);
            found = buf_take(&shim);
        }
        free(path);
    }
    return found;
}
