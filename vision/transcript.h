/*
 * transcript: from how likely each character is at each place of a line to the characters that
 * stand there.
 *
 * A character may be spread over several places, with nothing between them, and two that are equal
 * have a place without any between them. So a text is as likely as all the ways to write it
 * together, and the likeliest text is not that of the likeliest character at each place: a space
 * that is half likely at two places is likely. The best few beginnings of texts are followed from
 * place to place.
 */
#ifndef VISION_TRANSCRIPT_H
#define VISION_TRANSCRIPT_H

#include "vision/letters.h"
#include "vision/network.h"
#include "vision/traineddata.h"

struct transcript; /* room to work in, kept from line to line */

struct transcript *transcript_create(void);
void transcript_destroy(struct transcript *t); /* takes NULL */

/*
 * Refills LETTERS with the likeliest text of LINE, whose chances stand STRIDE apart; places are
 * those in its picture. The confidence of a letter is how likely its word is as it was read: not at
 * all when it has hundreds of letters.
 */
void transcript_write(struct transcript *t, const struct traineddata_alphabet *a,
                      const struct network_line *line, int stride, struct letters *letters);

#endif
