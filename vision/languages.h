/*
 * languages: the languages that text is read in, as they are installed with Tesseract.
 */
#ifndef VISION_LANGUAGES_H
#define VISION_LANGUAGES_H

#include "base/err.h"

#define LANGUAGES_PATH_SIZE 1024
#define LANGUAGES_NAME_SIZE 64

/*
 * Is the data of LANGUAGE ("eng", "eng+deu") installed? ERR_USAGE when it is not, naming Debian's
 * package.
 */
bool languages_installed(const char *language, struct err *e);

/* The file of one language. OUT is set only when there is one. */
bool languages_path(const char *language, char out[LANGUAGES_PATH_SIZE]);

/* Are all of LANGUAGE files of the system's, which were installed as hem's libraries were? Others
 * are the user's, and may be anything. */
bool languages_are_systems(const char *language);

/* The next of "eng+deu"; false at the end or when it can't be a language (OUT is "" then). */
bool languages_next(const char **rest, char out[LANGUAGES_NAME_SIZE]);

#endif
