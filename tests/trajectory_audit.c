/* audit: what stands in it, and that whatever is done to it afterwards shows. */
#include "trajectory/audit.h"

#include "trajectory/format.h"
#include "trajectory/trajectory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>
#include <cmocka.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TURNS 5

static char dir[64]; /* a new one for each test */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static int dir_make(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/hem-audit-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int dir_remove(void **state)
{
    (void)state;
    return nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *inside(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/run/%s", dir, name);
    return path;
}

static void text_read(const char *name, struct buf *out)
{
    char chunk[4096];
    FILE *f = fopen(inside(name), "re");
    assert_non_null(f);
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        buf_add_bytes(out, chunk, n);
    fclose(f);
}

static void text_write(const char *name, const struct buf *text)
{
    FILE *f = fopen(inside(name), "we");
    assert_non_null(f);
    assert_int_equal(fwrite(buf_text(text), 1, text->length, f), text->length);
    assert_int_equal(fclose(f), 0);
}

static struct trajectory *run_begin(const struct data *secrets)
{
    struct err e = {0};
    struct episode episode = {.task = "t", .policy = "script", .width = 64, .height = 64};
    char path[128];
    snprintf(path, sizeof path, "%s/run", dir);
    struct trajectory *t = trajectory_create(path, &episode, secrets, &e);
    if (!t)
        fail_msg("%s", e.text);
    return t;
}

/* Every turn acts but the last, which is denied. CLOSED: the run comes to its end. */
static void run_make(bool closed)
{
    struct trajectory *t = run_begin(NULL);
    for (int i = 1; i <= TURNS; i++) {
        bool last = i == TURNS;
        struct decision d = {.turn = i,
                             .step = "click \"Save\"",
                             .action = "click left at 4,5",
                             .under = "button \"Save\" at 4,5",
                             .verdict = last ? "deny" : "allow",
                             .rule = last ? "\"Save\"" : "",
                             .allowed = !last};
        struct trajectory_turn turn = {
            .number = i, .verdict = "allow", .outcome = last ? "refused: no" : "acted"};
        assert_true(trajectory_audit(t, &d, NULL));
        assert_true(trajectory_turn(t, &turn, NULL));
    }
    if (closed) {
        assert_true(trajectory_close(t, "refused", NULL, NULL, NULL, 1, NULL));
        return;
    }
    struct buf episode = {0}; /* as a kill leaves it: what was written at the start */
    text_read(FORMAT_EPISODE_FILE, &episode);
    assert_true(trajectory_close(t, "refused", NULL, NULL, NULL, 1, NULL));
    text_write(FORMAT_EPISODE_FILE, &episode);
    buf_finish(&episode);
}

static void member_is(const cJSON *json, const char *name, const char *value)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    if (value)
        assert_string_equal(text, value);
    else
        assert_null(cJSON_GetObjectItemCaseSensitive(json, name));
}

static void test_what_stands_in_it(void **state)
{
    (void)state;
    struct data secrets = {0};
    struct buf text = {0};
    data_add(&secrets, "PIN", "s3cret");
    struct trajectory *t = run_begin(&secrets);
    struct decision d = {.turn = 3,
                         .step = "type \"s3cret\" into \"PIN\"",
                         .action = "type \"s3cret\"",
                         .window = "s3cret - Bank",
                         .under = "textbox \"s3cret\"",
                         .rule = "\"s3cret\"",
                         .check = "is s3cret right?",
                         .verdict = "ask",
                         .answer = "person: yes",
                         .allowed = true};
    assert_true(trajectory_audit(t, &d, NULL));
    text_read(AUDIT_FILE, &text); /* it is there before anything is done */
    assert_null(strstr(buf_text(&text), "s3cret"));
    cJSON *json = cJSON_Parse(buf_text(&text));
    assert_non_null(json);
    member_is(json, "step", "type \"{{secret:PIN}}\" into \"PIN\"");
    member_is(json, "window", "{{secret:PIN}} - Bank");
    member_is(json, "check", "is {{secret:PIN}} right?");
    member_is(json, "verdict", "ask");
    member_is(json, "answer", "person: yes");
    member_is(json, "before", "0000000000000000000000000000000000000000000000000000000000000000");
    assert_non_null(cJSON_GetObjectItemCaseSensitive(json, "wall"));
    assert_true(cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(json, "allowed")));
    cJSON_Delete(json);
    assert_true(trajectory_close(t, "done", NULL, NULL, NULL, 1, NULL));
    buf_finish(&text);
    data_finish(&secrets);
}

