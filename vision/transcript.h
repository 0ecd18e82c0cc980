/*
 * transcript: from how likely each character is at each place of a line to the characters that
 * stand there.
 */
#ifndef VISION_TRANSCRIPT_H
#define VISION_TRANSCRIPT_H

#include "vision/letters.h"
#include "vision/network.h"
#include "vision/traineddata.h"

/* Refills LETTERS with the likeliest characters of LINE, whose chances stand STRIDE apart; places
 * are those in its picture. */
void transcript_write(const struct traineddata_alphabet *a, const struct network_line *line,
                      int stride, struct letters *letters);

#endif
