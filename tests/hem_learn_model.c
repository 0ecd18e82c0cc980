/*
 * A model is paid for once: it does the first row of a table, the others are done by what was
 * learned of it, and on a page that was changed it is asked for the one step that the skill can't
 * do. The model is played by a scripted server, which counts its calls.
 */
#include "tests/model_server.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct play {
    struct buf script; /* JSON: a list that is not closed yet */
    struct model_server server;
    struct buf text; /* what hem says */
    char folder[64];
};

static void begin(struct play *p)
{
    *p = (struct play){0};
    snprintf(p->folder, sizeof p->folder, "%s", new_folder());
}

/* The model calls the tool NAME; ARGUMENTS is taken over. */
static void says(struct play *p, const char *name, cJSON *arguments)
{
    char *text = cJSON_PrintUnformatted(arguments);
    cJSON *answer = cJSON_CreateObject(), *call = cJSON_CreateObject();
    cJSON *choice = cJSON_CreateObject(), *function = cJSON_CreateObject();
    cJSON_AddStringToObject(function, "name", name);
    cJSON_AddStringToObject(function, "arguments", text);
    cJSON_AddStringToObject(call, "id", "c1");
    cJSON_AddItemToObject(call, "function", function);
    cJSON_AddItemToArray(
        cJSON_AddArrayToObject(cJSON_AddObjectToObject(choice, "message"), "tool_calls"), call);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(cJSON_AddObjectToObject(answer, "body"), "choices"),
                         choice);
    char *json = cJSON_PrintUnformatted(answer);
    buf_addf(&p->script, "%s%s", p->script.length ? "," : "[", json);
    free(json);
    free(text);
    cJSON_Delete(answer);
    cJSON_Delete(arguments);
}

static void says_steps(struct play *p, const char *const *lines)
{
    cJSON *arguments = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(arguments, "steps");
    for (; *lines; lines++)
        cJSON_AddItemToArray(list, cJSON_CreateString(*lines));
    says(p, "steps", arguments);
}

static void says_done(struct play *p)
{
    cJSON *arguments = cJSON_CreateObject();
    cJSON_AddTrueToObject(arguments, "success");
    cJSON_AddStringToObject(arguments, "message", "done");
    says(p, "finish", arguments);
}

static void copy(const struct play *p, const char *from, const char *name)
{
    char *text = file_text(from, name);
    write_file(p->folder, name, text);
    free(text);
}

