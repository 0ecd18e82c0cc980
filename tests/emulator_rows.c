/* rows: what is read of tables of all kinds, where each row begins, and what is said of bad ones.
 */
#include "emulator/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct table {
    const char *what;
    const char *bytes;
    size_t size; /* 0: up to the terminator */
    const char *
        rows; /* "line: cell|cell\n" for each row, then "! " and the error after the path, if any */
};

static const struct table tables[] = {
    {"plain", "name,email\nAda,ada@x.org\nBob,bob@x.org\n", 0,
     "2: Ada|ada@x.org\n3: Bob|bob@x.org\n"},
    {"no newline at the end", "a,b\n1,2", 0, "2: 1|2\n"},
    {"header only", "a,b\n", 0, ""},
    {"header without newline", "a,b", 0, ""},
    {"CR LF", "a,b\r\n1,2\r\n3,4\r\n", 0, "2: 1|2\n3: 3|4\n"},
    {"CR alone", "a,b\r1,2\r3,4\r", 0, "2: 1|2\n3: 3|4\n"},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "a,b\n1,2\n",
     0, "2: 1|2\n"},
    {"mark and a quoted name", "\xEF\xBB\xBF\"a\",b\n1,2\n", 0, "2: 1|2\n"},
    {"quotes", "a,b\n\"1,\"\"2\"\"\",\"\"\n", 0, "2: 1,\"2\"|\n"},
    {"newlines in cells", "a,b\n\"1\n2\",\"x\r\ny\"\n3,4\n", 0, "2: 1\n2|x\r\ny\n5: 3|4\n"},
    {"empty cells", "a,b,c\n,,\n1,,3\n", 0, "2: ||\n3: 1||3\n"},
    {"empty lines", "\n\na,b\n\n1,2\n\r\n\n3,4\n\n", 0, "5: 1|2\n8: 3|4\n"},
    {"spaces are kept", "a,b\n 1 ,\t2\n", 0, "2:  1 |\t2\n"},
    {"spaces around names are not", "a , b\n1,2\n", 0, "2: 1|2\n"},
    {"one column", "a\nx\n\"\"\n y\n", 0, "2: x\n3: \n4:  y\n"},
    {"names and cells in other scripts", "имя,名\nЙ,東京 🗼\n", 0, "2: Й|東京 🗼\n"},
    {"numbers stay as they are", "a\n007\n1e5\nyes\n", 0, "2: 007\n3: 1e5\n4: yes\n"},

    {"empty file", "", 0, "! :1: the table is empty; its first line names the columns"},
    {"only empty lines", "\n\r\n\n", 0,
     "! :1: the table is empty; its first line names the columns"},
    {"a mark only", "\xEF\xBB\xBF", 0,
     "! :1: the table is empty; its first line names the columns"},
    {"a column without name", "a,,c\n1,2,3\n", 0, "! :1: column 2 has no name"},
    {"a name of spaces", "\n\"  \",b\n", 0, "! :2: column 1 has no name"},
    {"two of a name", "a,b,a\n1,2,3\n", 0, "! :1: columns 1 and 3 are both called \"a\""},
    {"too few", "a,b\n1,2\n\n3\n", 0, "2: 1|2\n! :4: 1 cell where the header has 2 columns"},
    {"too many", "a\n1\n2,3\n", 0, "2: 1\n! :3: 2 cells where the header has 1 column"},
    {"too few after cells of lines", "a,b\n\"1\n\n\",2\n3\n", 0,
     "2: 1\n\n|2\n! :5: 1 cell where the header has 2 columns"},
    {"Latin-1", "name\nAda\nJos\xE9\n", 0, "2: Ada\n! :3: cell 1 is not UTF-8 (byte 0xE9)"},
    {"Latin-1 within lines", "a,b\n\"1\n2\",\"3\nJos\xE9\"\n", 0,
     "! :4: cell 2 is not UTF-8 (byte 0xE9)"},
    {"Latin-1 in the header", "pr\xE9nom\n", 0, "! :1: cell 1 is not UTF-8 (byte 0xE9)"},
    {"a zero byte", "a\n1\0002\n", 6, "! :2: cell 1 is not UTF-8 (byte 0x00)"},
    {"UTF-16",
     "\xFF\xFE"
     "a\0\n\0",
     6, "! :1: this is UTF-16; save the table as UTF-8"},
    {"open quote", "a,b\n1,\"2\n3,4\n", 0,
     "! :2: the quotation mark that is opened here is never closed"},
    {"open quote in a later line", "a,b\n\"1\n\n\",\"2\n3,4\n", 0,
     "! :4: the quotation mark that is opened here is never closed"},
    {"open quote in the header", "\"a\n", 0,
     "! :1: the quotation mark that is opened here is never closed"},
    {"a mark in a bare cell", "a\n5\" disk\n", 0,
     "! :2: a quotation mark in the middle of a cell; put the whole cell in quotation marks and "
     "write each "
     "mark inside it twice"},
    {"a mark not doubled", "a\n\"5\" disk\"\n", 0,
     "! :2: a quotation mark in the middle of a cell; put the whole cell in quotation marks and "
     "write each "
     "mark inside it twice"},
    {"a quote that ends in another row", "a,b\n\"1,2\n3,\"4\"\n", 0,
     "! :3: a quotation mark in the middle of a cell; put the whole cell in quotation marks and "
     "write each "
     "mark inside it twice (the cell begins in line 2)"},
};

