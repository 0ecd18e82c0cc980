#include "commands/page.h"

#include "commands/commands.h"
#include "commands/exit.h"
#include "page/page.h"
#include "trajectory/disk.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#define ROOM_MAX_MB 4096

static bool room_read(const char *text, size_t *out)
{
    char *end;
    double mb = strtod(text, &end);
    if (end == text || *end || !(mb >= 0 && mb <= ROOM_MAX_MB))
        return false;
    *out = (size_t)(mb * (1 << 20));
    return true;
}

static int page_make(const char *dir, const char *path, size_t room_bytes)
{
    struct page_facts facts;
    struct err e = {0};
    if (!page_write(dir, path, room_bytes, &facts, &e))
        return exit_with(&e);
    printf("report   %s: %d shown, %d pictures in it, %.1f MB\n", path, facts.shown, facts.pictures,
           (double)facts.size_bytes / (1 << 20));
    if (facts.linked)
        printf("note     %d times a picture had no room in it and is shown from %s (--room)\n",
               facts.linked, dir);
    return EXIT_DONE;
}

int command_page(int argc, char **argv)
{
    static const struct option options[] = {
        {"out", required_argument, NULL, 'o'}, {"room", required_argument, NULL, 'r'}, {0}};
    const char *out = NULL;
    size_t room_bytes = PAGE_ROOM_BYTES;
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'o')
            out = optarg;
        else if (option != 'r')
            return command_bad_option("report", argv[optind - 1]);
        else if (!room_read(optarg, &room_bytes))
            return command_misused("report", "--room is a number of MB from 0 to %d", ROOM_MAX_MB);
    }
    if (argc - optind != 1)
        return command_misused("report", argc == optind ? "the report of which folder?"
                                                        : "one folder is shown");
    char *path = out ? mem_text(out) : disk_path(argv[optind], PAGE_FILE);
    int status = page_make(argv[optind], path, room_bytes);
    free(path);
    return status;
}
