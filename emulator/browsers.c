#include "emulator/browsers.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* ---- the Chromium family ---- */

static const struct {
    const char *program, *profile; /* where it keeps its profiles, inside HOME */
} browsers[] = {
    {"chromium", ".config/chromium"},
    {"chromium-browser", ".config/chromium"},
    {"google-chrome", ".config/google-chrome"},
    {"google-chrome-stable", ".config/google-chrome"},
    {"microsoft-edge", ".config/microsoft-edge"},
    {"microsoft-edge-stable", ".config/microsoft-edge"},
    {"brave-browser", ".config/BraveSoftware/Brave-Browser"},
    {"vivaldi", ".config/vivaldi"},
};

#define BROWSER_COUNT (sizeof browsers / sizeof *browsers)

/* No questions at the first start, no bars about anything, nothing fetched that nobody asked for,
 * no animated scrolling; no graphics card is there. The last of a repeated flag counts, so the
 * user's own win. */
static const char flags[] =
    "--no-first-run --no-default-browser-check --password-store=basic"
    " --disable-background-networking --disable-component-update --disable-sync"
    " --disable-default-apps --disable-breakpad --disable-search-engine-choice-screen"
    " --hide-crash-restore-bubble --disable-features=Translate --disable-smooth-scrolling"
    " --disable-gpu --enable-unsafe-swiftshader";

/* It refuses to start as root with its sandbox, and shows a bar about having none but under test.
 */
static const char flags_root[] = " --no-sandbox --test-type";

/* With less shared memory than this (containers have 64 MB) pages crash. */
#define SHARED_MEMORY_BYTES (512ull << 20)

/* No offer to save or to fill in anything: such bubbles cover the page. */
static const char preferences[] =
    "{\"credentials_enable_service\":false,"
    "\"profile\":{\"password_manager_enabled\":false},"
    "\"autofill\":{\"enabled\":false,\"profile_enabled\":false,\"credit_card_enabled\":false},"
    "\"translate\":{\"enabled\":false}}\n";

static bool shared_memory_small(void)
{
    struct statvfs info;
    return statvfs("/dev/shm", &info) != 0 ||
           (unsigned long long)info.f_bavail * info.f_bsize < SHARED_MEMORY_BYTES;
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

static bool launcher_write(const struct home *h, const char *name, const char *path, struct err *e)
{
    struct buf file = {0}, text = {0};
    buf_addf(&file, "bin/%s", name);
    /* All of the screen, unless somebody says how large. CHROMIUM_FLAGS is the user's; Debian's
     * launcher takes it for its own and empties it. */
    buf_addf(&text,
             "#!/bin/sh\n"
             "case \" $CHROMIUM_FLAGS $*\" in *' --window-'*) ;; *) set -- --start-maximized "
             "\"$@\" ;; esac\n"
             "exec '%s' %s%s%s $CHROMIUM_FLAGS \"$@\"\n",
             path, flags, geteuid() == 0 ? flags_root : "",
             shared_memory_small() ? " --disable-dev-shm-usage" : "");
    bool ok = home_write(h, buf_text(&file), text.text, text.length, 0700, e);
    buf_finish(&file);
    buf_finish(&text);
    return ok;
}

static bool preferences_write(const struct home *h, const char *profile, struct err *e)
{
    struct buf file = {0};
    buf_addf(&file, "home/%s/Default/Preferences", profile);
    bool ok = home_write(h, buf_text(&file), preferences, sizeof preferences - 1, 0600, e);
    buf_finish(&file);
    return ok;
}

char *browsers_program(const struct home *h, const char *program)
{
    const char *slash = strrchr(program, '/');
    char *found = NULL;
    for (size_t i = 0; slash && !found && i < BROWSER_COUNT; i++) {
        bool same = strcmp(slash + 1, browsers[i].program) == 0;
        char *path = same ? program_find(browsers[i].program) : NULL;
        if (path && strcmp(path, program) == 0) {
            struct buf launcher = {0};
            buf_addf(&launcher, "%s/bin/%s", h->root, browsers[i].program);
            found = buf_take(&launcher);
        }
        free(path);
    }
    return found;
}

/* ---- Firefox ---- */

static const char firefox_profiles[] = "[Profile0]\nName=hem\nIsRelative=1\nPath=hem\nDefault=1\n"
                                       "\n[General]\nStartWithLastProfile=1\nVersion=2\n";

static const char firefox_preferences[] =
    "user_pref(\"datareporting.policy.dataSubmissionEnabled\", false);\n"
    "user_pref(\"datareporting.policy.firstRunURL\", \"\");\n"
    "user_pref(\"browser.startup.homepage_override.mstone\", \"ignore\");\n"
    "user_pref(\"browser.aboutwelcome.enabled\", false);\n"
    "user_pref(\"browser.shell.checkDefaultBrowser\", false);\n"
    "user_pref(\"browser.translations.enable\", false);\n"
    "user_pref(\"browser.formfill.enable\", false);\n"
    "user_pref(\"extensions.formautofill.addresses.enabled\", false);\n"
    "user_pref(\"extensions.formautofill.creditCards.enabled\", false);\n"
    "user_pref(\"signon.rememberSignons\", false);\n"
    "user_pref(\"app.normandy.enabled\", false);\n"
    "user_pref(\"general.smoothScroll\", false);\n"
    "user_pref(\"ui.prefersReducedMotion\", 1);\n";

static bool firefox_write(const struct home *h, struct err *e)
{
    return home_write(h, "home/.mozilla/firefox/profiles.ini", firefox_profiles,
                      sizeof firefox_profiles - 1, 0600, e) &&
           home_write(h, "home/.mozilla/firefox/hem/user.js", firefox_preferences,
                      sizeof firefox_preferences - 1, 0600, e);
}

bool browsers_write(const struct home *h, bool profiles, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < BROWSER_COUNT; i++) {
        char *path = program_find(browsers[i].program);
        if (path && !strchr(path, '\''))
            ok = launcher_write(h, browsers[i].program, path, e) &&
                 (!profiles || preferences_write(h, browsers[i].profile, e));
        free(path);
    }
    return ok && (!profiles || firefox_write(h, e));
}
