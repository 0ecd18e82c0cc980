#define CURL_DISABLE_TYPECHECK /* its macros and our pointers don't go together */
#include "policy/http.h"

#include "base/stop.h"
#include "policy/address.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CONNECT_MS        15000
#define STALL_MS          60000
#define HEADERS_MAX_BYTES (256 << 10)
#define LOOK_MS           100 /* how often a stop is asked for where none can be waited for */

/*
 * libcurl is loaded with the first call to a model: with the libraries that it brings along hem
 * would take twice as long to start, and most runs need no model.
 */
#define LIBRARY "libcurl.so.4"
/* clang-format off */
#define FUNCTIONS(F) \
    F(curl_global_init) F(curl_easy_init) F(curl_easy_setopt) F(curl_easy_getinfo) \
    F(curl_easy_reset) F(curl_easy_cleanup) F(curl_easy_strerror) F(curl_multi_init) \
    F(curl_multi_add_handle) F(curl_multi_remove_handle) F(curl_multi_perform) \
    F(curl_multi_poll) F(curl_multi_info_read) F(curl_multi_cleanup) F(curl_slist_append) \
    F(curl_slist_free_all)
/* clang-format on */

#define POINTER(name) __typeof__(&(name)) name; /* NOLINT(bugprone-macro-parentheses) */

static struct libcurl {
    FUNCTIONS(POINTER)
} curl;

