/* consent: who is asked before an action, what is shown, what counts as an answer, and what the
 * audit says about it. */
#include "emulator/consent.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

/* What the person does who is asked. */
enum person {
    NO_PERSON,
    SAYS_NO,
    SAYS_YES,
    LETS_IT_CHANGE, /* says yes after the button has become another */
};

struct trial {
    const char *what;
    enum verdict rule; /* for the button's text; VERDICT_ALLOW: there is no rule */
    enum action_kind kind;
    const char *check; /* the provider's */
    enum person person;
    int asked;           /* how often */
    const char *refused; /* why; NULL: it is allowed */
    const char *audited; /* a part of its line */
};

static const struct trial trials[] = {
    {"nothing to ask", VERDICT_ALLOW, ACTION_CLICK, NULL, SAYS_NO, 0, NULL,
     "\"verdict\":\"allow\",\"allowed\":true"},
    {"the guard asks nobody", VERDICT_ASK, ACTION_CLICK, NULL, NO_PERSON, 0,
     "the guard asks about \"Pay\" (on button \"Pay", "\"answer\":\"nobody\",\"allowed\":false"},
    {"the guard asks, no", VERDICT_ASK, ACTION_CLICK, NULL, SAYS_NO, 1, "nobody allowed it",
     "\"answer\":\"person: no\",\"allowed\":false"},
    {"the guard asks, yes", VERDICT_ASK, ACTION_CLICK, NULL, SAYS_YES, 1, NULL,
     "\"rule\":\"\\\"Pay\\\"\",\"verdict\":\"ask\",\"answer\":\"person: yes\",\"allowed\":true"},
    {"the guard denies", VERDICT_DENY, ACTION_CLICK, "Sure?", SAYS_YES, 0, "the guard denies",
     "\"verdict\":\"deny\",\"check\":\"Sure?\",\"allowed\":false"},
    {"the provider asks nobody", VERDICT_ALLOW, ACTION_CLICK, "Sure?", NO_PERSON, 0,
     "the model's provider wants this to be confirmed: Sure? (on button \"Pay",
     "\"verdict\":\"allow\",\"check\":\"Sure?\",\"answer\":\"nobody\",\"allowed\":false"},
    {"the provider asks, no", VERDICT_ALLOW, ACTION_CLICK, "Sure?", SAYS_NO, 1, "nobody allowed it",
     "\"answer\":\"person: no\",\"allowed\":false"},
    {"the provider asks, yes", VERDICT_ALLOW, ACTION_CLICK, "Sure?", SAYS_YES, 1, NULL,
     "\"answer\":\"person: yes\",\"allowed\":true"},
    {"the provider asks without a word", VERDICT_ALLOW, ACTION_CLICK, "", NO_PERSON, 0,
     "nobody could be asked", "\"answer\":\"nobody\",\"allowed\":false"},
    {"the provider asks before the pointer is moved", VERDICT_ALLOW, ACTION_MOVE, "Sure?",
     NO_PERSON, 0, "nobody could be asked", "\"answer\":\"nobody\",\"allowed\":false"},
    {"the provider asks before waiting", VERDICT_ALLOW, ACTION_WAIT, "Sure?", NO_PERSON, 0,
     "nobody could be asked", "\"answer\":\"nobody\",\"allowed\":false"},
    {"both ask at once", VERDICT_ASK, ACTION_CLICK, "Sure?", SAYS_YES, 1, NULL,
     "\"check\":\"Sure?\",\"answer\":\"person: yes\",\"allowed\":true"},
    {"it is another when the answer comes", VERDICT_ASK, ACTION_CLICK, NULL, LETS_IT_CHANGE, 1,
     "what lies there has changed since", "to something else\",\"allowed\":false"},
};

static char folder[] = "/tmp/hem-consent-XXXXXX";
static struct emulator *em;
static struct emulator_options options;
static struct task task;
static enum person person;
static int asked;

static const struct element *button(const char *text)
{
    for (int i = 0; i < em->scene.element_count; i++)
        if (strcmp(em->scene.elements[i].text, text) == 0)
            return &em->scene.elements[i];
    return NULL;
}

static struct action click_on(const struct element *e)
{
    return (struct action){.kind = ACTION_CLICK,
                           .has_at = true,
                           .at = rect_center(e->box),
                           .button = BUTTON_LEFT,
                           .count = 1};
}

/* Clicks WHAT and waits until there is a button THEN. */
static void press(const char *what, const char *then)
{
    struct err e = {0};
    struct deadline deadline = deadline_in(20000);
    const struct element *found = button(what);
    assert_non_null(found);
    struct action click = click_on(found);
    assert_true(input_perform(em->input, &click, &e));
    while (emulator_see(em, &e) && !button(then) && !deadline_passed(deadline))
        ;
    assert_non_null(button(then));
}

