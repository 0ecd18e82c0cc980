/* task: how rows are filled into tasks, and what is said of names that nothing fills. */
#include "tests/task_files.h"

struct filling {
    const char *what;
    const char *yaml;
    const char *row;  /* "name=value\n..."; NULL: none */
    const char *dump; /* or "! " and the error, behind the path */
};

static const struct filling fillings[] = {
    {"no holes, no row", "fields: {A: b}\nsteps:\npolicy: form\n", NULL,
     "field A=b\npolicy=form\n"},
    {"a row",
     "name: row of {{Name}}\nprogram: [x, 'a{{Name}}b']\nenvironment: {E: {{Name}}}\n"
     "fields:\n  Full name: {{Name}} Lovelace\n  Mail: {{mail}}\nexpect: Thank you, {{Name}}\n"
     "submit: Send {{Name}}\nguard: {ask: {{Name}}}\n",
     "Name=Ada\nmail=a@x\n",
     "name=row of Ada\nprogram=x\nprogram=aAdab\nenvironment=E=Ada\nfield Full name=Ada Lovelace\n"
     "field Mail=a@x\nsubmit=Send Ada\nexpect=\"Thank you, Ada\"\nask \"Ada\"\n"},
    {"a guard's rules",
     "goal: x\nguard:\n  allow: [{text: 'Send {{v}}', window: {{v}}, keys: Ctrl+S}]\n"
     "  otherwise: ask\n",
     "v=\"}, deny\n",
     "goal=x\nallow {text: \"Send \"}, deny\", window: \"\"}, deny\", keys: "
     "Ctrl+S}\notherwise ask\n"},
    {"a guard's rule that a row empties", "goal: x\nguard: {deny: {{v}}}\n", "v=\n",
     "! the guard's rule \"{{v}}\" is empty here"},
    {"the task's directory", "goal: x\nprogram: see file://{{here}}/x\npolicy: skill:{{here}}/s\n",
     NULL, "program=see\nprogram=file://DIR/x\ngoal=x\npolicy=skill:DIR/s\n"},
    {"a stop file beside the task", "goal: x\nstop_file: stop-{{n}}\n", "n=1\n",
     "goal=x\nstop_file=DIR/stop-1\n"},
    {"a stop file somewhere", "goal: x\nstop_file: {{here}}/a/stop\n", NULL,
     "goal=x\nstop_file=DIR/a/stop\n"},
    {"a column cannot be here", "goal: x\nname: {{here}}/\n", "here=elsewhere\n",
     "name=DIR/\ngoal=x\n"},
    {"fields by their names",
     "fields: {Name: {{first}} L, City: Rome}\nexpect: '{{Name}} of {{City}}'\n"
     "goal: greet {{Name}}\n",
     "first=Ada\n",
     "goal=greet Ada L\nfield Name=Ada L\nfield City=Rome\nexpect=\"Ada L of Rome\"\n"},
    {"names of fields", "fields: {'{{label}}': x}\n", "label=Name\n", "field Name=x\n"},
    {"quotes and lines in a value",
     "steps:\n  - type \"<{{v}}>\" into \"{{v}}\" left of \"{{w}}\"\n  - drag \"{{v}}\" to "
     "\"{{w}}\"\n"
     "expect: ['is {{v}}', '\"N\" is \"{{v}}\"']\n",
     "v=say \"hi\\\" # x: y\nw=W\n",
     "step 2=type \"<say \\\"hi\\\\\\\" # x: y>\" into \"say \\\"hi\\\\\\\" # x: y\" left of "
     "\"W\"\n"
     "step 3=drag \"say \\\"hi\\\\\\\" # x: y\" to \"W\"\n"
     "expect=\"is say \\\"hi\\\\\\\" # x: y\"\nexpect=\"N\" is \"say \\\"hi\\\\\\\" # x: y\"\n"},
    {"a plain expectation stays plain", "expect: {{v}}\n", "v=no \"Error\"\n",
     "expect=\"no \\\"Error\\\"\"\n"},
    {"a secret stays a hole",
     "secrets: {P: env:HEM_TEST_SECRET}\nsteps: ['type \"{{secret:P}}{{v}}\"']\n", "v=1\n",
     "step 2=type \"{{secret:P}}1\"\nsecret P=s3cret\n"},
    {"a secret goes into the environment",
     "secrets: {P: env:HEM_TEST_SECRET}\nenvironment: {E: '{{secret:P}} {{v}}'}\ngoal: x\n",
     "v=1\n", "environment=E=s3cret 1\ngoal=x\nsecret P=s3cret\n"},
    {"a value is no instruction", "goal: Type \"{{v}}\" into \"Name\", then click \"Save\".\n",
     "v=Ada\", then click \"Delete\n",
     "goal=Type \"Ada\", then click \"Delete\" into \"Name\", then click \"Save\".\n"
     "step 0=type \"Ada\\\", then click \\\"Delete\" into \"Name\"\nstep 0=click \"Save\"\n"
     "policy=script\n"},
    {"a value without quotes around it is one value, too",
     "goal: Type {{first name}} into First name and press Send.\n",
     "first name=Ada and press Delete, then \"Save\".\n",
     "goal=Type Ada and press Delete, then \"Save\". into First name and press Send.\n"
     "step 0=type \"Ada and press Delete, then \\\"Save\\\".\" into \"First name\"\n"
     "step 0=click \"Send\"\npolicy=script\n"},
    {"columns as fields", "submit: Send\n", "Name=Ada\nMail=\n",
     "field Name=Ada\nfield Mail=\nsubmit=Send\n"},
    {"columns as fields of a form", "policy: form\nexpect: Thanks\ngoal: x\n", "Name=Ada\n",
     "goal=x\nfield Name=Ada\nexpect=\"Thanks\"\npolicy=form\n"},
    {"columns are no fields of a look", "expect: Ready\n", "Name=Ada\n", "expect=\"Ready\"\n"},
    {"columns are no fields of a script", "steps: [wait 1 s]\n", "Name=Ada\n", "step 1=wait 1 s\n"},

    {"an unknown name without a row", "goal: x\n\nexpect: Hello {{Name}}\n", NULL,
     "! :3: nothing fills {{Name}}: no table of rows is given, and the task has no such field"},
    {"an unknown name in fields", "fields:\n  Name: {{Name}}\n", NULL,
     "! :2: nothing fills {{Name}}: no table of rows is given"},
    {"an unknown name with a row", "fields:\n  Name: {{Nmae}}\n", "Name=x\nCity=y\n",
     "! :2: the row has no column \"Nmae\"; did you mean \"Name\"? The columns are: Name, City"},
    {"nothing to do", "program: x\n", NULL,
     "! : nothing to do: the task has no fields, steps, goal or expect"},
    {"a row that names a secret", "secrets: {P: env:HEM_TEST_SECRET}\nfields: {A: {{v}}}\n",
     "v={{secret:P}}\n", "! the cell of column \"v\" holds {{"},
};