static const struct table json_tables[] = {
    {"plain", "{\"a\": \"Ada\", \"b\": \"x, \\\"y\\\"\"}\n{\"a\": \"Bob\", \"b\": \"\"}\n", 0,
     "1: Ada|x, \"y\"\n2: Bob|\n"},
    {"any order, no newline at the end", "{\"a\":\"1\",\"b\":\"2\"}\r\n\n{\"b\":\"4\",\"a\":\"3\"}",
     0, "1: 1|2\n3: 3|4\n"},
    {"numbers and such",
     "{\"a\": 7, \"b\": 1.5}\n{\"a\": true, \"b\": null}\n{\"a\": -3, \"b\": false}\n", 0,
     "1: 7|1.5\n2: true|\n3: -3|false\n"},
    {"large integers that are exact", "{\"a\": 9007199254740991}\n", 0, "1: 9007199254740991\n"},
    {"byte order mark", "\xEF\xBB\xBF{\"имя\": \"東京\"}\n", 0, "1: 東京\n"},
    {"newlines in cells", "{\"a\": \"1\\n2\"}\n", 0, "1: 1\n2\n"},

    {"empty file", "\n\n", 0, "! :1: the table is empty"},
    {"a number that is not exact", "{\"a\": 12345678901234567890}\n", 0,
     "! :1: the number \"a\" is too large to be exact; put it in quotation marks"},
    {"one that lacks", "{\"a\":\"1\",\"b\":\"2\"}\n{\"a\":\"3\"}\n", 0,
     "1: 1|2\n! :2: there is no \"b\", which the first line has"},
    {"one too many", "{\"a\":\"1\"}\n{\"a\":\"3\",\"c\":\"4\"}\n", 0,
     "1: 1\n! :2: the first line has no \"c\""},
    {"one twice", "{\"a\":\"1\",\"a\":\"2\"}\n", 0, "! :1: \"a\" stands there twice"},
    {"a list", "{\"a\":[1]}\n", 0,
     "! :1: \"a\" is a list; a cell is a text, a number, true or false"},
    {"no object", "[1]\n", 0, "! :1: this is not one JSON object"},
    {"two objects", "{\"a\":\"1\"} {\"a\":\"2\"}\n", 0, "! :1: this is not one JSON object"},
    {"one that is cut", "{\"a\":\"1\"}\n{\"a\":\n", 0, "1: 1\n! :2: this is not one JSON object"},
    {"no name", "{\"\":\"1\"}\n", 0, "! :1: column 1 has no name"},
    {"Latin-1", "{\"a\":\"\xE9\"}\n", 0, "! :1: the line is not UTF-8"},
    {"a zero byte", "{\"a\":\0\"1\"}\n", 11, "! :1: the line is not UTF-8"},
};

static char directory[] = "/tmp/hem-rows-XXXXXX";

static const char *file_write_as(const char *name, const char *bytes, size_t size)
{
    static char path[64];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    return path;
}

static const char *file_write(const char *bytes, size_t size)
{
    return file_write_as("table.csv", bytes, size);
}

static void row_print(const struct rows *r, const struct data *row, struct buf *out)
{
    buf_addf(out, "%d: ", rows_line(r));
    for (int i = 0; i < row->count; i++) {
        assert_string_equal(row->items[i].name, rows_header(r)->items[i].name);
        buf_addf(out, "%s%s", i ? "|" : "", row->items[i].value);
    }
    buf_add_char(out, '\n');
}

