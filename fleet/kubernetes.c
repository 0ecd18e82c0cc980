#include "fleet/kubernetes.h"

#include "base/data.h"
#include "fleet/plan.h"
#include "fleet/templates.h"

#define SUPERVISOR_MB 256

/* As a string of JSON, which YAML and Containerfiles take. */
static void quoted_set(struct data *d, const char *name, const char *text)
{
    struct buf out = {0};
    buf_add_char(&out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_addf(&out, "\\%c", *text);
        else if ((unsigned char)*text < ' ')
            buf_addf(&out, "\\u%04x", (unsigned)*text);
        else
            buf_add_char(&out, *text);
    }
    buf_add_char(&out, '"');
    data_set(d, name, buf_text(&out));
    buf_finish(&out);
}

static void number_set(struct data *d, const char *name, int value)
{
    struct buf out = {0};
    buf_addf(&out, "%d", value);
    data_set(d, name, buf_text(&out));
    buf_finish(&out);
}

bool kubernetes_manifest(const struct kubernetes_job *j, struct buf *out, struct err *e)
{
    struct data holes = {0};
    int memory = SUPERVISOR_MB + j->emulators * j->emulator_mb;
    int pods = j->pods && j->pods < j->chunks ? j->pods : j->chunks;
    if (j->chunks > KUBERNETES_CHUNKS)
        return err_set(e, ERR_USAGE,
                       "%d chunks are more than the %d that a Kubernetes Job takes; make them "
                       "larger (--chunk)",
                       j->chunks, KUBERNETES_CHUNKS);
    quoted_set(&holes, "name", j->name);
    quoted_set(&holes, "image", j->image);
    quoted_set(&holes, "run", j->run);
    number_set(&holes, "chunks", j->chunks);
    number_set(&holes, "pods", pods);
    number_set(&holes, "processors",
               (j->emulators + PLAN_EMULATORS_PER_CPU - 1) / PLAN_EMULATORS_PER_CPU);
    number_set(&holes, "memory", memory);
    number_set(&holes, "shared", memory / 2);
    bool ok = data_fill(&holes, NULL, template_job, out, e);
    data_finish(&holes);
    return ok;
}

bool kubernetes_containerfile(const struct kubernetes_job *j, struct buf *out, struct err *e)
{
    struct data holes = {0};
    data_set(&holes, "image", j->image);
    quoted_set(&holes, "task", j->task_folder);
    bool ok = data_fill(&holes, NULL, template_containerfile, out, e);
    data_finish(&holes);
    return ok;
}
