#include "trajectory/audit.h"

#include "base/clock.h"
#include "trajectory/disk.h"
#include "trajectory/format.h"

#include <errno.h>
#include <limits.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void audit_end_init(struct audit_end *end)
{
    *end = (struct audit_end){0};
    memset(end->last, '0', AUDIT_HASH_SIZE - 1);
}

void audit_end_add(struct audit_end *end, const char *line, size_t length_bytes)
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, length_bytes, (const uint8_t *)line);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(end->last + 2 * i, 3, "%02x", digest[i]);
    end->lines++;
}

bool audit_open(struct audit *a, const char *dir, struct err *e)
{
    char *path = disk_path(dir, AUDIT_FILE);
    bool opened = journal_open(&a->journal, path, e);
    audit_end_init(&a->end);
    free(path);
    return opened;
}

bool audit_add(struct audit *a, const struct decision *d, const struct data *secrets, struct err *e)
{
    struct buf line = {0};
    char wall[FORMAT_WALL_SIZE];
    clock_wall(wall, sizeof wall);
    bool written = format_decision(d, &a->end, wall, secrets, &line, e) &&
                   journal_append(&a->journal, &line, e);
    if (written)
        audit_end_add(&a->end, line.text, line.length - 1);
    buf_finish(&line);
    return written;
}

/* ---- checking ---- */

struct checking {
    const char *path; /* of the audit */
    const struct recording *recording;
    int next_turn; /* index of the first that may still need a decision */
    struct audit_end end;
};

static bool broken(const struct checking *c, int line, struct err *e, const char *why)
{
    return err_set(e, ERR_TASK, "%s:%d: %s", c->path, line, why);
}

/* Turns that acted before this one must have been decided on. */
static bool turns_check(struct checking *c, int turn, struct err *e)
{
    const struct recording *r = c->recording;
    for (; c->next_turn < r->turn_count && r->turns[c->next_turn].number <= turn; c->next_turn++) {
        const struct recorded_turn *t = &r->turns[c->next_turn];
        if (t->number < turn && strcmp(t->outcome, "acted") == 0) {
            char why[96];
            snprintf(why, sizeof why, "the decision of turn %d is missing: it acted", t->number);
            return broken(c, c->end.lines + 1, e, why);
        }
    }
    return true;
}

static bool line_check(struct checking *c, const struct buf *line, struct err *e)
{
    struct read_decision read;
    struct err why = {0};
    int number = c->end.lines + 1;
    if (!format_read_decision(buf_text(line), line->length, &read, &why))
        return broken(c, number, e, why.text);
    if (read.line != number)
        return broken(c, number, e,
                      "it has another number: lines are missing, or more than there were");
    if (strcmp(read.before, c->end.last) != 0)
        return broken(c, number > 1 ? number - 1 : 1, e, "it is not as it was written");
    if (!turns_check(c, read.turn, e))
        return false;
    audit_end_add(&c->end, buf_text(line), line->length);
    return true;
}

static bool lines_check(struct checking *c, FILE *file, struct err *e)
{
    struct buf line = {0};
    struct err error = {0};
    enum line got;
    bool fine = true;
    while (fine && (got = disk_line(file, &line, &error)) != LINE_NONE) {
        if (got == LINE_FAILED)
            fine = broken(c, c->end.lines + 1, e, error.text);
        else if (got == LINE_CUT)
            fine = broken(c, c->end.lines + 1, e, "the line is cut");
        else
            fine = line_check(c, &line, e);
    }
    buf_finish(&line);
    return fine && turns_check(c, INT_MAX, e);
}

/* Does it end where episode.json says? */
static bool end_check(struct checking *c, bool *ended, struct err *e)
{
    const struct recording *r = c->recording;
    *ended = r->audit.last[0] != '\0';
    if (!*ended && strcmp(r->outcome, "running") == 0)
        return true;
    if (!*ended)
        return broken(c, c->end.lines, e, "episode.json does not say that it ends here");
    if (r->audit.lines > c->end.lines)
        return broken(c, c->end.lines + 1, e, "the end is missing");
    if (r->audit.lines < c->end.lines)
        return broken(c, r->audit.lines + 1, e, "there are more lines than there were");
    return strcmp(r->audit.last, c->end.last) == 0 ||
           broken(c, c->end.lines, e, "it is not as it was written");
}

bool audit_check(const char *dir, struct audit_end *out, bool *ended, struct err *e)
{
    struct recording recording;
    if (!recording_read(dir, &recording, e))
        return false;
    char *path = disk_path(dir, AUDIT_FILE);
    struct checking c = {.path = path, .recording = &recording};
    audit_end_init(&c.end);
    FILE *file = fopen(path, "rbe");
    bool fine = file ? lines_check(&c, file, e) && end_check(&c, ended, e)
                     : err_set(e, recording.audit.last[0] ? ERR_TASK : ERR_USAGE,
                               "cannot open %s: %s", path, strerror(errno));
    if (file)
        fclose(file);
    *out = c.end;
    recording_finish(&recording);
    free(path);
    return fine;
}
