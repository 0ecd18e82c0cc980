#include "page/told.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>

void told_text(const char *text, struct buf *json)
{
    struct buf clean = {0};
    utf8_clean(text, &clean);
    cJSON *item = cJSON_CreateString(buf_text(&clean));
    char *printed = cJSON_PrintUnformatted(item);
    buf_add(json, printed ? printed : "null");
    cJSON_free(printed);
    cJSON_Delete(item);
    buf_finish(&clean);
}

void told_member(const char *name, const char *text, struct buf *json)
{
    if (!text || !*text)
        return;
    buf_addf(json, ",\"%s\":", name);
    told_text(text, json);
}

void told_json(const char *text, struct buf *json)
{
    cJSON *item = text ? cJSON_Parse(text) : NULL;
    char *printed = item ? cJSON_PrintUnformatted(item) : NULL;
    buf_add(json, printed ? printed : "null");
    cJSON_free(printed);
    cJSON_Delete(item);
}

/* "<" stands in texts of JSON only, and there it may be written otherwise: so nothing looks like
 * the end of the block, or like a comment. */
void told_block(FILE *page, const char *id, const struct buf *json)
{
    fprintf(page, "<script type=\"application/json\" id=\"%s\">", id);
    for (const char *c = buf_text(json); *c; c++)
        if (*c == '<')
            fputs("\\u003c", page);
        else
            putc_unlocked(*c, page);
    fputs("</script>\n", page);
}
