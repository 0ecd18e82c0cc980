#include "bench/measures.h"
#include "bench/program.h"

#include <limits.h>
#include <stdio.h>

#define FLOW_TRIALS 20
#define FLOW_MS     60000
#define FLOW_SCRIPT "bench/regression/till.sh"
#define FLOW_CASE   "bench/regression/till.yaml"

/* The script's times with this pause; false as soon as a try did not come out right. */
static bool script_tries(const char *pause, const char *folder, int trials, struct samples *out)
{
    *out = (struct samples){0};
    for (int i = 0; i < trials; i++) {
        const char *const argv[] = {FLOW_SCRIPT, pause, folder, NULL};
        double ms = program_time(argv, NULL, FLOW_MS);
        if (ms < 0)
            return false;
        samples_add(out, ms);
    }
    return true;
}

/* Milliseconds a try, all of it; -1 when one has failed. */
static double case_tries(const char *folder, int trials)
{
    char out[PATH_MAX], repeat[16];
    snprintf(out, sizeof out, "%s/regression", folder);
    snprintf(repeat, sizeof repeat, "%d", trials);
    const char *const argv[] = {BENCH_HEM, "test",     FLOW_CASE, "--repeat-each",
                                repeat,    "--output", out,       NULL};
    double ms = program_time(argv, NULL, trials * FLOW_MS);
    return ms < 0 ? -1 : ms / trials;
}

void measure_regression(struct table *t, const char *folder)
{
    static const char *const pauses[] = {"0.05", "0.1", "0.2", "0.4", "0.8", "1.6", NULL};
    int trials = measures_trials(FLOW_TRIALS), k = 0;
    struct samples script;
    struct row *r = table_add(t, "a regression flow, with start and end of everything", "s",
                              "xdotool, scrot, tesseract");
    double hem_ms = case_tries(folder, trials);
    if (hem_ms >= 0)
        r->hem = hem_ms / 1e3;
    while (pauses[k] && !script_tries(pauses[k], folder, trials, &script))
        k++;
    if (pauses[k])
        r->instead = samples_at(&script, 0.5) / 1e3;
    row_note(r, "%s; the script passes %d of %d with pauses of %s s",
             hem_ms < 0 ? "hem failed" : "hem passes all", pauses[k] ? trials : 0, trials,
             pauses[k] ? pauses[k] : "at most 1.6");
}
