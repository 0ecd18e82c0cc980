/*
 * hem learn on demonstrations, which are written here as `hem fold` writes them: what differs, or
 * stands in a table, becomes a hole, and the file does other rows with a real program.
 */
#include "tests/programs.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

static const char *folder;

#define MS "\"ms\":{\"settle\":0,\"capture\":0,\"read\":0,\"decide\":0,\"act\":0}"

/* A demonstration of a form: its steps, a line each. */
static void demonstration_write(const char *name, const char *steps)
{
    struct buf turns = {0};
    char dir[128];
    char *copy = strdup(steps), *save;
    int number = 1;
    for (char *step = strtok_r(copy, "\n", &save); step; step = strtok_r(NULL, "\n", &save)) {
        struct buf quoted = {0};
        for (; *step; step++)
            buf_addf(&quoted, *step == '"' ? "\\%c" : "%c", *step);
        buf_addf(&turns,
                 "{\"turn\":%d,\"time\":%d," MS ",\"step\":\"%s\",\"action\":\"none\",\"outcome\":"
                 "\"acted\",\"scene\":{\"elements\":[]}}\n"
                 "{\"turn\":%d,\"time\":%d," MS
                 ",\"ended\":[{\"step\":\"%s\"}],\"action\":\"none\","
                 "\"outcome\":\"waited\",\"scene\":\"same\"}\n",
                 number, number, buf_text(&quoted), number + 1, number + 1, buf_text(&quoted));
        number += 2;
        buf_finish(&quoted);
    }
    snprintf(dir, sizeof dir, "%s/%s", folder, name);
    assert_int_equal(mkdir(dir, 0700), 0);
    write_file(dir, "trajectory.jsonl", buf_text(&turns));
    write_file(dir, "episode.json",
               "{\"schema\":\"hem-trajectory/1\",\"policy\":\"person\",\"task\":\"order\","
               "\"outcome\":\"done\",\"screen\":[1000,700],\"argv\":[\"yad\",\"--form\","
               "\"--field=Name\",\"--field=Town\",\"--field=Gift:CHK\"]}\n");
    free(copy);
    buf_finish(&turns);
}

#define ORDER(name, town, gift)                                                                    \
    "type \"" name "\" into textbox \"Name\"\n"                                                    \
    "type \"" town "\" into textbox \"Town\"\n" gift " checkbox \"Gift\"\n"                        \
    "click button \"OK\"\n"

static int make(void **state)
{
    (void)state;
    folder = new_folder();
    demonstration_write("one", ORDER("Ada", "London", "check"));
    demonstration_write("two", ORDER("Grace", "New York", "uncheck"));
    demonstration_write("other", "click button \"Cancel\"\n");
    demonstration_write("twice", "type \"a\" into textbox \"Street\" in \"Home\"\n"
                                 "type \"b\" into textbox \"Street\" in \"Work\"\n");
    demonstration_write("thrice", "type \"c\" into textbox \"Street\" in \"Home\"\n"
                                  "type \"d\" into textbox \"Street\" in \"Work\"\n");
    demonstration_write("hidden", "type \"{{secret:Password}}\" into textbox \"Password\"\n");
    demonstration_write("guarded", "type \"{{ secret: Password }}/{{secret:PIN}}\" into textbox "
                                   "\"Password\"\n");
    write_file(folder, "rows.csv",
               "Number,Person,Place\n1,Alan,Paris\n2,Ada,London\n3,Grace,New York\n");
    write_file(folder, "strangers.csv", "Person\nZoe\n");
    return 0;
}

