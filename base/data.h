/*
 * data: names and values: the fields of a task, a row of a table, the secrets, what was read. The
 * order is the file's. A name may stand more than once (several boxes of one group to check).
 */
#ifndef BASE_DATA_H
#define BASE_DATA_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

struct datum {
    char *name;  /* owned, UTF-8 */
    char *value; /* owned, UTF-8 */
};

struct data {
    struct datum *items; /* owned */
    int count, capacity;
};

void data_add(struct data *d, const char *name, const char *value);
void data_set(struct data *d, const char *name,
              const char *value); /* replaces the first of that name, or adds */
const char *data_get(const struct data *d,
                     const char *name); /* the first of that name; NULL for none */
void data_copy(struct data *to, const struct data *from); /* TO is not finished first */
void data_finish(struct data *d);

/*
 * Appends TEXT with every {{name}} replaced by its value of DATA; what values hold is not filled
 * again. A name that DATA has not is ERR_USAGE and named, and so is a {{ that is never closed; OUT
 * is then as it was. Spaces around the name don't count. {{secret:name}} stays as it is unless
 * SECRETS is given, then it is replaced too. {{read:name}} always stays.
 */
bool data_fill(const struct data *d, const struct data *secrets, const char *text, struct buf *out,
               struct err *e);

/*
 * Appends TEXT with every {{read:name}}, and nothing else, replaced by its value of READ. ERR_TASK
 * for a name that READ has not, and for a value with {{ in it: what stands on a screen must not be
 * able to name a secret.
 */
bool data_fill_read(const struct data *read, const char *text, struct buf *out, struct err *e);

/* Does TEXT hold a {{secret:...}}; a {{read:...}}? */
bool data_has_secret(const char *text);
bool data_has_read(const char *text);

/* Appends TEXT with every value of SECRETS (of 3 bytes or more) replaced by its hole
 * {{secret:name}}, the longest first where several begin at one place. SECRETS may be NULL. */
void data_redact(const struct data *secrets, const char *text, struct buf *out);

#endif