/* What it says of itself; NULL when all is there. */
static const char *curl_load(void)
{
    static void *library;
    if (library)
        return NULL;
    void *opened = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
    if (!opened)
        return dlerror();
#define TAKE(name)                                                                                 \
    if (!(curl.name = (__typeof__(curl.name))dlsym(opened, #name)))                                \
        return dlerror();
    FUNCTIONS(TAKE)
    if (curl.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return LIBRARY " does not start";
    library = opened;
    return NULL;
}

struct http {
    CURL *easy;   /* owned; NULL until the first call, like the next */
    CURLM *multi; /* owned; holds the connections that are kept */
};

/* One call. */
struct call {
    struct http *http;
    const struct http_request *request;
    struct http_answer *out;
    struct curl_slist *headers; /* owned */
    char error[CURL_ERROR_SIZE];
    double moved_ms;       /* when a byte last went or came */
    curl_off_t sent, came; /* bytes, as of then */
    bool too_large;
};

struct http *http_create(void)
{
    return mem_zero(1, sizeof(struct http));
}

void http_destroy(struct http *h)
{
    if (!h)
        return;
    if (h->easy)
        curl.curl_easy_cleanup(h->easy);
    if (h->multi)
        curl.curl_multi_cleanup(h->multi);
    free(h);
}

void http_answer_finish(struct http_answer *a)
{
    buf_finish(&a->headers);
    buf_finish(&a->body);
    *a = (struct http_answer){0};
}

static size_t header_take(char *bytes, size_t one, size_t count, void *self)
{
    struct call *c = self;
    struct buf *headers = &c->out->headers;
    c->moved_ms = clock_ms();
    if (count > 5 && strncmp(bytes, "HTTP/", 5) == 0) { /* the one before was a 100 */
        buf_reset(headers);
        return one * count;
    }
    size_t length = count;
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r'))
        length--;
    if (headers->length + length > HEADERS_MAX_BYTES || memchr(bytes, '\0', length)) {
        c->too_large = true;
        return 0;
    }
    if (length > 0) {
        buf_add_bytes(headers, bytes, length);
        buf_add_char(headers, '\n');
    }
    return one * count;
}

static size_t body_take(char *bytes, size_t one, size_t count, void *self)
{
    struct call *c = self;
    if (c->out->body.length + count > HTTP_REPLY_MAX_BYTES) {
        c->too_large = true;
        return 0;
    }
    buf_add_bytes(&c->out->body, bytes, count);
    return one * count;
}

static int progress_note(void *self, curl_off_t down_total, curl_off_t down, curl_off_t up_total,
                         curl_off_t up)
{
    struct call *c = self;
    (void)down_total;
    (void)up_total;
    if (up != c->sent || down != c->came)
        c->moved_ms = clock_ms();
    c->sent = up;
    c->came = down;
    return 0;
}

static bool is_stalled(const struct call *c)
{
    const struct http_request *r = c->request;
    bool thinking = c->sent >= (curl_off_t)r->body_bytes && c->came == 0 && !c->out->headers.length;
    double stall_ms = r->stall_ms > 0 ? r->stall_ms : STALL_MS;
    return !thinking && clock_ms() - c->moved_ms > stall_ms;
}

static void headers_add(struct call *c, const char *line)
{
    struct curl_slist *longer = curl.curl_slist_append(c->headers, line);
    if (!longer)
        abort(); /* out of memory, as in base/buf.h */
    c->headers = longer;
}

static void call_set(struct call *c)
{
    CURL *easy = c->http->easy;
    const struct http_request *r = c->request;
    struct address address;
    /* curl would wait a second for a server's leave to send more than a megabyte. */
    headers_add(c, "Expect:");
    headers_add(c, "Content-Type: application/json");
    for (const char *const *line = r->headers; line && *line; line++)
        headers_add(c, *line);
#define SET(option, value) curl.curl_easy_setopt(easy, CURLOPT_##option, value)
    SET(URL, r->url);
    SET(PROTOCOLS_STR, "http,https");
    SET(HTTPHEADER, c->headers);
    if (address_read(r->url, &address, NULL) && address.local)
        SET(NOPROXY, "*"); /* the user's proxy leads out */
    if (getenv("SSL_CERT_FILE"))
        SET(CAINFO, getenv("SSL_CERT_FILE"));
    SET(POST, 1L);
    SET(POSTFIELDSIZE_LARGE, (curl_off_t)r->body_bytes);
    SET(POSTFIELDS, r->body);
    SET(USERAGENT, "hem/" HEM_VERSION);
    SET(CONNECTTIMEOUT_MS, (long)(r->connect_ms > 0 ? r->connect_ms : CONNECT_MS));
    SET(FOLLOWLOCATION, 0L);
    SET(NOSIGNAL, 1L);
    SET(QUICK_EXIT, 1L); /* does not wait for a name that is still looked up */
    SET(TCP_KEEPALIVE, 1L);
    SET(ERRORBUFFER, c->error);
    SET(HEADERFUNCTION, header_take);
    SET(HEADERDATA, c);
    SET(WRITEFUNCTION, body_take);
    SET(WRITEDATA, c);
    SET(NOPROGRESS, 0L);
    SET(XFERINFOFUNCTION, progress_note);
    SET(XFERINFODATA, c);
#undef SET
}

/* Runs the call until it ends (ANSWERED, RESULT is curl's), stalls, or must not go on. */
static enum http_end call_run(struct call *c, CURLcode *result)
{
    struct http *h = c->http;
    int running = 1, left;
    while (true) {
        if (curl.curl_multi_perform(h->multi, &running) != CURLM_OK)
            return HTTP_CUT;
        if (!running)
            break;
        if (stop_requested())
            return HTTP_STOPPED;
        if (deadline_passed(c->request->deadline))
            return HTTP_TIMEOUT;
        if (is_stalled(c))
            return HTTP_CUT;
        struct curl_waitfd stop = {.fd = stop_fd(), .events = CURL_WAIT_POLLIN};
        int wait_ms = deadline_left_ms(c->request->deadline);
        if (wait_ms > LOOK_MS)
            wait_ms = LOOK_MS;
        curl.curl_multi_poll(h->multi, &stop, stop.fd >= 0, wait_ms, NULL);
    }
    const CURLMsg *message = curl.curl_multi_info_read(h->multi, &left);
    *result = message ? message->data.result : CURLE_RECV_ERROR;
    return HTTP_ANSWERED;
}

static enum http_end end_of(const struct call *c, CURLcode result)
{
    if (c->too_large)
        return HTTP_TOO_LARGE;
    switch (result) {
    case CURLE_OK:
        return HTTP_ANSWERED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT: /* the connection's time: the call's we keep ourselves */
        return HTTP_UNREACHED;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
        return HTTP_UNFIT;
    default:
        return HTTP_CUT;
    }
}

static void why_set(struct call *c, enum http_end end, CURLcode result)
{
    char *why = c->out->why;
    size_t size = sizeof c->out->why;
    if (end == HTTP_STOPPED)
        snprintf(why, size, "interrupted");
    else if (end == HTTP_TIMEOUT)
        snprintf(why, size, "no whole reply within the time it may take");
    else if (end == HTTP_TOO_LARGE)
        snprintf(why, size, "a reply of more than %d MiB", HTTP_REPLY_MAX_BYTES >> 20);
    else if (result == CURLE_OK) /* nobody but we ended it */
        snprintf(why, size, "the connection stalled");
    else
        snprintf(why, size, "%s", *c->error ? c->error : curl.curl_easy_strerror(result));
}

static bool http_open(struct http *h, struct http_answer *out)
{
    const char *missing = curl_load();
    if (missing) {
        snprintf(out->why, sizeof out->why, "%s", missing);
        return false;
    }
    if (!h->multi)
        h->multi = curl.curl_multi_init();
    if (!h->easy)
        h->easy = curl.curl_easy_init();
    if (!h->multi || !h->easy)
        abort(); /* out of memory, as in base/buf.h */
    return true;
}

/* What of the key is in curl's copies of the headers. */
static void headers_finish(struct call *c)
{
    for (struct curl_slist *line = c->headers; line; line = line->next)
        explicit_bzero(line->data, strlen(line->data));
    curl.curl_slist_free_all(c->headers);
}

enum http_end http_post(struct http *h, const struct http_request *request, struct http_answer *out)
{
    struct call c = {.http = h, .request = request, .out = out, .moved_ms = clock_ms()};
    CURLcode result = CURLE_OK;
    out->status = 0;
    out->why[0] = '\0';
    buf_reset(&out->headers);
    buf_reset(&out->body);
    if (!http_open(h, out))
        return HTTP_UNFIT;
    call_set(&c);
    curl.curl_multi_add_handle(h->multi, h->easy);
    enum http_end end = call_run(&c, &result);
    curl.curl_multi_remove_handle(h->multi, h->easy);
    if (end == HTTP_ANSWERED)
        end = end_of(&c, result);
    long status = 0;
    curl.curl_easy_getinfo(h->easy, CURLINFO_RESPONSE_CODE, &status);
    curl.curl_easy_reset(h->easy);
    headers_finish(&c);
    if (end == HTTP_ANSWERED) {
        out->status = (int)status;
    } else {
        why_set(&c, end, result);
        buf_finish(&out->body);
    }
    return end;
}

bool http_header(const char *headers, const char *name, char *out, size_t size_bytes)
{
    size_t length = strlen(name);
    *out = '\0';
    for (const char *line = headers; line && *line;) {
        const char *end = strchrnul(line, '\n');
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            const char *value = line + length + 1;
            value += strspn(value, " \t");
            int n = (int)(end > value ? end - value : 0);
            while (n > 0 && (value[n - 1] == ' ' || value[n - 1] == '\t'))
                n--;
            snprintf(out, size_bytes, "%.*s", n, value);
            return true;
        }
        line = *end ? end + 1 : end;
    }
    return false;
}