/* All rows, or the error behind those that came before it. */
static void table_print(const char *path, struct buf *out)
{
    struct err e = {0};
    struct data row = {0};
    struct rows *r = rows_open(path, &e);
    int got = r ? 0 : -1, count = 0;
    while (r && (got = rows_next(r, &row, &e)) == 1) {
        assert_int_equal(rows_number(r), ++count);
        row_print(r, &row, out);
    }
    if (got < 0) {
        assert_int_equal(e.kind, ERR_USAGE);
        assert_memory_equal(e.text, path, strlen(path));
        buf_addf(out, "! %s", e.text + strlen(path));
    }
    if (r && got < 0)
        assert_int_equal(rows_next(r, &row, &e), -1);
    data_finish(&row);
    rows_close(r);
}

static void tables_check(const char *name, const struct table *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct table *t = &all[i];
        struct buf got = {0};
        table_print(file_write_as(name, t->bytes, t->size ? t->size : strlen(t->bytes)), &got);
        if (strcmp(buf_text(&got), t->rows) != 0)
            fail_msg("%s:\n%s\nexpected:\n%s", t->what, buf_text(&got), t->rows);
        buf_finish(&got);
    }
}

static void test_tables(void **state)
{
    (void)state;
    tables_check("table.csv", tables, sizeof tables / sizeof *tables);
}

static void test_json(void **state)
{
    (void)state;
    tables_check("table.jsonl", json_tables, sizeof json_tables / sizeof *json_tables);
    tables_check("table.ndjson", json_tables, 1);
}

static void test_header(void **state)
{
    (void)state;
    struct err e = {0};
    struct rows *r = rows_open(file_write("First name , \"E,mail\"\n", 22), &e);
    assert_null(r); /* a quote behind a space is in the middle of a cell */
    r = rows_open(file_write("First name ,\"E,mail\"\n", 21), &e);
    assert_non_null(r);
    const struct data *header = rows_header(r);
    assert_int_equal(header->count, 2);
    assert_string_equal(header->items[0].name, "First name");
    assert_string_equal(header->items[1].name, "E,mail");
    assert_string_equal(header->items[1].value, "");
    rows_close(r);
    rows_close(NULL);
}

static void test_no_file(void **state)
{
    (void)state;
    const char *const paths[] = {"/no/such/table.csv", directory};
    for (size_t i = 0; i < 2; i++) {
        struct err e = {0};
        assert_null(rows_open(paths[i], &e));
        assert_int_equal(e.kind, ERR_USAGE);
        assert_non_null(strstr(e.text, paths[i]));
    }
}

/* Cells and rows that lie across the pieces in which the file is read. */
static void test_large_cells(void **state)
{
    (void)state;
    struct buf table = {0};
    buf_add(&table, "a,b\n");
    for (size_t length = 65500; length < 65560; length++) {
        buf_add_char(&table, '"');
        for (size_t i = 0; i < length; i++)
            buf_add_char(&table, i % 1000 == 999 ? '\n' : (char)('a' + i % 26));
        buf_add(&table, "\"\"\",é\r\n");
    }
    struct err e = {0};
    struct data row = {0};
    struct rows *r = rows_open(file_write(table.text, table.length), &e);
    assert_non_null(r);
    int line = 2;
    for (size_t length = 65500; length < 65560; length++) {
        assert_int_equal(rows_next(r, &row, &e), 1);
        assert_int_equal(strlen(row.items[0].value), length + 1);
        assert_string_equal(row.items[1].value, "é");
        assert_int_equal(rows_line(r), line);
        line += (int)(length / 1000) + 1;
    }
    assert_int_equal(rows_next(r, &row, &e), 0);
    rows_close(r);
    data_finish(&row);
    buf_finish(&table);
}