static int remove_all(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

struct sample {
    const char *demonstrations[2]; /* the second may be NULL */
    const char *rows;              /* NULL: none */
    int status;
    const char *parts[6]; /* of the file; of what hem says when it fails */
};

static const struct sample samples[] = {
    {{"one", NULL},
     NULL,
     0,
     {"name: order\n", "program: [yad, \"--form\", \"--field=Name\", ", "screen: 1000x700\n",
      "  - type \"Ada\" into textbox \"Name\"\n", "  - check checkbox \"Gift\"\n", NULL}},
    {{"one", "two"},
     NULL,
     0,
     {"  - type \"{{Name}}\" into textbox \"Name\"\n",
      "  - type \"{{Town}}\" into textbox \"Town\"\n",
      "  - set checkbox \"Gift\" to \"{{Gift}}\"\n", "  - click button \"OK\"\n", NULL}},
    {{"one", NULL},
     "rows.csv",
     0,
     {"  - type \"{{Person}}\" into textbox \"Name\"\n",
      "  - type \"{{Place}}\" into textbox \"Town\"\n", "  - check checkbox \"Gift\"\n", NULL}},
    {{"one", "two"},
     "rows.csv",
     0,
     {"  - type \"{{Person}}\" into textbox \"Name\"\n",
      "  - set checkbox \"Gift\" to \"{{Gift}}\"\n", NULL}},
    {{"twice", "thrice"},
     NULL,
     0,
     {"  - type \"{{Street}}\" into textbox \"Street\" in \"Home\"\n",
      "  - type \"{{Street 2}}\" into textbox \"Street\" in \"Work\"\n", NULL}},
    {{"hidden", NULL},
     NULL,
     0,
     {"secrets:\n  Password: env:PASSWORD\n",
      "  - type \"{{secret:Password}}\" into textbox \"Password\"\n", NULL}},
    {{"guarded", NULL}, NULL, 0, {"secrets:\n  Password: env:PASSWORD\n  PIN: env:PIN\n", NULL}},
    {{"one", "other"}, NULL, 1, {"the episodes did different things", NULL}},
    {{"one", NULL}, "strangers.csv", 1, {"no row of", NULL}},
    {{"one", NULL}, "missing.csv", 2, {"missing.csv", NULL}},
};

static int learn(const struct sample *s, struct buf *text)
{
    char first[128], second[128], out[128], rows[128];
    snprintf(first, sizeof first, "%s/%s", folder, s->demonstrations[0]);
    snprintf(second, sizeof second, "%s/%s", folder,
             s->demonstrations[1] ? s->demonstrations[1] : "");
    snprintf(out, sizeof out, "%s/learned.yaml", folder);
    snprintf(rows, sizeof rows, "--rows=%s/%s", folder, s->rows ? s->rows : "");
    const char *argv[4] = {s->demonstrations[1] ? second
                           : s->rows            ? rows
                                                : NULL,
                           s->demonstrations[1] && s->rows ? rows : NULL};
    return hem(text, "learn", "--out", out, first, argv[0], argv[1], NULL);
}

static void demonstrations_teach(void **state)
{
    (void)state;
    setenv("PASSWORD", "tide", 1);
    setenv("PIN", "1234", 1);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct sample *s = &samples[i];
        struct buf text = {0};
        int status = learn(s, &text);
        char *file = file_text(folder, "learned.yaml");
        for (int p = 0; s->parts[p]; p++)
            if (status != s->status || !strstr(status ? buf_text(&text) : file, s->parts[p]))
                fail_msg("sample %zu: status %d, no %s in\n%s%s", i + 1, status, s->parts[p],
                         buf_text(&text), file);
        free(file);
        buf_finish(&text);
    }
}

/* The file is done for each row. */
static void what_was_learned_is_done(void **state)
{
    (void)state;
    static const struct sample both = {{"one", "two"}, "rows.csv", 0, {NULL}};
    struct buf text = {0};
    char file[128], rows[128], out[128];
    snprintf(file, sizeof file, "%s/learned.yaml", folder);
    snprintf(rows, sizeof rows, "%s/gifts.csv", folder);
    snprintf(out, sizeof out, "%s/done", folder);
    write_file(folder, "gifts.csv", "Person,Place,Gift\nAlan,Paris,yes\nJoan,Rome,no\n");
    assert_int_equal(learn(&both, &text), 0);
    if (hem(&text, "run", file, "--rows", rows, "--out", out, NULL) != 0)
        fail_msg("%s", buf_text(&text));
    char *first = file_text(out, "row-000001/program.out"),
         *second = file_text(out, "row-000002/program.out");
    assert_string_equal(first, "Alan|Paris|TRUE|\n");
    assert_string_equal(second, "Joan|Rome|FALSE|\n");
    free(first);
    free(second);
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(demonstrations_teach),
                                       cmocka_unit_test(what_was_learned_is_done)};
    return cmocka_run_group_tests(tests, make, remove_all);
}