/* sha256sum says the same. */
static void test_the_hash(void **state)
{
    (void)state;
    struct audit_end end;
    audit_end_init(&end);
    audit_end_add(&end, "abc", 3);
    assert_string_equal(end.last,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(end.lines, 1);
}

/* ---- what somebody does to it ---- */

enum how {
    NOTHING,
    CHANGE_WORD, /* of the line */
    CHANGE_SPACE,
    REMOVE,
    REMOVE_FROM, /* the line and all after it */
    SWAP,        /* with the next */
    DOUBLE,
    FORGE, /* put one in that fits the one before it */
    ANEW,  /* change it and make all hashes anew */
    ADD,   /* one at the end that fits */
    CUT,   /* the newline at the end */
    NO_JSON,
    NUL,
    NUMBER, /* another "line" */
};

struct tampering {
    const char *what;
    enum how how;
    int line;
    int broken; /* the line that must be told; 0: it is intact */
    const char *said;
};

static const struct tampering tamperings[] = {
    {"nothing", NOTHING, 0, 0, NULL},
    {"the first line changed", CHANGE_WORD, 1, 1, "not as it was written"},
    {"a line changed", CHANGE_WORD, 3, 3, "not as it was written"},
    {"the last line changed", CHANGE_WORD, TURNS, TURNS, "not as it was written"},
    {"a space more", CHANGE_SPACE, 2, 2, "not as it was written"},
    {"the first taken out", REMOVE, 1, 1, "another number"},
    {"one taken out", REMOVE, 3, 3, "another number"},
    {"the last taken out", REMOVE, TURNS, TURNS, "the end is missing"},
    {"the end cut off", REMOVE_FROM, 3, 3, "is missing: it acted"},
    {"all taken out", REMOVE_FROM, 1, 1, "is missing: it acted"},
    {"two swapped", SWAP, 2, 2, "another number"},
    {"one twice", DOUBLE, 2, 3, "another number"},
    {"one put in", FORGE, 3, 4, "another number"},
    {"one at the end", ADD, 0, TURNS + 1, "more lines"},
    {"all made anew", ANEW, 2, TURNS, "not as it was written"},
    {"half a line", CUT, 0, TURNS, "the line is cut"},
    {"no JSON", NO_JSON, 4, 4, "not JSON"},
    {"a NUL byte", NUL, 4, 4, "not JSON"},
    {"another number", NUMBER, 2, 2, "another number"},
};

#define LINES_MAX 16

struct lines {
    char *items[LINES_MAX]; /* owned; without newlines */
    int count;
};

static void lines_read(struct lines *l)
{
    struct buf text = {0};
    text_read(AUDIT_FILE, &text);
    for (char *line = strtok(text.text, "\n"); line; line = strtok(NULL, "\n"))
        l->items[l->count++] = mem_text(line);
    buf_finish(&text);
}

static void lines_insert(struct lines *l, int at, const char *text)
{
    memmove(l->items + at + 1, l->items + at, (size_t)(l->count - at) * sizeof *l->items);
    l->items[at] = mem_text(text);
    l->count++;
}

static void lines_remove(struct lines *l, int at)
{
    free(l->items[at]);
    memmove(l->items + at, l->items + at + 1, (size_t)(--l->count - at) * sizeof *l->items);
}

static void line_replace(char **line, const char *what, const char *by)
{
    struct buf text = {0};
    const char *at = strstr(*line, what);
    assert_non_null(at);
    buf_add_bytes(&text, *line, (size_t)(at - *line));
    buf_addf(&text, "%s%s", by, at + strlen(what));
    free(*line);
    *line = buf_take(&text);
}

/* The chain up to, and without, this line. */
static struct audit_end lines_end(const struct lines *l, int before)
{
    struct audit_end end;
    audit_end_init(&end);
    for (int i = 0; i < before; i++)
        audit_end_add(&end, l->items[i], strlen(l->items[i]));
    return end;
}

static char *line_forged(const struct lines *l, int at)
{
    struct audit_end end = lines_end(l, at);
    struct decision d = {.turn = at + 1, .action = "wait", .verdict = "allow", .allowed = true};
    struct buf line = {0};
    assert_true(format_decision(&d, &end, "now", NULL, &line, NULL));
    line.text[line.length - 1] = '\0';
    return buf_take(&line);
}

static void lines_anew(struct lines *l, int from)
{
    for (int i = from; i < l->count; i++) {
        char *before = strstr(l->items[i], "\"before\":\"");
        assert_non_null(before);
        struct audit_end end = lines_end(l, i);
        memcpy(before + strlen("\"before\":\""), end.last, AUDIT_HASH_SIZE - 1);
    }
}

static void tamper(struct lines *l, const struct tampering *t)
{
    int at = t->line - 1;
    char *forged;
    switch (t->how) {
    case CHANGE_WORD:
    case ANEW:
        line_replace(&l->items[at], "\"verdict\"", "\"verdicts\"");
        if (t->how == ANEW)
            lines_anew(l, t->line);
        break;
    case CHANGE_SPACE:
        line_replace(&l->items[at], ",", ", ");
        break;
    case REMOVE:
        lines_remove(l, at);
        break;
    case REMOVE_FROM:
        while (l->count > at)
            lines_remove(l, l->count - 1);
        break;
    case SWAP:
        lines_insert(l, at, l->items[at + 1]);
        lines_remove(l, at + 2);
        break;
    case DOUBLE:
        lines_insert(l, at, l->items[at]);
        break;
    case FORGE:
    case ADD:
        at = t->how == ADD ? l->count : at;
        forged = line_forged(l, at);
        lines_insert(l, at, forged);
        free(forged);
        break;
    case NO_JSON:
        line_replace(&l->items[at], "{", "");
        break;
    case NUMBER:
        line_replace(&l->items[at], "\"line\":2", "\"line\":7");
        break;
    default:
        break;
    }
}

static void lines_write(const struct lines *l, enum how how, int line)
{
    struct buf text = {0};
    for (int i = 0; i < l->count; i++) {
        buf_add(&text, l->items[i]);
        if (how == NUL && i == line - 1)
            buf_add_bytes(&text, "\0", 1);
        if (how != CUT || i < l->count - 1)
            buf_add_char(&text, '\n');
    }
    text_write(AUDIT_FILE, &text);
    buf_finish(&text);
}

static bool check(struct audit_end *end, bool *ended, struct err *e)
{
    char path[128];
    snprintf(path, sizeof path, "%s/run", dir);
    return audit_check(path, end, ended, e);
}

/* Is it told where and why? */
static void assert_told(const struct tampering *t, bool intact, const struct err *e)
{
    char where[256];
    snprintf(where, sizeof where, "%s:%d: ", inside(AUDIT_FILE), t->broken);
    if (t->broken
            ? intact || e->kind != ERR_TASK || !strstr(e->text, where) || !strstr(e->text, t->said)
            : !intact)
        fail_msg("%s: %s", t->what, intact ? "intact" : e->text);
}

static void test_tampering(void **state)
{
    for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++) {
        struct lines lines = {0};
        struct err e = {0};
        struct audit_end end;
        bool ended = false;
        if (i > 0)
            assert_int_equal(dir_make(state), 0);
        run_make(true);
        lines_read(&lines);
        assert_int_equal(lines.count, TURNS);
        tamper(&lines, &tamperings[i]);
        lines_write(&lines, tamperings[i].how, tamperings[i].line);
        bool intact = check(&end, &ended, &e);
        assert_told(&tamperings[i], intact, &e);
        if (intact) {
            assert_true(ended);
            assert_int_equal(end.lines, TURNS);
            assert_string_equal(end.last, lines_end(&lines, TURNS).last);
        }
        for (int k = 0; k < lines.count; k++)
            free(lines.items[k]);
        if (i + 1 < sizeof tamperings / sizeof *tamperings)
            assert_int_equal(dir_remove(state), 0);
    }
}

