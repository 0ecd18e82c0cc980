/*
 * published: what became of the rows of a run, on a folder that all machines of a fleet share. Each
 * row has a place there in which nothing stands until an attempt puts something: that it is sending
 * the row, which it then may replace by the result, or the result at once. Whoever comes second
 * finds the place taken and may neither send nor publish, so that a row is sent by one attempt at
 * most and has one result, also where two machines do the same chunk because one of them was given
 * up too early. No clock and no lock takes part in it: the one step that decides is link(2).
 *
 * A row that is being sent by an attempt that runs no more is unknown. A place is on disk before
 * the function returns. The file is a line "sending ATTEMPT", "result ATTEMPT" or, where the
 * result came after sending, "sent ATTEMPT", and what the caller has to say.
 */
#ifndef FLEET_PUBLISHED_H
#define FLEET_PUBLISHED_H

#include "base/err.h"

struct published;

enum published_state { PUBLISHED_NOTHING, PUBLISHED_SENDING, PUBLISHED_RESULT };

/* DIRECTORY is made. ATTEMPT: a name that no other attempt has or had, of letters, digits, '-' and
 * '.'. ERR_IO, as all that follow. */
struct published *published_open(const char *directory, const char *attempt, struct err *e);
void published_close(struct published *p); /* takes NULL */

bool published_look(struct published *p, int number, enum published_state *out, struct err *e);

/* Says that this attempt is sending the row. OURS: the place was free, or was ours already; else it
 * must not be sent. */
bool published_sending(struct published *p, int number, const char *text, bool *ours,
                       struct err *e);

/* Puts the result there. OURS: the place was free, or we were sending; else another has it. */
bool published_result(struct published *p, int number, const char *text, bool *ours, struct err *e);

/* Empties the place, so that the row can be done again; what stood there is kept beside it. For
 * when nobody works on the run. */
bool published_release(struct published *p, int number, struct err *e);

/* What stands in the places that are taken, by their numbers. TEXT is what the caller said. Until
 * TAKE says false, which is then the answer. */
struct published_row {
    int number;
    enum published_state state;
    bool sent; /* a result that came after sending */
    const char *attempt, *text;
};
bool published_each(const char *directory,
                    bool (*take)(void *self, const struct published_row *row, struct err *e),
                    void *self, struct err *e);

#endif
