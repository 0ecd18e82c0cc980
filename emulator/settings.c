#include "emulator/settings.h"

#include <string.h>

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
