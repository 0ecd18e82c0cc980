/*
 * log: what a developer wants to know, on standard error. Users are told things by commands/, not
 * by the log. Silent unless HEM_LOG is debug, info or warn (or log_level is set). Thread-safe line
 * by line.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level { LOG_SILENT, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Reads HEM_LOG; the default is LOG_WARN. */
void log_init(void);

void log_write(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_warn(...)  log_write(LOG_WARN, __VA_ARGS__)
#define log_info(...)  log_write(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_write(LOG_DEBUG, __VA_ARGS__)

#endif
