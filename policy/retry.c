#include "policy/retry.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "policy/http.h"
#include "policy/json.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BACKOFF_MAX_MS 8000
#define AGAIN_MAX      6 /* half a minute in all */
#define NO_JSON_MAX    2 /* a proxy's page won't turn into a reply */
#define MESSAGE_BYTES  400

static bool text_is_one_of(const char *text, const char *const list[])
{
    for (int i = 0; text && list[i]; i++)
        if (strcmp(text, list[i]) == 0)
            return true;
    return false;
}

/* No money left with the provider. */
static bool is_spent(const char *code)
{
    static const char *const codes[] = {"insufficient_quota",
                                        "enforced_spend_limit_reached",
                                        "credit_balance_exhausted",
                                        "organization_usage_limit_exceeded",
                                        "organization_spend_limit_exceeded",
                                        "project_spend_limit_exceeded",
                                        "billing_error",
                                        NULL};
    return text_is_one_of(code, codes);
}

/* What is wrong with a reply, as its body says. */
struct fault {
    bool json;                        /* is the body JSON at all? */
    const struct json *error;         /* borrowed; NULL: none */
    const char *type, *code, *detail; /* borrowed or NULL; detail is Anthropic's error_code */
    const char *message;              /* borrowed or NULL */
    int number;                       /* a code that is a number; 0: none */
};

/* {"error": {...}}, {"error": "text"}, [{"error": ...}] (Gemini's other door), a choice's own
 * (OpenRouter); and what has no error but says that it is one ({"detail": ...}, FastAPI). */
static const struct json *error_find(const struct json *root, bool success)
{
    if (json_is_list(root))
        root = json_first(root);
    const struct json *error = json_member(root, "error");
    if (!json_is_object(error) && !json_string(error))
        error = json_member(json_item(json_member(root, "choices"), 0), "error");
    if (json_is_object(error) || json_string(error))
        return error;
    return success ? NULL : root;
}

static void fault_read(const struct json *root, bool success, struct fault *out)
{
    *out = (struct fault){.json = root != NULL};
    const struct json *error = out->error = error_find(root, success);
    if (!error)
        return;
    out->message = json_string(error);
    if (!out->message)
        out->message = json_text(error, "message");
    if (!out->message)
        out->message = json_text(error, "detail");
    out->type = json_text(error, "type");
    if (!out->type || !*out->type)
        out->type = json_text(error, "status"); /* Gemini's RESOURCE_EXHAUSTED */
    out->code = json_text(error, "code");
    double number = json_number(error, "code", 0);
    if (number >= 400 && number < 600)
        out->number = (int)number;
    out->detail = json_text(json_member(error, "details"), "error_code");
}

/* What an error inside a 2xx would have been outside. */
static int status_inside(const struct fault *f)
{
    static const struct {
        const char *name;
        int status;
    } names[] = {
        {"authentication_error", 401},
        {"permission_error", 403},
        {"not_found_error", 404},
        {"request_too_large", 413},
        {"rate_limit_error", 429},
        {"rate_limit_exceeded", 429},
        {"slow_down", 429},
        {"api_error", 500},
        {"server_error", 500},
        {"timeout_error", 504},
        {"overloaded_error", 529},
        {"server_is_overloaded", 503},
        {"unavailable_error", 503},
        {"RESOURCE_EXHAUSTED", 429},
        {"UNAVAILABLE", 503},
        {"INTERNAL", 500},
        {"DEADLINE_EXCEEDED", 504},
    };
    if (f->number)
        return f->number;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((f->code && strcmp(f->code, names[i].name) == 0) ||
            (f->type && strcmp(f->type, names[i].name) == 0))
            return names[i].status;
    return 400;
}

/* RetryInfo's "12s" or "1.5s" among the details of Gemini's errors; negative for none. */
static double delay_in_details(const struct json *error)
{
    const struct json *details = json_member(error, "details");
    for (const struct json *item = json_first(details); item; item = json_next(item)) {
        const char *delay = json_text(item, "retryDelay");
        char *end;
        double seconds = delay ? strtod(delay, &end) : -1;
        if (delay && end > delay && strcmp(end, "s") == 0)
            return seconds * 1000;
    }
    return -1;
}

static double header_number(const char *headers, const char *name, char *text, size_t size)
{
    char *end;
    if (!http_header(headers, name, text, size))
        return NAN;
    double value = strtod(text, &end);
    return end > text && *end == '\0' ? value : NAN;
}

