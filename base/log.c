#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum log_level log_limit = LOG_WARN;

void log_init(void)
{
    static const char *const names[] = {"silent", "warn", "info", "debug"};
    const char *wanted = getenv("HEM_LOG");
    for (int i = 0; wanted && i < 4; i++)
        if (strcmp(wanted, names[i]) == 0)
            log_limit = (enum log_level)i;
}

void log_write(enum log_level level, const char *format, ...)
{
    if (level > log_limit)
        return;
    char line[2048];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    fprintf(stderr, "hem: %s\n", line); /* one call, so that lines of threads do not mix */
}
