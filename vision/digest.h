/*
 * digest: what tells bytes from other bytes: 128 bits, the same on every machine. Fast, and no
 * defence against somebody who looks for two texts with the same digest.
 */
#ifndef VISION_DIGEST_H
#define VISION_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digest {
    uint64_t low, high;
};

/* Under another SEED the same bytes have another digest. */
struct digest digest_of(const void *bytes, size_t size, uint64_t seed);

bool digest_equal(struct digest a, struct digest b);

#endif