static void test_bounds(void **state)
{
    (void)state;
    struct buf table = {0};
    buf_add(&table, "a\n\"");
    for (int i = 0; i < 5 << 20; i += 64)
        buf_add(&table, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd,\n");
    struct buf got = {0};
    table_print(file_write(table.text, table.length), &got);
    assert_string_equal(
        got.text, "! :2: a row of more than 4 MiB begins here; is a quotation mark not closed?");
    buf_reset(&table);
    for (int i = 0; i < 5000; i++)
        buf_addf(&table, "c%d,", i);
    buf_reset(&got);
    table_print(file_write(table.text, table.length), &got);
    assert_string_equal(got.text, "! :1: 5001 columns; at most 4096 are possible");
    buf_finish(&got);
    buf_finish(&table);
}

static void rows_pour(int fd, int count)
{
    FILE *file = fdopen(fd, "w");
    fputs("number,text\n", file);
    for (int i = 1; i <= count; i++)
        fprintf(file, "%d,\"%0100d\"\n", i, i);
    fclose(file);
}

/* A table of any length, from a pipe, in bounded memory. */
static void test_stream(void **state)
{
    (void)state;
    enum { COUNT = 200000 };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        rows_pour(ends[1], COUNT);
        _exit(0);
    }
    close(ends[1]);
    char path[32];
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    struct err e = {0};
    struct data row = {0};
    struct rows *r = rows_open(path, &e);
    assert_non_null(r);
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    for (int i = 1; i <= COUNT; i++) {
        assert_int_equal(rows_next(r, &row, &e), 1);
        assert_int_equal(atoi(row.items[0].value), i);
        assert_int_equal(atoi(row.items[1].value), i);
    }
    assert_int_equal(rows_next(r, &row, &e), 0);
    getrusage(RUSAGE_SELF, &after);
#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed for a while */
    assert_true(after.ru_maxrss - before.ru_maxrss < 4096);
#endif
    rows_close(r);
    data_finish(&row);
    close(ends[0]);
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static unsigned random_next(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void cell_quote(const char *text, struct buf *out)
{
    buf_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            buf_add_char(out, '"');
        buf_add_char(out, *text);
    }
    buf_add_char(out, '"');
}

/* Whatever stands in quoted cells comes back. */
static void test_round_trip(void **state)
{
    (void)state;
    static const char *const parts[] = {"\"", ",",  "\n", "\r\n", "a", " ",
                                        "é",  "\r", "語", "\\",   ";"};
    unsigned seed = 7;
    struct buf table = {0}, cells[60] = {{0}};
    buf_add(&table, "a,b,c\n");
    for (int i = 0; i < 60; i++) {
        for (unsigned n = random_next(&seed) % 12; n > 0; n--)
            buf_add(&cells[i], parts[random_next(&seed) % (sizeof parts / sizeof parts[0])]);
        cell_quote(buf_text(&cells[i]), &table);
        buf_add(&table, i % 3 == 2 ? "\r\n" : ",");
    }
    struct err e = {0};
    struct data row = {0};
    struct rows *r = rows_open(file_write(table.text, table.length), &e);
    assert_non_null(r);
    for (int i = 0; i < 60; i += 3) {
        assert_int_equal(rows_next(r, &row, &e), 1);
        for (int k = 0; k < 3; k++) {
            assert_string_equal(row.items[k].value, buf_text(&cells[i + k]));
            buf_finish(&cells[i + k]);
        }
    }
    assert_int_equal(rows_next(r, &row, &e), 0);
    rows_close(r);
    data_finish(&row);
    buf_finish(&table);
}

/* Any bytes end in rows of the right width or in an error with a place. */
static void test_noise(void **state)
{
    (void)state;
    static const char alphabet[] = "\",\r\n\n,ab \xC3\xA9\xFF\0";
    unsigned seed = 1;
    struct buf got = {0};
    for (int i = 0; i < 500; i++) {
        char bytes[80];
        size_t size = random_next(&seed) % sizeof bytes;
        for (size_t k = 0; k < size; k++)
            bytes[k] = alphabet[random_next(&seed) % sizeof alphabet];
        buf_reset(&got);
        table_print(file_write(bytes, size), &got);
    }
    buf_finish(&got);
}

static int directory_make(void **state)
{
    (void)state;
    return mkdtemp(directory) ? 0 : -1;
}

static int directory_remove(void **state)
{
    (void)state;
    char path[64];
    static const char *const names[] = {"table.csv", "table.jsonl", "table.ndjson"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        unlink(path);
    }
    return rmdir(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),      cmocka_unit_test(test_json),
        cmocka_unit_test(test_header),      cmocka_unit_test(test_no_file),
        cmocka_unit_test(test_large_cells), cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_stream),      cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_noise),
    };
    return cmocka_run_group_tests(tests, directory_make, directory_remove);
}
