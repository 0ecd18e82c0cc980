#include "emulator/rows.h"

#include "base/utf8.h"
#include "emulator/rows_json.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_CHUNK_BYTES   65536
#define ROWS_ROW_MAX_BYTES (4 << 20) /* of one row, as in the file */
#define ROWS_COLUMNS_MAX   4096

struct cell {
    size_t at, length; /* in `text` */
};

struct rows {
    struct rows_json *json; /* owned; NULL: it is CSV, and the rest is about that */
    char *path;             /* owned */
    FILE *file;             /* owned */
    struct csv_parser parser;
    struct data header;

    char chunk[ROWS_CHUNK_BYTES];
    size_t chunk_at, chunk_end;
    char last;      /* the byte before chunk_at */
    bool at_end;    /* of the file */
    bool failed;    /* nothing sensible can follow */
    int line;       /* of chunk[chunk_at] */
    int row_line;   /* where the row being read, or just read, begins */
    int row_number; /* of the row just read; 0: the header */

    /* The row being read. */
    struct buf text; /* its cells, each terminated */
    struct cell cells[ROWS_COLUMNS_MAX];
    int cell_count; /* may be larger than ROWS_COLUMNS_MAX: those are counted only */
    size_t row_bytes;
    bool complete;
};

/* Spaces are part of a cell (RFC 4180); libcsv would cut them off. */
static int space_never(unsigned char c)
{
    (void)c;
    return 0;
}

static void cell_take(void *bytes, size_t length, void *self)
{
    struct rows *r = self;
    if (r->cell_count < ROWS_COLUMNS_MAX) {
        r->cells[r->cell_count] = (struct cell){r->text.length, length};
        buf_add_bytes(&r->text, bytes, length);
        buf_add_char(&r->text, '\0');
    }
    r->cell_count++;
}

static void row_take(int end, void *self)
{
    (void)end;
    ((struct rows *)self)->complete = true;
}

/* How many lines end in these bytes: LF, CR LF and a CR alone are one each. *LAST is the byte
 * before them. */
static int lines_end(const char *bytes, size_t size, char *last)
{
    int count = 0;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '\r' || (bytes[i] == '\n' && *last != '\r'))
            count++;
        *last = bytes[i];
    }
    return count;
}

/* The line on which the byte AT of cell INDEX stands (INDEX may be one behind the last cell). */
static int cell_line(const struct rows *r, int index, size_t at)
{
    int line = r->row_line;
    for (int i = 0; i <= index && i < ROWS_COLUMNS_MAX; i++) {
        char last = '\0';
        if (i < index)
            line += lines_end(r->text.text + r->cells[i].at, r->cells[i].length, &last);
        else if (i < r->cell_count)
            line += lines_end(r->text.text + r->cells[i].at, at, &last);
    }
    return line;
}

/* A byte order mark is no part of the first column's name. Only called when there are fresh bytes.
 */
