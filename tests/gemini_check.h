/*
 * gemini_check: a request as the Gemini API judges it, by shared/protocols.md 4 and 8.
 */
#ifndef TESTS_GEMINI_CHECK_H
#define TESTS_GEMINI_CHECK_H

#include "tests/request_check.h"

static inline void gemini_blob(struct check *k, const struct json *blob)
{
    int width = 0, height = 0;
    want(k, only(blob, " mimeType data "), "a picture has an unknown member");
    want(k, is(blob, "mimeType", "image/png"), "a picture's type is wrong");
    want(k, picture_size(json_text(blob, "data"), &width, &height), "a picture is no PNG");
}

static inline bool must_confirm(const struct json *call)
{
    return is(json_member(json_member(call, "args"), "safety_decision"), "decision",
              "require_confirmation");
}

static inline bool is_hems(const char *name)
{
    return name &&
           (strcmp(name, "steps") == 0 || strcmp(name, "finish") == 0 || strcmp(name, "ask") == 0);
}

static inline void gemini_response(struct check *k, const struct json *call,
                                   const struct json *response)
{
    const char *name = json_text(call, "name"), *id = json_text(call, "id");
    const struct json *object = json_member(response, "response");
    bool failed = json_member(object, "error") != NULL;
    bool confirmed = json_member(object, "safety_acknowledgement") != NULL;
    want(k, only(response, " id name response parts "), "a response has an unknown member");
    want(k, name && is(response, "name", name), "a response of another name");
    want(k, id ? is(response, "id", id) : !json_member(response, "id"), "a response of another id");
    want(k, json_is_object(object), "a response is no object");
    want(k, has_text(object, failed ? "error" : "output"), "a response says nothing");
    want(k, !json_member(object, "error") || !json_member(object, "output"),
         "a response is both output and error");
    want(k, is_hems(name) || json_text(object, "url"), "a response has no url");
    want(k, !confirmed || must_confirm(call), "nobody asked to confirm that");
    want(k, !must_confirm(call) || failed || confirmed, "what is done was not confirmed");
    for (const struct json *part = json_first(json_member(response, "parts")); part;
         part = json_next(part))
        gemini_blob(k, json_member(part, "inlineData"));
}

/* The NUMBER-th part with this member. */
static inline const struct json *nth_part(const struct json *content, const char *member,
                                          int number)
{
    for (const struct json *part = json_first(json_member(content, "parts")); part;
         part = json_next(part))
        if (json_member(part, member) && number-- == 0)
            return json_member(part, member);
    return NULL;
}

/* What the user says behind what the model SAID. */
static inline void gemini_user(struct check *k, const struct json *said, const struct json *content)
{
    const struct json *call, *response = NULL;
    for (int i = 0; (call = nth_part(said, "functionCall", i)); i++)
        if (want(k, (response = nth_part(content, "functionResponse", i)) != NULL,
                 "not as many responses as calls"))
            gemini_response(k, call, response);
    int calls = 0;
    while (nth_part(said, "functionCall", calls))
        calls++;
    want(k, !nth_part(content, "functionResponse", calls), "not as many responses as calls");
    for (const struct json *part = json_first(json_member(content, "parts")); part;
         part = json_next(part)) {
        if (json_member(part, "inlineData"))
            gemini_blob(k, json_member(part, "inlineData"));
        else if (!json_member(part, "functionResponse"))
            want(k, only(part, " text ") && has_text(part, "text"), "a text is empty");
    }
}

static inline void gemini_tools(struct check *k, const struct json *tools)
{
    for (const struct json *tool = json_first(tools); tool; tool = json_next(tool)) {
        const struct json *computer = json_member(tool, "computerUse");
        const char *environment = json_text(computer, "environment");
        want(k, only(tool, " computerUse functionDeclarations "), "an unknown tool");
        want(k,
             !computer || only(computer, " environment excludedPredefinedFunctions "
                                         "enablePromptInjectionDetection disabledSafetyPolicies "),
             "the computer tool has an unknown member");
        want(k,
             !computer || (environment && (strcmp(environment, "ENVIRONMENT_DESKTOP") == 0 ||
                                           strcmp(environment, "ENVIRONMENT_BROWSER") == 0)),
             "an unknown environment");
        want(k, !json_count(json_member(computer, "disabledSafetyPolicies")),
             "a safety policy is off");
        for (const struct json *f = json_first(json_member(tool, "functionDeclarations")); f;
             f = json_next(f))
            want(k,
                 only(f, " name description parametersJsonSchema ") &&
                     is_name(json_text(f, "name")) &&
                     is(json_member(f, "parametersJsonSchema"), "type", "object"),
                 "a function is not declared rightly");
    }
}

/* What is wrong with the request; "" when nothing is. */
static inline struct check gemini_check(const char *request)
{
    struct check k = {0};
    struct json *json = json_parse(request);
    const struct json *contents = json_member(json, "contents");
    want(&k, utf8_valid(request, strlen(request), NULL), "it is not UTF-8");
    want(&k, only(json, " systemInstruction contents tools generationConfig "),
         "an unknown member, or it is no JSON object");
    want(&k, json_whole(json_member(json, "generationConfig"), "maxOutputTokens") > 0,
         "no maxOutputTokens");
    gemini_tools(&k, json_member(json, "tools"));
    want(&k, json_count(contents) % 2 == 1, "the user has not the last word");
    for (int i = 0; i < json_count(contents); i++) {
        const struct json *content = json_item(contents, i);
        want(&k, is(content, "role", i % 2 ? "model" : "user"), "the roles do not alternate");
        want(&k, json_count(json_member(content, "parts")) > 0, "nothing is said");
        if (i % 2 == 0)
            gemini_user(&k, i ? json_item(contents, i - 1) : NULL, content);
    }
    json_destroy(json);
    return k;
}

#endif
