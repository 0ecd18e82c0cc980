#include "vision/transcript.h"

#include <string.h>

/* A run of places where one code is the likeliest. */
struct run {
    int code, first, end; /* places */
    float chance;         /* at its best place */
};

static int likeliest(const float *chances, int count)
{
    int best = 0;
    for (int i = 1; i < count; i++)
        if (chances[i] > chances[best])
            best = i;
    return best;
}

/* The run that begins at FIRST. */
static struct run run_at(const struct traineddata_alphabet *a, const struct network_line *line,
                         int stride, int first)
{
    struct run run = {likeliest(line->chances + (size_t)first * (size_t)stride, a->count), first,
                      first, 0};
    for (; run.end < line->steps; run.end++) {
        const float *chances = line->chances + (size_t)run.end * (size_t)stride;
        if (run.end > first && likeliest(chances, a->count) != run.code)
            break;
        run.chance = chances[run.code] > run.chance ? chances[run.code] : run.chance;
    }
    return run;
}

/* Between two letters is the middle of what neither of them has. */
static void letter_place(struct letters *letters, struct letter *letter, const struct run *run,
                         int last_end)
{
    letter->left = run->first * NETWORK_STEP;
    letter->right = run->end * NETWORK_STEP;
    if (letters->count && !letter->spaced) {
        int middle = (last_end + run->first) * NETWORK_STEP / 2;
        letters->items[letters->count - 1].right = middle;
        letter->left = middle;
    }
}

void transcript_write(const struct traineddata_alphabet *a, const struct network_line *line,
                      int stride, struct letters *letters)
{
    bool spaced = false;
    int last_end = 0;
    letters->count = 0;
    for (int at = 0; at < line->steps;) {
        struct run run = run_at(a, line, stride, at);
        at = run.end;
        if (run.code == a->blank || !a->texts[run.code][0])
            continue;
        if (strcmp(a->texts[run.code], " ") == 0) {
            spaced = letters->count > 0;
            continue;
        }
        struct letter letter = {.confidence = run.chance, .spaced = spaced};
        memcpy(letter.text, a->texts[run.code], sizeof letter.text);
        letter_place(letters, &letter, &run, last_end);
        letters_add(letters, &letter);
        spaced = false;
        last_end = run.end;
    }
}
