#include "vision/digest.h"

#include <xxhash.h>

struct digest digest_of(const void *bytes, size_t size, uint64_t seed)
{
    XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, size, seed);
    return (struct digest){hash.low64, hash.high64};
}

bool digest_equal(struct digest a, struct digest b)
{
    return a.low == b.low && a.high == b.high;
}
