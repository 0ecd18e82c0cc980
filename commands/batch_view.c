#include "commands/batch_view.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "commands/report.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PROGRESS_EVERY_MS 5000 /* for machines */

void batch_view_init(struct batch_view *v, bool json)
{
    *v = (struct batch_view){.json = json, .terminal = !json && isatty(STDOUT_FILENO)};
}

void batch_view_clear(struct batch_view *v)
{
    for (; v->drawn; v->drawn--)
        fputs("\033[A\033[2K", stdout);
}

void batch_view_row(struct batch_view *v, const struct batch_row *row)
{
    enum row_state state = row->end->state;
    bool ended = !row->again && state != ROW_WAITING;
    v->begun += ended;
    if (v->terminal && state == ROW_DONE)
        return; /* the table says it */
    batch_view_clear(v);
    report_row(v->json, row->job->number, ended ? row_state_name(state) : "again",
               row->end->seconds, row->end->error);
}

static void progress_json(const struct batch_progress *p)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "event", "progress");
    cJSON_AddNumberToObject(o, "total", p->rows.total);
    cJSON_AddNumberToObject(o, "waiting", p->rows.waiting);
    cJSON_AddNumberToObject(o, "running", p->rows.running);
    cJSON_AddNumberToObject(o, "done", p->rows.done);
    cJSON_AddNumberToObject(o, "failed", p->rows.failed);
    cJSON_AddNumberToObject(o, "unknown", p->rows.unknown);
    cJSON_AddNumberToObject(o, "emulators", p->emulators);
    cJSON_AddNumberToObject(o, "allowed", p->allowed);
    cJSON_AddNumberToObject(o, "rows_a_minute", p->rows_a_minute);
    cJSON_AddNumberToObject(o, "seconds_left", p->seconds_left);
    cJSON_AddNumberToObject(o, "memory_mb", p->memory_mb);
    cJSON_AddNumberToObject(o, "emulator_mb", p->emulator_mb);
    cJSON_AddNumberToObject(o, "program_mb", p->program_mb);
    cJSON_AddNumberToObject(o, "cpu_seconds_a_row", p->cpu_seconds_a_row);
    report_json(cJSON_PrintUnformatted(o));
    cJSON_Delete(o);
}

static void time_left(const struct batch_progress *p, char *out, size_t size)
{
    if (p->seconds_left < 0)
        snprintf(out, size, "?");
    else if (p->seconds_left < 120)
        snprintf(out, size, "%.0f s", p->seconds_left);
    else if (p->seconds_left < 7200)
        snprintf(out, size, "%.0f min", p->seconds_left / 60);
    else
        snprintf(out, size, "%.1f h", p->seconds_left / 3600);
}

static int terminal_columns(void)
{
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

/* One line of the table, cut where the terminal ends: a line that wraps could not be drawn over. */
static void table_line(struct batch_view *v, const char *text)
{
    int left = terminal_columns() - 1;
    struct buf line = {0};
    for (uint32_t c = utf8_next(&text); c && left > 0; c = utf8_next(&text), left--)
        utf8_put(c < ' ' || c == 0x7f ? ' ' : c, &line);
    printf("%s\n", buf_text(&line));
    buf_finish(&line);
    v->drawn++;
}

static void table_draw(struct batch_view *v, const struct batch_progress *p)
{
    char left[32];
    struct buf line = {0};
    batch_view_clear(v);
    time_left(p, left, sizeof left);
    buf_addf(&line, "rows       %d done, %d failed, %d unknown, %d running, %d waiting of %d",
             p->rows.done, p->rows.failed, p->rows.unknown, p->rows.running, p->rows.waiting,
             p->rows.total);
    table_line(v, buf_text(&line));
    buf_reset(&line);
    buf_addf(&line, "speed      %.1f rows a minute, %s left, %.2f processor seconds a row",
             p->rows_a_minute, left, p->cpu_seconds_a_row);
    table_line(v, buf_text(&line));
    buf_reset(&line);
    buf_addf(&line, "emulators  %d of %d at work, %.0f MB: each %.0f MB and its program %.0f MB",
             p->busy, p->allowed, p->memory_mb, p->emulator_mb, p->program_mb);
    table_line(v, buf_text(&line));
    buf_reset(&line);
    if (*p->last_error) {
        buf_addf(&line, "last error %s", p->last_error);
        table_line(v, buf_text(&line));
    }
    fflush(stdout);
    buf_finish(&line);
}

void batch_view_progress(struct batch_view *v, const struct batch_progress *progress)
{
    if (v->terminal)
        table_draw(v, progress);
    if (!v->json || clock_ms() - v->progress_ms < PROGRESS_EVERY_MS)
        return;
    v->progress_ms = clock_ms();
    progress_json(progress);
}
