#include "vision/sightings.h"

#include "base/buf.h"
#include "vision/fit.h"
#include "vision/probes.h"

#include <stdlib.h>
#include <string.h>

#define SAME_PLACE   0.5  /* boxes that overlap more are one sighting */
#define PLACES_MAX   1024 /* looked at roughly */
#define NOES_MAX     0.4  /* of the probes; a plain ground makes half of them say no */
#define ROUGH_PIXELS 1024 /* compared in a rough look */
#define ROUGH_MAX    0.6 /* what varies more from the template than this is not looked at closely */
#define FITS_POOR    3   /* but the best of the poor ones are, to say how similar they are */
#define FITS_MIN     6
#define FITS_PIXELS  400000 /* compared closely, in all */

struct look {
    const struct template *t;
    const struct frame *frame;
    struct rect places; /* where the top left corner may be */
    struct sightings *out;
};

static struct rect box_of(const struct look *l, struct point at)
{
    return (struct rect){at.x, at.y, l->t->width, l->t->height};
}

static bool is_same_place(struct rect a, struct rect b)
{
    return (double)rect_area(rect_common(a, b)) > SAME_PLACE * (double)rect_area(a);
}

/* Puts a sighting in its place, unless a better one is there already. */
static void sightings_add(const struct look *l, struct point at, double similarity)
{
    struct sightings *s = l->out;
    struct sighting seen = {box_of(l, at), similarity};
    if (rect_empty(s->best.box) || similarity > s->best.similarity)
        s->best = seen;
    if (similarity < s->least)
        return;
    int kept = 0;
    for (int i = 0; i < s->count; i++)
        if (is_same_place(s->items[i].box, seen.box) && s->items[i].similarity >= similarity)
            return;
    for (int i = 0; i < s->count; i++)
        if (!is_same_place(s->items[i].box, seen.box))
            s->items[kept++] = s->items[i];
    s->count = kept;
    int to = kept;
    while (to > 0 && s->items[to - 1].similarity < similarity)
        to--;
    if (to == SIGHTINGS_MAX)
        return;
    if (kept == SIGHTINGS_MAX)
        kept--;
    memmove(&s->items[to + 1], &s->items[to], (size_t)(kept - to) * sizeof *s->items);
    s->items[to] = seen;
    s->count = kept + 1;
}

/* Two neighbouring pixels of different colours: where they lie in the template, and what they are.
 */
struct anchor {
    struct point first, second;
};

static bool differ(const struct template *t, int i, int j)
{
    return t->counts[i] && t->counts[j] && t->pixels[i] != t->pixels[j];
}

/* In the row with the most changes, or at any change downwards. */
static bool anchor_pick(const struct template *t, struct anchor *out)
{
    int most = 0;
    for (int y = 0; y < t->height; y++) {
        int changes = 0, last = 0;
        for (int x = 0; x + 1 < t->width; x++) {
            if (!differ(t, y * t->width + x, y * t->width + x + 1))
                continue;
            changes++;
            last = x;
        }
        if (changes > most) {
            most = changes;
            *out = (struct anchor){{last, y}, {last + 1, y}};
        }
    }
    for (int i = 0; !most && i + t->width < t->width * t->height; i++) {
        if (!differ(t, i, i + t->width))
            continue;
        most = 1;
        *out = (struct anchor){{i % t->width, i / t->width}, {i % t->width, i / t->width + 1}};
    }
    return most > 0;
}

static void find_exact(const struct look *l)
{
    const struct template *t = l->t;
    const struct frame *f = l->frame;
    struct anchor a;
    if (!anchor_pick(t, &a))
        return;
    uint32_t first = t->pixels[a.first.y * t->width + a.first.x];
    uint32_t second = t->pixels[a.second.y * t->width + a.second.x];
    int right = l->places.x + l->places.width, bottom = l->places.y + l->places.height;
    for (int y = l->places.y; y < bottom; y++) {
        const uint32_t *row = f->pixels + (size_t)(y + a.first.y) * (size_t)f->stride + a.first.x;
        const uint32_t *other =
            f->pixels + (size_t)(y + a.second.y) * (size_t)f->stride + a.second.x;
        for (int x = l->places.x; x < right; x++)
            if (!((row[x] ^ first) & 0xffffff) && !((other[x] ^ second) & 0xffffff) &&
                fit_exact(t, f, (struct point){x, y}))
                sightings_add(l, (struct point){x, y}, 1);
    }
}

struct place {
    struct point at; /* in look.places */
    double rough;    /* how much it varies from the template; 1: as much as the template itself */
};

struct poll {
    int width, height;
    uint8_t *votes; /* owned; one a place: how many probes say no */
    int stride;
};

static void poll_take(struct poll *p, const struct look *l, const struct probes *probes,
                      const struct softness *softness)
{
    *p = (struct poll){l->places.width, l->places.height, NULL, l->places.width + VOTES_LANES};
    p->votes = mem_alloc((size_t)p->stride * (size_t)p->height);
    for (int y = 0; y < p->height; y++)
        probes_vote(probes, softness, y, p->width, p->votes + (size_t)y * (size_t)p->stride);
}

