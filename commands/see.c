#include "commands/see.h"

#include "commands/commands.h"
#include "commands/exit.h"
#include "commands/scene_json.h"
#include "commands/scene_table.h"
#include "emulator/desktop.h"
#include "vision/overlay.h"
#include "vision/picture.h"
#include "vision/screen.h"
#include "vision/vision.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTLE_MS 3000 /* a screen that never comes to rest is looked at all the same */

struct see_options {
    const char *display, *overlay, *out, *language;
    char **images; /* of argv */
    int image_count;
    bool json, pictures;
};

/* What is kept from one picture to the next. */
struct sight {
    struct see_options options;
    struct vision *vision;
    struct frame frame;
    struct scene scene;
    struct buf text;
};

static int see_parse(int argc, char **argv, struct see_options *o)
{
    static const struct option options[] = {
        {"display", required_argument, NULL, 'd'},
        {"image", no_argument, NULL, 'i'},
        {"json", no_argument, NULL, 'j'},
        {"overlay", required_argument, NULL, 'o'},
        {"out", required_argument, NULL, 'O'},
        {"lang", required_argument, NULL, 'L'},
        {NULL, 0, NULL, 0},
    };
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'd')
            o->display = optarg;
        else if (option == 'i')
            o->pictures = true;
        else if (option == 'j')
            o->json = true;
        else if (option == 'o')
            o->overlay = optarg;
        else if (option == 'O')
            o->out = optarg;
        else if (option == 'L')
            o->language = optarg;
        else
            return command_bad_option("see", argv[optind - 1]);
    }
    o->images = argv + optind; /* getopt has moved them behind the options */
    o->image_count = argc - optind;
    if (o->image_count && !o->pictures)
        return command_misused("see", "what is %s? A picture needs --image in front", argv[optind]);
    if (o->pictures && !o->image_count)
        return command_misused("see", "--image needs a file");
    if (o->overlay && o->image_count > 1)
        return command_misused("see", "--overlay takes one picture, not %d", o->image_count);
    if (!o->pictures && !o->display)
        o->display = getenv("DISPLAY");
    if (!o->pictures && (!o->display || !*o->display))
        return command_misused("see", "no display: name one with --display or DISPLAY");
    return EXIT_DONE;
}

/* DIR/name.json for a picture called .../name.png. */
static void json_path(const char *directory, const char *image, struct buf *out)
{
    const char *slash = strrchr(image, '/'), *name = slash ? slash + 1 : image;
    const char *dot = strrchr(name, '.');
    size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    buf_addf(out, "%s/%.*s.json", directory, (int)length, name);
}

static bool write_json(struct sight *s, const char *image, struct err *e)
{
    struct buf path = {0};
    json_path(s->options.out, image, &path);
    FILE *file = fopen(buf_text(&path), "w");
    bool written = file && fprintf(file, "%s\n", buf_text(&s->text)) >= 0;
    if (file && fclose(file) != 0)
        written = false;
    if (!written)
        err_set(e, ERR_IO, "cannot write %s: %s", buf_text(&path), strerror(errno));
    buf_finish(&path);
    return written;
}

/* Reads the frame and tells what is on it. IMAGE: its file, or "screen". */
static bool see_frame(struct sight *s, const char *image, struct err *e)
{
    const struct see_options *o = &s->options;
    if (!vision_read(s->vision, &s->frame, &s->scene, e))
        return err_prefix(e, "%s: ", image);
    if (o->overlay && !overlay_write(o->overlay, &s->frame, &s->scene, e))
        return false;
    buf_reset(&s->text);
    if (o->out || o->json)
        scene_json(&s->scene, &s->text);
    if (o->out)
        return write_json(s, image, e);
    if (!o->json && o->image_count > 1)
        buf_addf(&s->text, "%s\n", image);
    if (!o->json)
        scene_table(&s->scene, &s->text);
    fputs(buf_text(&s->text), stdout);
    if (o->json || o->image_count > 1)
        putchar('\n');
    if (fflush(stdout) != 0)
        return err_set(e, ERR_IO, "cannot write to standard output: %s", strerror(errno));
    return true;
}

static bool see_images(struct sight *s, struct err *e)
{
    for (int i = 0; i < s->options.image_count; i++) {
        const char *image = s->options.images[i];
        if (!picture_read(image, &s->frame, e) || !see_frame(s, image, e))
            return false;
    }
    return true;
}

static bool see_display(struct sight *s, struct err *e)
{
    struct desktop *desktop = desktop_attach(s->options.display, e);
    if (!desktop)
        return false;
    struct screen *screen = screen_open(desktop_display(desktop), desktop_framebuffer(desktop), e);
    bool seen = screen && screen_settle(screen, SETTLE_MS, &s->frame, e);
    screen_close(screen);
    desktop_stop(desktop);
    return seen && see_frame(s, "screen", e);
}

int command_see(int argc, char **argv)
{
    struct sight s = {0};
    struct err e = {0};
    int misused = see_parse(argc, argv, &s.options);
    if (misused)
        return misused;
    s.vision = vision_create(s.options.language, &e);
    bool seen = s.vision && (s.options.pictures ? see_images(&s, &e) : see_display(&s, &e));
    vision_destroy(s.vision);
    frame_finish(&s.frame);
    scene_finish(&s.scene);
    buf_finish(&s.text);
    return seen ? EXIT_DONE : exit_with(&e);
}