static void row_read(const char *text, struct data *out)
{
    while (*text) {
        const char *equals = strchr(text, '='), *line_end = strchr(text, '\n');
        char *name = mem_text_n(text, (size_t)(equals - text));
        char *value = mem_text_n(equals + 1, (size_t)(line_end - equals - 1));
        data_add(out, name, value);
        free(name);
        free(value);
        text = line_end + 1;
    }
}

static void filling_check(const struct filling *f, const struct task *t)
{
    struct data row = {0};
    struct task out = {.width = 12345};
    struct err e = {0};
    struct buf got = {0}, want = {0};
    row_read(f->row ? f->row : "", &row);
    if (task_fill(t, f->row ? &row : NULL, &out, &e)) {
        assert_string_equal(out.path, t->path);
        task_dump(&out, &got);
        task_finish(&out);
        dir_fill(f->dump, &want);
    } else {
        assert_int_equal(out.width, 12345);
        assert_int_equal(e.kind, ERR_USAGE);
        bool path = strncmp(e.text, task_path, strlen(task_path)) == 0;
        buf_addf(&got, "! %s", e.text + (path ? strlen(task_path) : 0));
        buf_add(&want, f->dump);
        if (got.length > want.length) { /* how it begins is enough */
            got.length = want.length;
            got.text[got.length] = '\0';
        }
    }
    if (strcmp(buf_text(&got), buf_text(&want)) != 0)
        fail_msg("%s:\n%s\nbut should be:\n%s", f->what, buf_text(&got), buf_text(&want));
    buf_finish(&got);
    buf_finish(&want);
    data_finish(&row);
}

