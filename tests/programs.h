/* programs: running build/hem as a user does, for whole-program tests. */
#ifndef TESTS_PROGRAMS_H
#define TESTS_PROGRAMS_H

#include "base/buf.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM_ARGUMENTS_MAX 32

/* Where the program under test is: build/hem, or the sanitizers' one. */
static inline const char *hem_path(void)
{
    static char path[4096];
    const char *build = getenv("HEM_BUILD");
    snprintf(path, sizeof path, "%s/hem", build ? build : "build");
    return path;
}

/* Starts ARGV with standard output and error into *OUT; returns the process. */
static inline pid_t program_start(char *const argv[], int *out)
{
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        if (!freopen("/dev/null", "r", stdin))
            _exit(126);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(ends[1]);
    *out = ends[0];
    return pid;
}

/* Reads all that PID writes and waits for its end: its exit status, or 128 + the signal. */
static inline int program_end(pid_t pid, int out, struct buf *text)
{
    char bytes[4096];
    int status;
    for (ssize_t n; (n = read(out, bytes, sizeof bytes)) > 0;)
        buf_add_bytes(text, bytes, (size_t)n);
    close(out);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Runs ARGV to its end; TEXT gets all it says. */
static inline int program_run(char *const argv[], struct buf *text)
{
    int out;
    pid_t pid = program_start(argv, &out);
    return program_end(pid, out, text);
}

/* hem with these arguments, the last one NULL. TEXT gets all it says. */
static inline int hem(struct buf *text, ...)
{
    char *argv[PROGRAM_ARGUMENTS_MAX] = {(char *)hem_path()};
    va_list args;
    va_start(args, text);
    for (int i = 1; i < PROGRAM_ARGUMENTS_MAX - 1 && (argv[i] = va_arg(args, char *)); i++)
        ;
    va_end(args);
    buf_reset(text);
    return program_run(argv, text);
}

/* A new empty folder; the path is static. */
static inline const char *new_folder(void)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/hem-test-XXXXXX");
    if (!mkdtemp(path))
        abort();
    return path;
}

static inline void remove_folder(const char *path)
{
    struct buf text = {0};
    char *argv[] = {"rm", "-rf", (char *)path, NULL};
    program_run(argv, &text);
    buf_finish(&text);
}

/* FOLDER/NAME, owned by the caller. */
static inline char *path_in(const char *folder, const char *name)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%s", folder, name);
    return buf_take(&path);
}

static inline char *file_text(const char *folder, const char *name)
{
    struct buf text = {0};
    char bytes[4096], *path = path_in(folder, name);
    FILE *f = fopen(path, "re");
    for (size_t n; f && (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        buf_add_bytes(&text, bytes, n);
    if (f)
        fclose(f);
    free(path);
    return buf_take(&text);
}

static inline void write_file(const char *folder, const char *name, const char *text)
{
    char *path = path_in(folder, name);
    FILE *f = fopen(path, "we");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        abort();
    free(path);
}

#endif