static bool mark_skip(struct rows *r, struct err *e)
{
    const char *bytes = r->chunk;
    if (r->chunk_end >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        r->chunk_at = 3;
    if (r->chunk_end >= 2 &&
        (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return err_set(e, ERR_USAGE, "%s:1: this is UTF-16; save the table as UTF-8", r->path);
    return true;
}

/* Reads the next chunk; at the end of the file `at_end` is set and the chunk is empty. */
static bool chunk_read(struct rows *r, struct err *e)
{
    bool first = r->chunk_end == 0;
    r->chunk_at = 0;
    r->chunk_end = fread(r->chunk, 1, sizeof r->chunk, r->file);
    if (ferror(r->file))
        return err_set(e, errno == EISDIR ? ERR_USAGE : ERR_IO, "%s: cannot read: %s", r->path,
                       strerror(errno));
    if (r->chunk_end == 0)
        r->at_end = true;
    return !first || mark_skip(r, e);
}

static bool parse_fail(struct rows *r, struct err *e)
{
    if (csv_error(&r->parser) != CSV_EPARSE)
        return err_set(e, ERR_IO, "%s:%d: out of memory", r->path, r->line);
    err_set(e, ERR_USAGE,
            "%s:%d: a quotation mark in the middle of a cell; put the whole cell in quotation "
            "marks and write each mark inside it twice",
            r->path, r->line);
    int begin = cell_line(r, r->cell_count, 0);
    return begin == r->line ? false : err_append(e, " (the cell begins in line %d)", begin);
}

/*
 * Gives the parser what is left of the chunk, up to the end of a line: so at most one row becomes
 * complete, and it is known where it began.
 */
static bool line_parse(struct rows *r, struct err *e)
{
    const char *begin = r->chunk + r->chunk_at;
    size_t left = r->chunk_end - r->chunk_at, size = 0;
    while (size < left && begin[size] != '\n' && begin[size] != '\r')
        size++;
    bool blank = size == 0 && r->row_bytes == 0;
    size += size < left;
    if (r->row_bytes == 0)
        r->row_line = r->line;
    if (csv_parse(&r->parser, begin, size, cell_take, row_take, r) != size)
        return parse_fail(r, e);
    if (!blank)
        r->row_bytes += size;
    if (r->row_bytes > ROWS_ROW_MAX_BYTES)
        return err_set(e, ERR_USAGE,
                       "%s:%d: a row of more than %d MiB begins here; is a quotation mark not "
                       "closed?",
                       r->path, r->row_line, ROWS_ROW_MAX_BYTES >> 20);
    r->line += lines_end(begin, size, &r->last);
    r->chunk_at += size;
    return true;
}

static bool parse_end(struct rows *r, struct err *e)
{
    if (csv_fini(&r->parser, cell_take, row_take, r) == 0)
        return true;
    return err_set(e, ERR_USAGE, "%s:%d: the quotation mark that is opened here is never closed",
                   r->path, cell_line(r, r->cell_count, 0));
}

static bool cells_valid(const struct rows *r, struct err *e)
{
    for (int i = 0; i < r->cell_count; i++) {
        const char *bytes = r->text.text + r->cells[i].at;
        size_t bad;
        if (utf8_valid(bytes, r->cells[i].length, &bad))
            continue;
        return err_set(e, ERR_USAGE, "%s:%d: cell %d is not UTF-8 (byte 0x%02X)", r->path,
                       cell_line(r, i, bad), i + 1, (unsigned)(unsigned char)bytes[bad]);
    }
    return true;
}

/* Reads one row into `text` and `cells`: 1, or 0 at the end, or -1. */
static int row_read(struct rows *r, struct err *e)
{
    buf_reset(&r->text);
    r->cell_count = 0;
    r->row_bytes = 0;
    r->complete = false;
    while (!r->complete && !r->at_end) {
        if (r->chunk_at < r->chunk_end) {
            if (!line_parse(r, e))
                return -1;
        } else if (!chunk_read(r, e) || (r->at_end && !parse_end(r, e))) {
            return -1;
        }
    }
    return r->complete;
}

/* The spaces around a column's name are never meant: "First name, Email". */
static const char *name_trim(char *name)
{
    name += strspn(name, " \t");
    size_t length = strlen(name);
    while (length > 0 && strchr(" \t", name[length - 1]))
        length--;
    name[length] = '\0';
    return name;
}

static bool header_take(struct rows *r, struct err *e)
{
    if (r->cell_count > ROWS_COLUMNS_MAX)
        return err_set(e, ERR_USAGE, "%s:%d: %d columns; at most %d are possible", r->path,
                       r->row_line, r->cell_count, ROWS_COLUMNS_MAX);
    if (!cells_valid(r, e))
        return false;
    for (int i = 0; i < r->cell_count; i++) {
        const char *name = name_trim(r->text.text + r->cells[i].at);
        if (!*name)
            return err_set(e, ERR_USAGE, "%s:%d: column %d has no name", r->path, r->row_line,
                           i + 1);
        for (int k = 0; k < i; k++)
            if (strcmp(r->header.items[k].name, name) == 0)
                return err_set(e, ERR_USAGE, "%s:%d: columns %d and %d are both called \"%s\"",
                               r->path, r->row_line, k + 1, i + 1, name);
        data_add(&r->header, name, "");
    }
    return true;
}

static bool header_read(struct rows *r, struct err *e)
{
    switch (row_read(r, e)) {
    case 1:
        return header_take(r, e);
    case 0:
        return err_set(e, ERR_USAGE, "%s:1: the table is empty; its first line names the columns",
                       r->path);
    default:
        return false;
    }
}

static struct rows *rows_open_json(const char *path, struct err *e)
{
    struct rows_json *json = rows_json_open(path, e);
    if (!json)
        return NULL;
    struct rows *r = mem_zero(1, sizeof *r);
    r->json = json;
    return r;
}

struct rows *rows_open(const char *path, struct err *e)
{
    if (rows_json_is(path))
        return rows_open_json(path, e);
    FILE *file = fopen(path, "rbe");
    if (!file) {
        err_set(e, ERR_USAGE, "%s: cannot open: %s", path, strerror(errno));
        return NULL;
    }
    struct rows *r = mem_zero(1, sizeof *r);
    r->path = mem_text(path);
    r->file = file;
    r->line = 1;
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_space_func(&r->parser, space_never);
    csv_set_blk_size(&r->parser, 4096);
    if (header_read(r, e))
        return r;
    rows_close(r);
    return NULL;
}

const struct data *rows_header(const struct rows *r)
{
    return r->json ? rows_json_header(r->json) : &r->header;
}

static bool row_take_cells(struct rows *r, struct data *out, struct err *e)
{
    if (r->cell_count != r->header.count)
        return err_set(e, ERR_USAGE, "%s:%d: %d cell%s where the header has %d column%s", r->path,
                       r->row_line, r->cell_count, r->cell_count == 1 ? "" : "s", r->header.count,
                       r->header.count == 1 ? "" : "s");
    if (!cells_valid(r, e))
        return false;
    data_finish(out);
    for (int i = 0; i < r->cell_count; i++)
        data_add(out, r->header.items[i].name, r->text.text + r->cells[i].at);
    r->row_number++;
    return true;
}

int rows_next(struct rows *r, struct data *out, struct err *e)
{
    int got = -1;
    if (r->json)
        return rows_json_next(r->json, out, e);
    if (r->failed)
        err_set(e, ERR_USAGE, "%s:%d: reading ended here with an error", r->path, r->line);
    else
        got = row_read(r, e);
    if (got == 1 && !row_take_cells(r, out, e))
        got = -1;
    r->failed = got < 0;
    return got;
}

int rows_line(const struct rows *r)
{
    return r->json ? rows_json_line(r->json) : r->row_line;
}

int rows_number(const struct rows *r)
{
    return r->json ? rows_json_number(r->json) : r->row_number;
}

void rows_close(struct rows *r)
{
    if (!r)
        return;
    rows_json_close(r->json);
    csv_free(&r->parser);
    data_finish(&r->header);
    buf_finish(&r->text);
    if (r->file)
        fclose(r->file);
    free(r->path);
    free(r);
}