/* FOLDER/NAME with FROM replaced by TO. */
static void edit(const struct play *p, const char *name, const char *from, const char *to)
{
    struct buf edited = {0};
    char *text = file_text(p->folder, name), *at = strstr(text, from);
    if (!at)
        fail_msg("%s has no \"%s\"", name, from);
    buf_addf(&edited, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    write_file(p->folder, name, buf_text(&edited));
    buf_finish(&edited);
    free(text);
}

/* Does task.yaml for all rows, with the model where no skill knows how. */
static int play(struct play *p, const char *out)
{
    struct buf model = {0};
    char path[4][128];
    const char *names[] = {"task.yaml", "rows.csv", out, "task.skill.yaml"};
    for (int i = 0; i < 4; i++)
        snprintf(path[i], sizeof path[i], "%s/%s", p->folder, names[i]);
    buf_add(&p->script, "]");
    model_server_start(&p->server, buf_text(&p->script));
    buf_reset(&p->script);
    buf_addf(&model, "model:chat/test@%s", model_server_url(&p->server, "/v1"));
    int status = hem(&p->text, "run", path[0], "--rows", path[1], "--out", path[2], "--learn",
                     path[3], "--policy", buf_text(&model), NULL);
    buf_finish(&model);
    return status;
}

static void assert_ended(struct play *p, int status, int calls)
{
    int asked = model_server_asked(&p->server);
    if (status != 0 || asked != calls)
        fail_msg("status %d after %d calls of the model\n%s", status, asked, buf_text(&p->text));
    model_server_end(&p->server);
}

static void end(struct play *p)
{
    remove_folder(p->folder);
    buf_finish(&p->script);
    buf_finish(&p->text);
}

static char *row_text(const struct play *p, const char *out, int row, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s/row-%06d", p->folder, out, row);
    return file_text(path, name);
}

/* What the page says that it received; each is seen before the row is done. */
#define REGISTRATION                                                                               \
    "program: [chromium, \"--app=file://{{here}}/registration.html\", --start-maximized]\n"        \
    "goal: >-\n"                                                                                   \
    "  Register {{First name}} {{Last name}}, {{Email}}, {{Phone}}, from {{Country}}, arriving\n"  \
    "  {{Arrival}} with {{Guests}} guests, ticket {{Ticket}}, workshop {{Workshop}}, newsletter\n" \
    "  {{Newsletter}}, message {{Message}}\n"                                                      \
    "secrets: {Password: file:password.txt}\n"                                                     \
    "submit: Register\n"                                                                           \
    "expect:\n"                                                                                    \
    "  - \"Thank you, {{First name}}.\"\n"                                                         \
    "  - \"Last name: {{Last name}}\"\n"                                                           \
    "  - \"Email: {{Email}}\"\n"                                                                   \
    "  - \"Phone: {{Phone}}\"\n"                                                                   \
    "  - \"Country: {{Country}}\"\n"                                                               \
    "  - \"Arrival date: {{Arrival}}\"\n"                                                          \
    "  - \"Guests: {{Guests}}\"\n"                                                                 \
    "  - \"Ticket: {{Ticket}}\"\n"                                                                 \
    "  - \"Workshops: {{Workshop}}\"\n"                                                            \
    "  - \"Password: 19 characters\"\n"                                                            \
    "  - \"newsletter: {{Newsletter}}\"\n"                                                         \
    "limits: {seconds: 120}\n"

/* A busy machine may make a step of the script late, and then the script is over too early: LAST
 * says whether that is a failure. */
static bool registration_once(bool last)
{
    struct play p;
    begin(&p);
    copy(&p, "examples/registration", "registration.html");
    copy(&p, "examples/registration", "password.txt");
    write_file(p.folder, "task.yaml", REGISTRATION);
    write_file(p.folder, "rows.csv",
               "First name,Last name,Email,Phone,Country,Arrival,Guests,Ticket,Workshop,Message,"
               "Newsletter\n"
               "Ada,Lovelace,ada@example.org,+44 20 7946 0958,United Kingdom,2027-06-14,2,"
               "Supporter,Number theory,No nuts please,yes\n"
               "Joseph,Jacquard,joseph@example.org,+33 4 70 00 12 34,France,2027-06-13,1,Student,"
               "Weaving,I bring a loom,yes\n"
               "Maria,Agnesi,maria@example.org,+39 02 555 0117,Italy,2027-06-15,3,Standard,"
               "Clockwork,Ground floor,yes\n");
    says_steps(&p, (const char *const[]){
                       "type \"Ada\" into \"First name\"", "type \"Lovelace\" into \"Last name\"",
                       "type \"ada@example.org\" into \"Email\"",
                       "type \"+44 20 7946 0958\" into \"Phone\"",
                       "choose \"United Kingdom\" in \"Country\"",
                       "type \"2027-06-14\" into \"Arrival date\"", "set \"Guests\" to \"2\"",
                       "choose \"Supporter\" in \"Ticket\"", NULL});
    says_steps(&p,
               (const char *const[]){"scroll down 5", "check \"Number theory\"",
                                     "type \"No nuts please\" into \"Message\"",
                                     "type \"{{secret:Password}}\" into \"Password\"",
                                     "check \"Send me the newsletter\"",
                                     "check \"I accept the terms\"", "click \"Register\"", NULL});
    says_done(&p);
    int status = play(&p, "out");
    if (!last && status != 0) {
        model_server_end(&p.server);
        end(&p);
        return false;
    }
    assert_ended(&p, status, 3);
    char *learned = file_text(p.folder, "task.skill.yaml");
    assert_non_null(strstr(learned, "type \"{{secret:Password}}\" into textbox \"Password\""));
    assert_non_null(strstr(learned, "check checkbox \"{{Workshop}}\" in \"Workshops\""));
    free(learned);
    end(&p);
    return true;
}

static void registration_is_paid_for_once(void **state)
{
    (void)state;
    if (!registration_once(false))
        registration_once(true);
}

/* In the middle of the skill the model does what is new, and the skill goes on. */
static void changed_page_costs_one_call(void **state)
{
    (void)state;
    struct play p;
    begin(&p);
    copy(&p, "tests/learn", "club.html");
    copy(&p, "tests/forms", "received.js");
    edit(&p, "club.html", "../forms/received.js", "received.js");
    write_file(p.folder, "task.yaml",
               "program: [chromium, \"--app=file://{{here}}/club.html\", --start-maximized,\n"
               "  --enable-logging=stderr]\n"
               "goal: Join {{First}} {{Last}}, {{Phone}}, boat {{Boat}}, harbour {{Harbour}}\n"
               "submit: Join now\nexpect: [Received]\nlimits: {seconds: 60}\n");
    write_file(p.folder, "rows.csv",
               "First,Last,Phone,Boat,Harbour\nAda,Lovelace,020 7946 0958,None,North\n");
    says_steps(&p, (const char *const[]){
                       "type \"Ada\" into \"First name\"", "type \"Lovelace\" into \"Last name\"",
                       "type \"020 7946 0958\" into \"Phone\"", "choose \"None\" in \"Boat\"",
                       "choose \"North\" in \"Harbour\"", "click \"Join now\"", NULL});
    says_done(&p);
    assert_ended(&p, play(&p, "taught"), 2);
    edit(&p, "club.html", ">Phone<", ">Number that we can call at night<");
    write_file(p.folder, "rows.csv",
               "First,Last,Phone,Boat,Harbour\nGrace,Hopper,020 7946 0111,None,South\n"
               "Alan,Turing,01908 640404,None,North\n");
    says_steps(&p, (const char *const[]){
                       "type \"020 7946 0111\" into \"Number that we can call at night\"", NULL});
    assert_ended(&p, play(&p, "changed"), 1);
    char *grace = row_text(&p, "changed", 1, "program.err"),
         *alan = row_text(&p, "changed", 2, "program.err");
    assert_non_null(strstr(grace,
                           "{\"first\":\"Grace\",\"last\":\"Hopper\",\"phone\":\"020 7946 0111\""
                           ",\"boat\":\"None\",\"harbour\":\"South\"}"));
    assert_non_null(strstr(alan,
                           "{\"first\":\"Alan\",\"last\":\"Turing\",\"phone\":\"01908 640404\","
                           "\"boat\":\"None\",\"harbour\":\"North\"}"));
    free(grace);
    free(alan);
    end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(registration_is_paid_for_once),
                                       cmocka_unit_test(changed_page_costs_one_call)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