/* The end of the chain in episode.json goes with the end of the file. */
static void test_the_end_in_episode_json(void **state)
{
    (void)state;
    struct buf text = {0};
    struct err e = {0};
    struct audit_end end;
    bool ended;
    run_make(true);
    text_read(FORMAT_EPISODE_FILE, &text);
    char *count = strstr(text.text, "\"lines\":5");
    assert_non_null(count);
    count[strlen("\"lines\":")] = '4';
    text_write(FORMAT_EPISODE_FILE, &text);
    assert_false(check(&end, &ended, &e));
    assert_non_null(strstr(e.text, ":5: there are more lines"));
    memcpy(strstr(text.text, "\"audit\""), "\"adieu\"", 7);
    text_write(FORMAT_EPISODE_FILE, &text);
    assert_false(check(&end, &ended, &e));
    assert_non_null(strstr(e.text, "episode.json does not say"));
    buf_finish(&text);
}

/* A killed run has no end, but what it did must have been decided. */
static void test_a_killed_run(void **state)
{
    (void)state;
    struct lines lines = {0};
    struct err e = {0};
    struct audit_end end;
    bool ended = true;
    run_make(false);
    assert_true(check(&end, &ended, &e));
    assert_false(ended);
    assert_int_equal(end.lines, TURNS);
    lines_read(&lines);
    lines_remove(&lines, TURNS - 1); /* it did nothing: nobody can tell */
    lines_write(&lines, NOTHING, 0);
    assert_true(check(&end, &ended, &e));
    lines_remove(&lines, TURNS - 2);
    lines_write(&lines, NOTHING, 0);
    assert_false(check(&end, &ended, &e));
    assert_non_null(strstr(e.text, ":4: the decision of turn 4 is missing: it acted"));
    for (int k = 0; k < lines.count; k++)
        free(lines.items[k]);
}

