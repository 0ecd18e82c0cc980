/* The lines of results.jsonl, as they come. */
#include "suite/reporters.h"

void report_jsonl_tried(const struct result *r, FILE *out)
{
    struct buf line = {0};
    result_print(r, &line);
    fputs(buf_text(&line), out);
    buf_finish(&line);
}
