#include "policy/api_key.h"

#include "policy/config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEYS_MAX_BYTES 65536
#define ANYBODYS       "HEM_API_KEY"

/* The variables of HOST's keys; the first is the one that people are told. */
static const char *const *names_of(const char *host)
{
    static const struct {
        const char *host, *names[3];
    } hosts[] = {
        {"api.anthropic.com", {"ANTHROPIC_API_KEY"}},
        {"api.openai.com", {"OPENAI_API_KEY"}},
        {"generativelanguage.googleapis.com", {"GEMINI_API_KEY", "GOOGLE_API_KEY"}},
        {"api.x.ai", {"XAI_API_KEY"}},
        {"openrouter.ai", {"OPENROUTER_API_KEY"}},
    };
    static const char *const others[] = {ANYBODYS, NULL};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (strcmp(host, hosts[i].host) == 0)
            return hosts[i].names;
    return others;
}

static void wipe(struct buf *text)
{
    if (text->text)
        explicit_bzero(text->text, text->capacity);
    buf_finish(text);
}

static bool read_all(int file, struct buf *out)
{
    char bytes[4096];
    ssize_t n;
    while ((n = read(file, bytes, sizeof bytes)) > 0 && out->length <= KEYS_MAX_BYTES)
        buf_add_bytes(out, bytes, (size_t)n);
    explicit_bzero(bytes, sizeof bytes);
    return n == 0;
}

/* The file's text, "" when there is none. */
static bool keys_read(const char *path, struct buf *out, struct err *e)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
        return true;
    bool fine = file >= 0 && fstat(file, &status) == 0;
    if (!fine)
        err_set(e, ERR_USAGE, "%s: %s", path, strerror(errno));
    else if (!S_ISREG(status.st_mode))
        fine = err_set(e, ERR_USAGE, "%s is not a file", path);
    else if ((status.st_mode & 077) || (status.st_uid != geteuid() && status.st_uid != 0))
        fine = err_set(e, ERR_USAGE,
                       "%s: others may read the keys in it; chmod 600 it, and make new keys if "
                       "somebody may have read these",
                       path);
    else if (!read_all(file, out))
        fine = err_set(e, ERR_USAGE, "%s: %s", path, strerror(errno));
    else if (out->length > KEYS_MAX_BYTES)
        fine = err_set(e, ERR_USAGE, "%s is longer than %d bytes", path, KEYS_MAX_BYTES);
    if (file >= 0)
        close(file);
    return fine;
}

/* Takes "NAME = value" apart in place; false when it is no such line. */
static bool line_split(char *line, char **name, char **value)
{
    char *equals = strchr(line, '=');
    if (!equals)
        return false;
    char *end = equals;
    while (end > line && isspace((unsigned char)end[-1]))
        end--;
    *end = '\0';
    *name = line;
    *value = equals + 1 + strspn(equals + 1, " \t");
    for (end = *value + strlen(*value); end > *value && isspace((unsigned char)end[-1]);)
        *--end = '\0';
    return line[strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")] ==
               '\0' &&
           *line;
}

/* The first of NAMES that TEXT (it is taken apart) has into OUT; "" for none. */
static bool keys_search(const char *path, char *text, const char *const *names, struct buf *out,
                        struct err *e)
{
    int number = 0;
    for (char *line; (line = strsep(&text, "\n"));) {
        char *name, *value;
        number++;
        line += strspn(line, " \t\r");
        if (!*line || *line == '#')
            continue;
        if (!line_split(line, &name, &value))
            return err_set(e, ERR_USAGE, "%s:%d: NAME=value is meant", path, number);
        for (int i = 0; names[i]; i++)
            if (!out->length && strcmp(name, names[i]) == 0)
                buf_add(out, value);
    }
    return true;
}

static bool keys_find(const char *const *names, struct buf *out, struct err *e)
{
    struct buf path = {0}, text = {0};
    bool fine = !config_path("keys", &path) || keys_read(buf_text(&path), &text, e);
    if (fine && text.text)
        fine = keys_search(buf_text(&path), text.text, names, out, e);
    wipe(&text);
    buf_finish(&path);
    return fine;
}

/* A line's end in it would be another header. */
static bool is_key(const char *text)
{
    for (; *text; text++)
        if (!isgraph((unsigned char)*text))
            return false;
    return true;
}

static bool none_there(const struct address *a, const char *name, struct err *e)
{
    return err_set(e, ERR_USAGE,
                   "there is no key for %s: set the environment variable %s, put a line %s=... "
                   "into ~/.config/hem/keys (chmod 600), or say in the task where it is (key: "
                   "env:NAME or file:PATH)",
                   a->host, name, name);
}

bool api_key_find(const struct address *a, const char *given, struct buf *out, struct err *e)
{
    const char *const *names = names_of(a->host);
    buf_reset(out);
    if (given)
        buf_add(out, given);
    for (int i = 0; names[i] && !out->length; i++)
        if (getenv(names[i]))
            buf_add(out, getenv(names[i]));
    bool fine = out->length || keys_find(names, out, e);
    if (fine && !out->length && !a->local)
        fine = none_there(a, names[0], e);
    if (fine && !is_key(buf_text(out)))
        fine = err_set(e, ERR_USAGE, "the key for %s has a space, a line's end or the like in it",
                       a->host);
    if (fine && out->length && !a->secure && !a->local)
        fine = err_set(e, ERR_USAGE,
                       "the key for %s would go there unencrypted: https:// is needed in its "
                       "address",
                       a->host);
    if (!fine)
        wipe(out);
    return fine;
}
