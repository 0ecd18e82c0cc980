#include "fleet/message.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define SIZE_MAX_BYTES (64 << 20) /* far beyond the largest row */

/* Before the texts, each of which is terminated: names and values by turns. */
struct head {
    uint32_t size_bytes; /* of the texts */
    uint32_t kind, about, cells;
};

void message_say(struct message *m, const char *name, const char *value)
{
    data_add(&m->about, name, value ? value : "");
}

void message_number(struct message *m, const char *name, double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.17g", value);
    message_say(m, name, text);
}

const char *message_text(const struct message *m, const char *name)
{
    const char *text = data_get(&m->about, name);
    return text ? text : "";
}

double message_value(const struct message *m, const char *name)
{
    return strtod(message_text(m, name), NULL);
}

void message_finish(struct message *m)
{
    data_finish(&m->about);
    data_finish(&m->cells);
}

static void texts_put(struct buf *out, const struct data *d)
{
    for (int i = 0; i < d->count; i++) {
        buf_add_bytes(out, d->items[i].name, strlen(d->items[i].name) + 1);
        buf_add_bytes(out, d->items[i].value, strlen(d->items[i].value) + 1);
    }
}

bool message_send(int socket, const struct message *m)
{
    struct buf out = {0};
    struct head head = {0, m->kind, (uint32_t)m->about.count, (uint32_t)m->cells.count};
    buf_add_bytes(&out, &head, sizeof head);
    texts_put(&out, &m->about);
    texts_put(&out, &m->cells);
    head.size_bytes = (uint32_t)(out.length - sizeof head);
    memcpy(out.text, &head, sizeof head);
    size_t done = 0;
    while (done < out.length) {
        ssize_t n = send(socket, out.text + done, out.length - done, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            break;
        done += n > 0 ? (size_t)n : 0;
    }
    bool sent = done == out.length;
    buf_finish(&out);
    return sent;
}

bool message_receive(int socket, struct buf *inflow)
{
    char bytes[65536];
    for (;;) {
        ssize_t n = recv(socket, bytes, sizeof bytes, MSG_DONTWAIT);
        if (n > 0)
            buf_add_bytes(inflow, bytes, (size_t)n);
        else if (n == 0 || (errno != EAGAIN && errno != EINTR))
            return false;
        else if (errno == EAGAIN)
            return true;
    }
}

/* The next COUNT pairs of texts. */
static bool texts_take(const char **at, const char *end, uint32_t count, struct data *out)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *name = *at;
        const char *stop = memchr(name, '\0', (size_t)(end - name));
        const char *value = stop ? stop + 1 : end;
        stop = memchr(value, '\0', (size_t)(end - value));
        if (!stop)
            return false;
        data_add(out, name, value);
        *at = stop + 1;
    }
    return true;
}

int message_take(struct buf *inflow, struct message *out)
{
    struct head head;
    *out = (struct message){0};
    if (inflow->length < sizeof head)
        return 0;
    memcpy(&head, inflow->text, sizeof head);
    if (head.size_bytes > SIZE_MAX_BYTES || head.kind >= MESSAGE_KINDS)
        return -1;
    size_t size = sizeof head + head.size_bytes;
    if (inflow->length < size)
        return 0;
    const char *at = inflow->text + sizeof head, *end = inflow->text + size;
    out->kind = (enum message_kind)head.kind;
    if (!texts_take(&at, end, head.about, &out->about) ||
        !texts_take(&at, end, head.cells, &out->cells)) {
        message_finish(out);
        return -1;
    }
    inflow->length -= size;
    memmove(inflow->text, inflow->text + size, inflow->length + 1);
    return 1;
}
