#include "vision/languages.h"

#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool languages_path(const char *language, char out[LANGUAGES_PATH_SIZE])
{
    static const char *const folders[] = {
        "/usr/share/tesseract-ocr/*/tessdata", /* Debian's, with the version */
        "/usr/share/tessdata",
        "/usr/local/share/tessdata",
    };
    const char *own = getenv("TESSDATA_PREFIX"); /* Tesseract's own variable comes first */
    for (int i = own ? -1 : 0; i < (int)(sizeof folders / sizeof *folders); i++) {
        char pattern[LANGUAGES_PATH_SIZE];
        glob_t found;
        snprintf(pattern, sizeof pattern, "%s/%s.traineddata", i < 0 ? own : folders[i], language);
        if (glob(pattern, 0, NULL, &found) != 0)
            continue;
        snprintf(out, LANGUAGES_PATH_SIZE, "%s", found.gl_pathv[found.gl_pathc - 1]);
        globfree(&found);
        return true;
    }
    return false;
}

bool languages_next(const char **rest, char out[LANGUAGES_NAME_SIZE])
{
    size_t n = strcspn(*rest, "+");
    out[0] = '\0';
    if (n == 0 || n >= LANGUAGES_NAME_SIZE)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!isalnum((unsigned char)(*rest)[i]) && (*rest)[i] != '_')
            return false;
    memcpy(out, *rest, n);
    out[n] = '\0';
    *rest += n + ((*rest)[n] == '+');
    return true;
}

/* Debian writes chi_sim as tesseract-ocr-chi-sim. */
static bool not_installed(const char *language, struct err *e)
{
    char package[LANGUAGES_NAME_SIZE];
    snprintf(package, sizeof package, "%s", language);
    for (char *c = package; *c; c++)
        *c = *c == '_' ? '-' : *c;
    return err_set(e, ERR_USAGE,
                   "the data to read \"%s\" is not installed; Debian's package is tesseract-ocr-%s",
                   language, package);
}

bool languages_installed(const char *language, struct err *e)
{
    char one[LANGUAGES_NAME_SIZE], path[LANGUAGES_PATH_SIZE];
    const char *rest = language;
    do {
        if (!languages_next(&rest, one))
            return err_set(e, ERR_USAGE,
                           "\"%s\" is no language for reading: it is like eng or eng+deu",
                           language);
        if (!languages_path(one, path))
            return not_installed(one, e);
    } while (*rest);
    return true;
}

bool languages_are_systems(const char *language)
{
    char one[LANGUAGES_NAME_SIZE], path[LANGUAGES_PATH_SIZE];
    const char *rest = language;
    bool all = true;
    while (all && *rest)
        all = languages_next(&rest, one) && languages_path(one, path) &&
              strncmp(path, "/usr/", strlen("/usr/")) == 0;
    return all;
}