static enum answer answer(void *self, const struct question *q)
{
    const struct trial *t = self;
    asked++;
    assert_string_equal(q->action, "click left at 200,60");
    assert_true(strncmp(q->under, "button \"Pay\"", 12) == 0);
    if (t->rule == VERDICT_ASK)
        assert_string_equal(q->why, "\"Pay\"");
    else
        assert_null(q->why);
    assert_ptr_equal(q->check, t->check);
    FILE *picture = fopen(q->picture, "rb");
    unsigned char head[24];
    assert_non_null(picture);
    assert_int_equal(fread(head, 1, sizeof head, picture), sizeof head);
    fclose(picture);
    assert_memory_equal(head, "\x89PNG", 4);
    int height = head[22] << 8 | head[23]; /* a part of the screen */
    assert_in_range(height, 60, 250);
    if (person == LETS_IT_CHANGE)
        press("Change", "Delete");
    return person == SAYS_NO ? ANSWER_NO : ANSWER_YES;
}

static void audit_line(char *out, size_t size)
{
    char path[128], line[4096];
    snprintf(path, sizeof path, "%s/run/audit.jsonl", folder);
    FILE *f = fopen(path, "re");
    assert_non_null(f);
    out[0] = '\0';
    while (fgets(line, sizeof line, f))
        snprintf(out, size, "%.4000s", line);
    fclose(f);
}

static void trial_run(const struct trial *t)
{
    struct guard_rules rules = {0};
    struct err e = {0};
    char line[4096];
    if (t->rule != VERDICT_ALLOW)
        guard_list_add(&rules.lists[t->rule])->text = mem_text("Pay");
    asked = 0;
    person = t->person;
    options.hooks.ask = person == NO_PERSON ? NULL : answer;
    options.hooks.self = (void *)t;
    if (!emulator_see(em, &e))
        fail_msg("%s", e.text);
    assert_non_null(button("Pay"));
    em->guard.rules = &rules;
    em->action = click_on(button("Pay"));
    em->action.at = (struct point){200, 60};
    em->action.kind = t->kind;
    em->action.check = t->check;
    bool given = consent_given(em, &e);
    audit_line(line, sizeof line);
    if (given != !t->refused || (!given && (e.kind != ERR_DENIED || !strstr(e.text, t->refused))) ||
        asked != t->asked || !strstr(line, t->audited))
        fail_msg("%s: %s %s\nasked %d times\n%s", t->what, given ? "allowed" : "refused", e.text,
                 asked, line);
    if (person == LETS_IT_CHANGE)
        press("Change", "Pay");
    guard_rules_finish(&rules);
}

static void test_who_is_asked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++)
        trial_run(&trials[i]);
}

/* What can't be written down is not done. */
static void test_no_audit_no_action(void **state)
{
    (void)state;
    static const struct guard_rules none;
    struct err e = {0};
    struct rlimit before;
    em->guard.rules = &none;
    em->action = (struct action){.kind = ACTION_CLICK, .has_at = true, .at = {200, 60}};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &(struct rlimit){1, before.rlim_max}), 0);
    bool given = consent_given(em, &e);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(given);
    assert_int_equal(e.kind, ERR_IO);
    assert_non_null(strstr(e.text, "audit.jsonl"));
    e = (struct err){0};
    assert_true(consent_given(em, &e));
}

static int place_open(void **state)
{
    (void)state;
    static char script[] = "wm geometry . 400x300+0+0\n"
                           "button .pay -text Pay\n"
                           "button .change -text Change -command {.pay configure -text "
                           "[expr {[.pay cget -text] eq {Pay} ? {Delete} : {Pay}}]}\n"
                           "place .pay -x 100 -y 30 -width 200 -height 60\n"
                           "place .change -x 100 -y 200 -width 200 -height 60\n";
    struct err e = {0};
    char path[128];
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/pay.tcl", folder);
    FILE *f = fopen(path, "we");
    if (!f || fputs(script, f) < 0 || fclose(f) != 0)
        return -1;
    char *program[] = {"wish", path, NULL};
    task_from_goal("", program, &task);
    task.width = 400;
    task.height = 300;
    task.window_manager = mem_text("none");
    snprintf(path, sizeof path, "%s/run", folder);
    options = (struct emulator_options){.task = &task, .directory = mem_text(path)};
    em = emulator_open(&options, &e);
    if (!em)
        return -1;
    em->masks.secrets = &task.secrets;
    struct episode episode = {.task = "t", .policy = "script", .width = 400, .height = 300};
    em->trajectory = trajectory_create(path, &episode, NULL, &e);
    return em->trajectory ? 0 : -1;
}

static int place_close(void **state)
{
    (void)state;
    char command[64];
    trajectory_close(em->trajectory, "done", NULL, NULL, NULL, 1, NULL);
    emulator_close(em);
    free((char *)options.directory);
    task_finish(&task);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_who_is_asked),
                                       cmocka_unit_test(test_no_audit_no_action)};
    return cmocka_run_group_tests(tests, place_open, place_close);
}
