#include "commands/learn.h"

#include "commands/commands.h"
#include "commands/exit.h"
#include "emulator/learn.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void learned_tell(const struct learned *l)
{
    printf("learned  %s: %d steps, %d of the data are holes in it\n", l->path, l->steps, l->holes);
    fflush(stdout);
}

bool learn_after(const char *const *dirs, int count, const char *file,
                 const struct emulator_report *r, bool json)
{
    struct learned learned;
    struct err e = {0};
    if (r->outcome != OUTCOME_DONE)
        return false;
    if (r->who && strcmp(r->who, "skill") == 0)
        return true;
    const struct learn_options options = {.dirs = dirs, .count = count, .out = file};
    if (!learn_skill(&options, &learned, &e)) {
        fprintf(stderr, "hem: nothing learned: %s\n", e.text);
        return false;
    }
    if (!json)
        learned_tell(&learned);
    learned_finish(&learned);
    return true;
}

static void pupil_forget(struct pupil *p)
{
    while (p->count > 0)
        free(p->dirs[--p->count]);
}

void pupil_row(struct pupil *p, const char *directory, const struct emulator_report *r)
{
    p->rows++;
    if (!p->file || r->outcome != OUTCOME_DONE)
        return;
    if (p->count < PUPIL_ROWS_MAX)
        p->dirs[p->count++] = mem_text(directory);
    if (!learn_after((const char *const *)p->dirs, p->count, p->file, r, p->json))
        return;
    p->learned = true;
    pupil_forget(p);
}

bool pupil_waits(const struct pupil *p)
{
    return p->file && !p->learned && p->rows < PUPIL_ROWS_MAX;
}

void pupil_finish(struct pupil *p)
{
    pupil_forget(p);
}

int command_learn(int argc, char **argv)
{
    static const struct option options[] = {{"out", required_argument, NULL, 'o'},
                                            {"rows", required_argument, NULL, 'r'},
                                            {NULL, 0, NULL, 0}};
    struct learn_options o = {0};
    struct learned learned;
    struct err e = {0};
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?')
            return command_bad_option("learn", argv[optind - 1]);
        *(option == 'o' ? &o.out : &o.rows) = optarg;
    }
    if (optind == argc)
        return command_misused("learn", "the folder of a trajectory is needed");
    o.dirs = (const char *const *)argv + optind;
    o.count = argc - optind;
    if (!learn_skill(&o, &learned, &e))
        return exit_with(&e);
    learned_tell(&learned);
    learned_finish(&learned);
    return EXIT_DONE;
}