/* Does no neighbour have fewer noes? Of equal ones the first counts. */
static bool is_least(const struct poll *p, int x, int y)
{
    int own = p->votes[y * p->stride + x];
    for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
            int nx = x + dx, ny = y + dy;
            if ((!dx && !dy) || nx < 0 || ny < 0 || nx >= p->width || ny >= p->height)
                continue;
            int other = p->votes[ny * p->stride + nx];
            if (other < own || (other == own && (dy < 0 || (dy == 0 && dx < 0))))
                return false;
        }
    }
    return true;
}

/* The most votes against a place with which at most PLACES_MAX are left; below 0: none. */
static int poll_limit(const struct poll *p, int most)
{
    int counts[PROBES_MAX + 1] = {0}, places = 0, limit = -1;
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            if (p->votes[y * p->stride + x] <= most && is_least(p, x, y))
                counts[p->votes[y * p->stride + x]]++;
    while (limit < most && places + counts[limit + 1] <= PLACES_MAX)
        places += counts[++limit];
    return places ? limit : limit < most ? limit + 1 : -1;
}

static int poll_places(const struct poll *p, int limit, struct place *out)
{
    int count = 0;
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width && count < PLACES_MAX; x++)
            if (p->votes[y * p->stride + x] <= limit && is_least(p, x, y))
                out[count++] = (struct place){{x, y}, 0};
    return count;
}

/* How much some of its pixels vary from the template, their mean taken out. */
static double rough_look(const struct look *l, const struct softness *s, int colour,
                         struct point at)
{
    const struct template *t = l->t;
    const float *soft = t->soft + (size_t)colour * (size_t)t->width * (size_t)t->height;
    int step = 1;
    while (t->width / step * (t->height / step) > ROUGH_PIXELS)
        step++;
    double sum = 0, squares = 0, own = 0, own_squares = 0;
    int count = 0;
    for (int y = step / 2; y < t->height; y += step) {
        const uint8_t *row = s->pixels + (size_t)(at.y + y) * (size_t)s->stride + at.x;
        for (int x = step / 2; x < t->width; x += step) {
            int i = y * t->width + x;
            if (!t->counts[i])
                continue;
            float rest = row[x] - soft[i];
            sum += rest;
            squares += rest * rest;
            own += soft[i];
            own_squares += soft[i] * soft[i];
            count++;
        }
    }
    if (!count)
        return 0;
    return (squares - sum * sum / count) / (own_squares - own * own / count + 1);
}

static int rough_order(const void *a, const void *b)
{
    double x = ((const struct place *)a)->rough, y = ((const struct place *)b)->rough;
    return (x > y) - (x < y);
}

/* Compares the most promising ones closely. */
static void fit_places(const struct look *l, const struct place *places, int count)
{
    struct fitter fitter;
    int fits = FITS_PIXELS / l->t->counted;
    fits = fits < FITS_MIN ? FITS_MIN : fits;
    fitter_init(&fitter, l->t);
    for (int i = 0; i < count && i < fits; i++) {
        if (places[i].rough > ROUGH_MAX && i >= FITS_POOR)
            break;
        struct point at = {l->places.x + places[i].at.x, l->places.y + places[i].at.y};
        struct fit fit = fitter_fit(&fitter, l->t, l->frame, at, l->places);
        sightings_add(l, fit.at, fit.similarity);
    }
    fitter_finish(&fitter);
}

static void find_alike(const struct look *l, struct rect within)
{
    struct probes probes;
    struct softness softness;
    struct poll poll;
    struct place *places = mem_alloc(PLACES_MAX * sizeof *places);
    probes_pick(&probes, l->t);
    softness_take(&softness, l->frame, within, probes.colour);
    poll_take(&poll, l, &probes, &softness);
    int limit = poll_limit(&poll, (int)(NOES_MAX * probes.count));
    if (limit < 0)
        limit = poll_limit(&poll, probes.count);
    int count = poll_places(&poll, limit, places);
    for (int i = 0; i < count; i++)
        places[i].rough = rough_look(l, &softness, probes.colour, places[i].at);
    qsort(places, (size_t)count, sizeof *places, rough_order);
    fit_places(l, places, count);
    free(places);
    free(poll.votes);
    softness_finish(&softness);
}

void sightings_find(struct sightings *s, const struct template *t, const struct frame *frame,
                    struct rect within, double least, enum sightings_wanted wanted)
{
    within = rect_common(within, frame_rect(frame));
    struct rect places = {within.x, within.y, within.width - t->width + 1,
                          within.height - t->height + 1};
    struct look look = {t, frame, places, s};
    s->count = 0;
    s->least = least;
    s->best = (struct sighting){0};
    if (rect_empty(places))
        return;
    find_exact(&look);
    if (wanted == SIGHTINGS_ALL || !s->count)
        find_alike(&look, within);
}
