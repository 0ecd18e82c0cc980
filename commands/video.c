#include "commands/video.h"

#include "commands/commands.h"
#include "commands/exit.h"
#include "emulator/video.h"
#include "trajectory/disk.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#define LEAST_S   0.8 /* an action, for a person to follow */
#define ENDING_S  1.5
#define FPS       15
#define FPS_MAX   120
#define SPEED_MAX 1000

static bool number_read(const char *text, double most, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return end != text && !*end && *out > 0 && *out <= most;
}

static bool option_take(int option, const char *value, struct video_request *r)
{
    double number;
    switch (option) {
    case 'o':
        r->path = value;
        return true;
    case 's':
        r->pace.least_s = 0;
        return number_read(value, SPEED_MAX, &r->pace.speed);
    default:
        if (!number_read(value, FPS_MAX, &number) || number != (int)number)
            return false;
        r->fps = (int)number;
        return true;
    }
}

static int made(const struct video_request *r)
{
    struct video_report report;
    struct err e = {0};
    if (!video_make(r, &report, &e))
        return exit_with(&e);
    printf("video  %s: %.1f s, %d steps, %dx%d\n", r->path, report.seconds, report.captions,
           report.width, report.height);
    return EXIT_DONE;
}

int command_video(int argc, char **argv)
{
    static const struct option options[] = {{"out", required_argument, NULL, 'o'},
                                            {"speed", required_argument, NULL, 's'},
                                            {"fps", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct video_request request = {.pace = {1, LEAST_S, ENDING_S}, .fps = FPS};
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?')
            return command_bad_option("video", argv[optind - 1]);
        if (!option_take(option, optarg, &request))
            return command_misused("video", "\"%s\" is no such number", optarg);
    }
    if (optind != argc - 1)
        return command_misused("video", "one episode is needed");
    request.dir = argv[optind];
    char *path = disk_path(request.dir, "video.mp4");
    if (!request.path)
        request.path = path;
    int status = made(&request);
    free(path);
    return status;
}
