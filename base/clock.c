#include "base/clock.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

double clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void clock_wall_at(double ms, char *out, size_t size_bytes)
{
    struct timespec t;
    struct tm parts;
    char day[24];
    clock_gettime(CLOCK_REALTIME, &t);
    double wall_ms = (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6 + ms - clock_ms();
    time_t seconds = (time_t)(wall_ms / 1e3);
    gmtime_r(&seconds, &parts);
    strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(out, size_bytes, "%s.%03dZ", day, (int)(wall_ms - (double)seconds * 1e3));
}

void clock_wall(char *out, size_t size_bytes)
{
    clock_wall_at(clock_ms(), out, size_bytes);
}

struct deadline deadline_in(double ms)
{
    return (struct deadline){ms < 0 ? HUGE_VAL : clock_ms() + ms};
}

bool deadline_passed(struct deadline d)
{
    return clock_ms() >= d.at_ms;
}

int deadline_left_ms(struct deadline d)
{
    double left = ceil(d.at_ms - clock_ms());
    return left <= 0 ? 0 : left > 3600000 ? 3600000 : (int)left;
}
