/*
 * model_server: a scripted server of a model (tests/model_server.py, which says what a script is)
 * for a test's time.
 */
#ifndef TESTS_MODEL_SERVER_H
#define TESTS_MODEL_SERVER_H

#include "tests/programs.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>

struct model_server {
    pid_t pid;
    int leash; /* the server's standard input: it ends with us */
    int port;
    char folder[64]; /* script.json and log.jsonl */
};

/* Starts one that plays SCRIPT, a JSON list of answers; over HTTPS where there is a CERTIFICATE, a
 * file with its key. */
static inline void model_server_start_with(struct model_server *s, const char *script,
                                           const char *certificate)
{
    int in[2], out[2];
    char text[32] = "", path[2][96];
    size_t length = 0;
    snprintf(s->folder, sizeof s->folder, "%s", new_folder());
    write_file(s->folder, "script.json", script);
    snprintf(path[0], sizeof path[0], "%s/script.json", s->folder);
    snprintf(path[1], sizeof path[1], "%s/log.jsonl", s->folder);
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
        abort();
    s->pid = fork();
    if (s->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execlp("python3", "python3", "tests/model_server.py", path[0], path[1], certificate, NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    s->leash = in[1];
    for (ssize_t n; length < sizeof text - 1 && !strchr(text, '\n') &&
                    (n = read(out[0], text + length, sizeof text - 1 - length)) > 0;)
        length += (size_t)n;
    close(out[0]);
    s->port = (int)strtol(text, NULL, 10);
    if (s->port <= 0)
        abort();
}

static inline void model_server_start(struct model_server *s, const char *script)
{
    model_server_start_with(s, script, NULL);
}

/* Its address with PATH ("/v1/messages") behind it; static. */
static inline const char *model_server_url(const struct model_server *s, const char *path)
{
    static char url[128];
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", s->port, path);
    return url;
}

/* The requests so far, a line of JSON each; owned by the caller. */
static inline char *model_server_log(const struct model_server *s)
{
    return file_text(s->folder, "log.jsonl");
}

static inline int model_server_asked(const struct model_server *s)
{
    int count = 0;
    char *log = model_server_log(s);
    for (const char *at = log; (at = strchr(at, '\n')); at++)
        count++;
    free(log);
    return count;
}

static inline void model_server_end(struct model_server *s)
{
    close(s->leash);
    waitpid(s->pid, NULL, 0);
    remove_folder(s->folder);
}

#endif
