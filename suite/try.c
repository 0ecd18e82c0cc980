#include "suite/try.h"

#include "base/clock.h"
#include "emulator/emulator.h"
#include "emulator/home.h"
#include "trajectory/disk.h"
#include "trajectory/format.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct watch {
    const struct task *task; /* filled in */
    struct result *result;
};

char *try_place(const struct try_order *o)
{
    struct buf path = {0};
    buf_addf(&path, "cases/%s/try-%d", o->c->place, o->number);
    return buf_take(&path);
}

void try_result(const struct try_order *o, struct result *out)
{
    char wall[32];
    const struct test_case *c = o->c;
    clock_wall(wall, sizeof wall);
    *out = (struct result){.id = mem_text(c->id),
                           .file = mem_text(c->task->path),
                           .name = mem_text(c->name),
                           .row = c->row_number,
                           .repeat = c->repeat,
                           .try = o->number,
                           .started = mem_text(wall)};
}

static void place_tell(const struct task *t, struct step_place place, struct result *out)
{
    out->line = place.line;
    if (place.source)
        out->source = mem_text(step_place_path(t, place));
}

/* Which step it was that failed first, and where that stands. */
static void step_ended(void *self, int number, const char *line, double ms,
                       const struct err *failed)
{
    struct watch *w = self;
    const struct task *t = w->task;
    (void)ms;
    if (!failed || w->result->step)
        return;
    w->result->step = mem_text(line);
    if (number <= t->steps.count && t->step_places && strcmp(t->steps.items[number - 1], line) == 0)
        place_tell(t, t->step_places[number - 1], w->result);
    for (int i = 0; i < t->after.count && !w->result->line; i++)
        if (strcmp(t->after.items[i], line) == 0)
            place_tell(t, t->after_places[i], w->result);
}

/* Whose fault was it? A program that ends, or shows no window, is what cases are there to find; one
 * that is not there, a display or a disk that fails is not the program's. */
static enum result_outcome outcome_of(const struct emulator_report *r)
{
    if (r->outcome == OUTCOME_DONE)
        return RESULT_PASSED;
    bool ours = !r->placed || r->err.kind == ERR_DISPLAY || r->err.kind == ERR_IO;
    return ours ? RESULT_BROKEN : RESULT_FAILED;
}

/* What keeps it only if it is of use. */
static void record_drop(const char *directory)
{
    static const char *const parts[] = {FORMAT_EPISODE_FILE, FORMAT_TURNS_FILE, AUDIT_FILE};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *path = disk_path(directory, parts[i]);
        unlink(path);
        free(path);
    }
    char *frames = disk_path(directory, FORMAT_FRAMES);
    directory_remove(frames);
    free(frames);
    rmdir(directory); /* unless there is something else in it */
}

/* What is kept of it, and where. */
static void record_tell(const struct try_order *o, const char *directory, struct result *out)
{
    char *place = try_place(o), *printed = disk_path(directory, "program.out");
    bool keeps = out->outcome == RESULT_PASSED ? o->keeps_record : o->keeps_failed;
    if (access(printed, R_OK) == 0)
        out->output = disk_path(place, "program.out");
    if (keeps)
        out->trajectory = mem_text(place);
    else
        record_drop(directory);
    free(printed);
    free(place);
}

static char *kept_path(const char *place, const char *path)
{
    return path ? disk_path(place, path) : NULL;
}

/* Pictures that were compared, and baselines that were written. */
static void screens_tell(const struct try_order *o, const struct screens *screens,
                         struct result *out)
{
    char *place = try_place(o);
    struct buf written = {0};
    for (int i = 0; i < screens->count; i++) {
        const struct screen_kept *kept = &screens->items[i];
        if (kept->written)
            buf_addf(&written, "%s%s", written.length ? ", " : "wrote ", kept->written);
        if (kept->like)
            continue;
        struct result_picture *p = result_picture_add(out, kept->name);
        p->expected = kept_path(place, kept->expected);
        p->actual = kept_path(place, kept->actual);
        p->difference = kept_path(place, kept->difference);
    }
    if (written.length && !out->why)
        out->why = mem_text(buf_text(&written));
    buf_finish(&written);
    free(place);
}

bool try_run(const struct try_order *o, struct result *out, struct err *e)
{
    struct task task;
    char *place = try_place(o), *directory = disk_path(o->directory, place);
    double begun = clock_ms();
    free(place);
    if (!task_fill(o->c->task, o->c->row, &task, e)) {
        free(directory);
        return false;
    }
    task.limits.seconds *= o->timeout_scale;
    struct watch watch = {&task, out};
    struct emulator_options options = {.task = &task,
                                       .directory = directory,
                                       .patience = o->timeout_scale,
                                       .screens = o->screens,
                                       .hooks = {.step_ended = step_ended, .self = &watch}};
    struct emulator_report report;
    emulator_run(&options, &report);
    bool done = report.outcome != OUTCOME_STOPPED;
    if (done) {
        out->outcome = outcome_of(&report);
        out->why = report.outcome == OUTCOME_DONE ? NULL : mem_text(report.err.text);
        out->seconds = (clock_ms() - begun) / 1000;
        screens_tell(o, &report.screens, out);
        record_tell(o, directory, out);
    } else {
        *e = report.err;
    }
    emulator_report_finish(&report);
    task_finish(&task);
    free(directory);
    return done;
}
