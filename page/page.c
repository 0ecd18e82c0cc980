#include "page/page.h"

#include "base/base64.h"
#include "base/clock.h"
#include "page/assets.h"
#include "page/shown.h"
#include "page/told.h"
#include "page/trace.h"
#include "trajectory/disk.h"

#include <limits.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What fills the holes of page.html. */
struct page {
    const char *dir;
    FILE *file;
    struct shown shown;
    struct album album;
};

/* As a policy of contents names the one script or style that may be used. */
static void source_put(FILE *file, const char *text)
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct buf encoded = {0};
    sha256_init(&context);
    sha256_update(&context, strlen(text), (const uint8_t *)text);
    sha256_digest(&context, sizeof digest, digest);
    base64_add(digest, sizeof digest, &encoded);
    fprintf(file, "'sha256-%s'", buf_text(&encoded));
    buf_finish(&encoded);
}

/* All but what is in a trace. */
static void run_put(const struct page *p)
{
    struct buf json = {0};
    char now[32];
    clock_wall(now, sizeof now);
    buf_addf(&json, "{\"test\":%s", p->shown.test ? "true" : "false");
    told_member("made", now, &json);
    told_member("hem", HEM_VERSION, &json);
    told_member("folder", p->dir, &json);
    buf_add(&json, ",\"run\":");
    told_json(p->shown.run, &json);
    buf_add(&json, ",\"tries\":[");
    for (int i = 0; i < p->shown.count; i++) {
        if (i)
            buf_add_char(&json, ',');
        buf_add(&json, p->shown.tries[i].line);
    }
    buf_add(&json, "]}");
    told_block(p->file, "run", &json);
    buf_finish(&json);
}

static void hole_fill(const struct page *p, const char *name, size_t length)
{
    if (strncmp(name, "style-source", length) == 0)
        source_put(p->file, page_css);
    else if (strncmp(name, "script-source", length) == 0)
        source_put(p->file, page_js);
    else if (strncmp(name, "css", length) == 0)
        fputs(page_css, p->file);
    else if (strncmp(name, "run", length) == 0)
        run_put(p);
    else if (strncmp(name, "js", length) == 0)
        fputs(page_js, p->file);
}

/* page.html with its {{holes}} filled in. */
static void template_put(const struct page *p)
{
    const char *text = page_html, *hole, *end;
    while ((hole = strstr(text, "{{")) && (end = strstr(hole, "}}"))) {
        fwrite(text, 1, (size_t)(hole - text), p->file);
        hole_fill(p, hole + 2, (size_t)(end - hole) - 2);
        text = end + 2;
    }
    fputs(text, p->file);
}

static void traces_put(struct page *p, const char *links, bool went_wrong)
{
    for (int i = 0; i < p->shown.count; i++) {
        struct buf json = {0};
        char id[32];
        if (p->shown.tries[i].went_wrong != went_wrong)
            continue;
        snprintf(id, sizeof id, "try-%d", i);
        trace_add(&p->album, p->dir, links, &p->shown.tries[i].result, &json);
        told_block(p->file, id, &json);
        buf_finish(&json);
    }
}

/* What a page at PATH calls the files in DIR. */
static void links_find(const char *dir, const char *path, struct buf *out)
{
    char real[PATH_MAX];
    struct stat a, b;
    const char *slash = strrchr(path, '/');
    char *parent = slash ? mem_text_n(path, (size_t)(slash - path) + 1) : mem_text(".");
    bool beside =
        stat(parent, &a) == 0 && stat(dir, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
    if (!beside && realpath(dir, real))
        buf_addf(out, "%s/", real);
    free(parent);
}

/* All of it, once it is known what is shown. */
static void page_put(struct page *p, FILE *file, const char *links, size_t room_bytes,
                     struct page_facts *out)
{
    p->file = file;
    album_init(&p->album, file, room_bytes);
    template_put(p);
    traces_put(p, links, true);
    traces_put(p, links, false);
    fputs("</body>\n</html>\n", file);
    long size = ftell(file);
    if (out)
        *out = (struct page_facts){.shown = p->shown.count,
                                   .pictures = p->album.count,
                                   .linked = p->album.linked,
                                   .size_bytes = size > 0 ? (size_t)size : 0};
    album_finish(&p->album);
}

bool page_print(const char *dir, FILE *file, const char *links, size_t room_bytes,
                struct page_facts *out, struct err *e)
{
    struct page p = {.dir = dir};
    if (!shown_read(dir, &p.shown, e))
        return false;
    page_put(&p, file, links, room_bytes, out);
    shown_finish(&p.shown);
    return true;
}

bool page_write(const char *dir, const char *path, size_t room_bytes, struct page_facts *out,
                struct err *e)
{
    struct page p = {.dir = dir};
    struct draft draft;
    struct buf links = {0};
    if (!shown_read(dir, &p.shown, e))
        return false;
    bool open = draft_open(&draft, path, e);
    if (open) {
        links_find(dir, path, &links);
        page_put(&p, draft.file, buf_text(&links), room_bytes, out);
    }
    buf_finish(&links);
    shown_finish(&p.shown);
    return open && draft_commit(&draft, false, e);
}