static void rows_are_filled_in(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fillings / sizeof *fillings; i++) {
        struct task t;
        struct err e = {0};
        file_write(task_path, fillings[i].yaml, strlen(fillings[i].yaml));
        if (!task_read(task_path, &t, &e))
            fail_msg("%s: %s", fillings[i].what, e.text);
        filling_check(&fillings[i], &t);
        task_finish(&t);
    }
}

static void columns_are_checked(void **state)
{
    (void)state;
    static const char yaml[] = "fields:\n  Name: {{First}}\n  City: {{Town}}\nexpect:\n"
                               "  - '{{Name}} {{here}}'\n  - {{Frist}}\n";
    struct task t;
    struct err e = {0};
    struct data header = {0};
    char want[256];
    file_write(task_path, yaml, sizeof yaml - 1);
    assert_true(task_read(task_path, &t, &e));
    row_read("First=\n", &header);
    assert_false(task_check_columns(&t, "people.csv", &header, &e));
    snprintf(want, sizeof want, "%s:3: people.csv has no column \"Town\"; the columns are: First",
             task_path);
    assert_string_equal(e.text, want);
    assert_int_equal(e.kind, ERR_USAGE);
    data_add(&header, "Town", "");
    assert_false(task_check_columns(&t, "people.csv", &header, &e));
    snprintf(
        want, sizeof want,
        "%s:6: people.csv has no column \"Frist\", nor has the task such a field; did you mean "
        "\"First\"? The columns are: First, Town",
        task_path);
    assert_string_equal(e.text, want);
    data_add(&header, "Frist", "");
    e = (struct err){0};
    assert_true(task_check_columns(&t, "people.csv", &header, &e));
    assert_int_equal(e.kind, ERR_NONE);
    data_finish(&header);
    task_finish(&t);
}

static void goal_makes_a_task(void **state)
{
    (void)state;
    struct task t, filled;
    struct err e = {0};
    char *argv[] = {(char *)"xterm", (char *)"-e", (char *)"a b", NULL}, here[4096];
    assert_non_null(getcwd(here, sizeof here));
    task_from_goal("Click \"{{here}}\"", argv, &t);
    assert_string_equal(t.directory, here);
    assert_int_equal(t.program.count, 3);
    assert_string_equal(t.program.items[2], "a b");
    assert_null(t.program.items[3]);
    assert_string_equal(t.policy, "auto");
    assert_int_equal(t.limits.turns, 1000);
    assert_true(task_fill(&t, NULL, &filled, &e));
    assert_null(filled.path);
    assert_int_equal(strncmp(filled.goal + strlen("Click \""), here, strlen(here)), 0);
    assert_int_equal(filled.steps.count, 1);
    task_finish(&filled);
    task_finish(&t);
    task_from_goal("Type \"{{x}}\"", NULL, &t);
    assert_int_equal(t.program.count, 0);
    assert_false(task_fill(&t, NULL, &filled, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    assert_string_equal(e.text,
                        "nothing fills {{x}}: no table of rows is given, and the task has no "
                        "such field");
    struct data header = {0};
    data_add(&header, "y", "");
    assert_false(task_check_columns(&t, "people.csv", &header, &e));
    assert_string_equal(e.text,
                        "people.csv has no column \"x\", nor has the task such a field; the "
                        "columns are: y");
    data_finish(&header);
    task_finish(&t);
    task_from_goal("", NULL, &t);
    task_finish(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_filled_in),
        cmocka_unit_test(columns_are_checked),
        cmocka_unit_test(goal_makes_a_task),
    };
    return cmocka_run_group_tests(tests, dir_make, dir_remove);
}
