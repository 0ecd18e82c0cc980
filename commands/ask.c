#include "commands/ask.h"

#include "base/utf8.h"
#include "commands/inflow.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

/* Characters that a terminal obeys, or that turn the direction of what is read: none of a screen's
 * or a model's may be able to hide or rewrite the question. */
static bool is_command(uint32_t c)
{
    return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static void plain_put(const char *text, struct buf *out)
{
    for (uint32_t c = utf8_next(&text); c; c = utf8_next(&text))
        utf8_put(is_command(c) ? UTF8_INVALID : c, out);
}

static void ask_line(const char *name, const char *text)
{
    struct buf plain = {0};
    if (!text || !*text)
        return;
    plain_put(text, &plain);
    fprintf(stderr, "  %-9s%s\n", name, buf_text(&plain));
    buf_finish(&plain);
}

static bool is_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* A line that is typed from now on, without its end; IN holds it. */
static enum inflow_next ask_read(struct inflow *in, const char *prompt, const char **line)
{
    size_t length;
    *in = (struct inflow){.fd = STDIN_FILENO};
    tcflush(STDIN_FILENO, TCIFLUSH);
    fputs(prompt, stderr);
    return inflow_next(in, line, &length);
}

static bool is_yes(const char *line)
{
    size_t length = strcspn(line, " \t\r\n");
    return (length == 1 && strncasecmp(line, "y", 1) == 0) ||
           (length == 3 && strncasecmp(line, "yes", 3) == 0);
}

enum answer ask_person(void *self, const struct question *q)
{
    struct inflow in;
    const char *line = "";
    (void)self;
    if (!is_terminal())
        return ANSWER_NOBODY;
    fprintf(stderr, "%s\n",
            q->why ? "The guard asks about this action:"
                   : "The model's provider asks about this action:");
    ask_line("step", q->step);
    ask_line("action", q->action);
    ask_line("on", q->under);
    ask_line("rule", q->why);
    ask_line("provider", q->check);
    ask_line("picture", q->picture);
    enum inflow_next got = ask_read(&in, "May it be done? [y/N] ", &line);
    enum answer answer = got == INFLOW_LINE && is_yes(line) ? ANSWER_YES
                         : got == INFLOW_STOPPED            ? ANSWER_NOBODY
                                                            : ANSWER_NO;
    inflow_finish(&in);
    return answer;
}

bool ask_answer(void *self, const char *question, struct buf *out)
{
    struct inflow in;
    struct buf plain = {0};
    const char *line = "";
    (void)self;
    if (!is_terminal())
        return false;
    plain_put(question, &plain);
    fprintf(stderr, "The model asks: %s\n", buf_text(&plain));
    buf_finish(&plain);
    bool answered = ask_read(&in, "> ", &line) == INFLOW_LINE && *line;
    if (answered)
        buf_add(out, line);
    inflow_finish(&in);
    return answered;
}