static void test_no_audit(void **state)
{
    (void)state;
    struct err e = {0};
    struct audit_end end;
    bool ended;
    assert_false(check(&end, &ended, &e));
    assert_int_equal(e.kind, ERR_USAGE); /* no run at all */
    run_make(true);
    assert_int_equal(unlink(inside(AUDIT_FILE)), 0);
    assert_false(check(&end, &ended, &e));
    assert_int_equal(e.kind, ERR_TASK); /* there was one */
}

/* A disk that is full: it is said, before anything is done, and what stands there stays whole. */
static void full_disk(void)
{
    struct err e = {0};
    struct trajectory *t = run_begin(NULL);
    struct decision d = {.turn = 1, .action = "click left at 4,5", .verdict = "allow"};
    int lines = 0;
    while (trajectory_audit(t, &d, &e))
        lines++;
    if (!lines || e.kind != ERR_IO || !strstr(e.text, AUDIT_FILE))
        _exit(1);
    trajectory_close(t, "failed", NULL, NULL, NULL, 1, NULL);
    exit(0);
}

static void test_a_full_disk(void **state)
{
    (void)state;
    int status;
    struct err e = {0};
    struct audit_end end;
    bool ended;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){2000, 2000});
        full_disk();
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    if (!check(&end, &ended, &e))
        fail_msg("%s", e.text);
    assert_true(end.lines > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_stands_in_it, dir_make, dir_remove),
        cmocka_unit_test(test_the_hash),
        cmocka_unit_test_setup_teardown(test_tampering, dir_make, dir_remove),
        cmocka_unit_test_setup_teardown(test_the_end_in_episode_json, dir_make, dir_remove),
        cmocka_unit_test_setup_teardown(test_a_killed_run, dir_make, dir_remove),
        cmocka_unit_test_setup_teardown(test_no_audit, dir_make, dir_remove),
        cmocka_unit_test_setup_teardown(test_a_full_disk, dir_make, dir_remove)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