static double delay_asked(const char *headers, const struct json *error, time_t now)
{
    char text[64];
    double ms = header_number(headers, "retry-after-ms", text, sizeof text);
    if (isnan(ms)) {
        ms = header_number(headers, "retry-after", text, sizeof text) * 1000;
        struct tm date = {0};
        const char *end = strptime(text, "%a, %d %b %Y %H:%M:%S GMT", &date);
        if (isnan(ms) && end && !*end)
            ms = difftime(timegm(&date), now) * 1000;
    }
    if (isnan(ms))
        ms = delay_in_details(error);
    return ms > 0 && ms < 2147483648.0 ? ms : -1;
}

static enum retry_verdict verdict_of(int status, const struct fault *f, const char *headers)
{
    char should[16];
    if (status >= 200 && status < 300)
        return RETRY_TAKE;
    if (is_spent(f->code) || is_spent(f->type) || is_spent(f->detail) || status < 400)
        return RETRY_NEVER;
    if (status == 401 || status == 402 || status == 403)
        return RETRY_NEVER;
    bool known = http_header(headers, "x-should-retry", should, sizeof should);
    if (known && strcmp(should, "true") == 0)
        return RETRY_AGAIN;
    bool passes = status == 408 || status == 409 || status == 429 || status >= 500;
    if (known && strcmp(should, "false") == 0)
        return passes ? RETRY_NEVER : RETRY_TAKE;
    return passes ? RETRY_AGAIN : RETRY_TAKE;
}

/* At most the first BYTES of TEXT on one line, without what a terminal would obey. */
static void plain_add(struct buf *out, const char *text, size_t bytes)
{
    char *start = mem_text_n(text, strnlen(text, bytes));
    const char *at = start;
    for (uint32_t c; (c = utf8_next(&at));)
        if (c != UTF8_INVALID)
            utf8_put(c < 0x20 || (c >= 0x7f && c < 0xa0) ? ' ' : c, out);
    free(start);
}

static void text_set(struct retry_judgement *out, const struct fault *f, const char *headers,
                     const char *body, size_t body_bytes)
{
    struct buf text = {0};
    char place[200];
    const char *name = f->code && *f->code ? f->code : f->type;
    if (f->detail)
        name = f->detail;
    buf_addf(&text, "%d", out->status);
    if (name && *name) {
        buf_add_char(&text, ' ');
        plain_add(&text, name, 60);
    }
    if (out->status >= 300 && out->status < 400 &&
        http_header(headers, "location", place, sizeof place)) {
        buf_add(&text, ": it says to ask elsewhere, which is not followed; give the address ");
        plain_add(&text, place, sizeof place);
        buf_add(&text, " itself if that is meant");
    } else if (f->message && *f->message) {
        buf_add(&text, ": ");
        plain_add(&text, f->message, MESSAGE_BYTES);
    } else if (!f->json && body_bytes > 0 && body[strspn(body, " \t\r\n")] != '<') {
        buf_add(&text, ": ");
        plain_add(&text, body, MESSAGE_BYTES);
    }
    snprintf(out->text, sizeof out->text, "%s", buf_text(&text));
    buf_finish(&text);
}

void retry_judge(int status, const char *headers, const char *body, size_t body_bytes, time_t now,
                 struct retry_judgement *out)
{
    bool success = status >= 200 && status < 300;
    struct fault f;
    struct json *root = strlen(body) == body_bytes ? json_parse(body) : NULL;
    fault_read(root, success, &f);
    *out = (struct retry_judgement){.status = status, .after_ms = -1, .again_max = AGAIN_MAX};
    if (success && !root) {
        out->verdict = RETRY_AGAIN;
        out->again_max = NO_JSON_MAX;
        snprintf(out->text, sizeof out->text, "a reply that is not JSON (%zu bytes, status %d)",
                 body_bytes, status);
        return;
    }
    if (success && f.error)
        out->status = status_inside(&f);
    out->verdict = verdict_of(out->status, &f, headers);
    if (out->status != status || !success)
        text_set(out, &f, headers, body, body_bytes);
    if (out->verdict == RETRY_AGAIN)
        out->after_ms = delay_asked(headers, f.error, now);
    json_destroy(root);
}

double retry_backoff_ms(double base_ms, int n, double chance)
{
    double ms = ldexp(base_ms, n);
    return (ms < BACKOFF_MAX_MS ? ms : BACKOFF_MAX_MS) * (1 - 0.25 * chance);
}
