/* The page of a run (page/page.h), in its folder. */
#include "suite/reporters.h"

#include "page/page.h"

void report_html_finish(const char *dir, const struct results *all, FILE *out)
{
    struct err e = {0};
    (void)all; /* the page is made of the same, on the disk */
    if (!page_print(dir, out, "", PAGE_ROOM_BYTES, NULL, &e))
        fprintf(out, "<plaintext>%s\n", e.text);
}
