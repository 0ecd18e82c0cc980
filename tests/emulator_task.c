/* task: what is read of task files of all kinds, and what is said of bad ones. */
#include "tests/task_files.h"

struct good {
    const char *what;
    const char *yaml;
    const char *dump; /* DIR is the task's directory */
};

static const struct good goods[] = {
    {"nothing but a goal", "goal: Click Save\n", "goal=Click Save\n"},
    {"the example of the documentation",
     "name: contact form\n"
     "program: [chromium, --app=file://{{here}}/contact.html]\n"
     "screen: 1280x800\n"
     "goal: Fill in the contact form and send it.     # for literal and model policies\n"
     "fields:                                         # for the form policy\n"
     "  First name: Ada\n"
     "  Country: United Kingdom\n"
     "  I agree: yes\n"
     "submit: Send\n"
     "expect: [\"Thank you, Ada\"]                      # what must be seen\n"
     "steps: []                                       # or: exactly these steps\n"
     "policy: auto                                    # form | literal | script\n"
     "secrets: {Password: env:HEM_TEST_SECRET}\n"
     "limits: {seconds: 60, turns: 200, dollars: 0.50}\n"
     "guard: {ask: [\"Pay\", \"Delete\"], deny: [\"Close account\"]}\n",
     "name=contact form\n"
     "program=chromium\nprogram=--app=file://{{here}}/contact.html\n"
     "goal=Fill in the contact form and send it.\n"
     "field First name=Ada\nfield Country=United Kingdom\nfield I agree=yes\n"
     "submit=Send\n"
     "expect=\"Thank you, Ada\"\n"
     "secret Password=s3cret\nsecret field=Password\n"
     "seconds=60\nturns=200\ndollars=0.5\n"
     "ask \"Pay\"\nask \"Delete\"\ndeny \"Close account\"\n"},
    {"JSON",
     "{\"name\":\"a\\u00e9\\n\",\"program\":[\"xterm\",\"-e\",\"a b\"],\"fields\":{\"Note: all\":"
     "\"x: {y}, [z] #1 \\\"q: r\\\"\",\"n\":1.50,\"b\":true,\"none\":null,\"l\":[\"1\",2]},"
     "\"guard\":{\"windows\":{\"ask\":[\"A\"],\"deny\":[\"D\"]},\"ask\":\"X\"},"
     "\"limits\":{\"turns\":5}}",
     "name=aé\n\nprogram=xterm\nprogram=-e\nprogram=a b\n"
     "field Note: all=x: {y}, [z] #1 \"q: r\"\nfield n=1.50\nfield b=true\nfield none=\n"
     "field l=1\nfield l=2\nturns=5\nask {window: \"A\"}\nask \"X\"\ndeny {window: \"D\"}\n"},
    {"values stay as written",
     "fields:\n  Code: 007\n  Agree: yes\n  Date: 2024-01-31\n  Time: 12:30:45\n  Sum: 1_000.50\n"
     "  Hex: 0x1F\n  No: No\n  Price: 3.50 €\n  Null: 'null'\n  Tilde: \"~\"\n  Empty:\n"
     "  Quoted: ''\n  Phone: +44 20\n  Minus: -5\n  Tag: !!str yes\n  Url: http://x/#a\n",
     "field Code=007\nfield Agree=yes\nfield Date=2024-01-31\nfield Time=12:30:45\n"
     "field Sum=1_000.50\nfield Hex=0x1F\nfield No=No\nfield Price=3.50 €\nfield Null=null\n"
     "field Tilde=~\nfield Empty=\nfield Quoted=\nfield Phone=+44 20\nfield Minus=-5\n"
     "field Tag=yes\nfield Url=http://x/#a\n"},
    {"several of one field", "fields:\n  Interests: [Music, Art]\n  None: []\n  Last: x\n",
     "field Interests=Music\nfield Interests=Art\nfield Last=x\n"},
    {"lines of text",
     "fields:\n  Notes: |\n    one: 1\n    \"two\" # 2\n  Folded: >\n    a\n    b\n",
     "field Notes=one: 1\n\"two\" # 2\nfield Folded=a b\n"},
    {"byte order mark, CR LF", "\xEF\xBB\xBFname: x\r\nfields:\r\n  A: b\r\n",
     "name=x\nfield A=b\n"},
    {"a directive and a document's marks", "%YAML 1.1\n---\ngoal: x\n...\n", "goal=x\n"},
    {"keys with nothing behind them",
     "goal: x\nname:\nsubmit:\nexpect:\nsteps:\nfields:\nsecrets:\nlimits:\nguard:\nscreen:\n"
     "policy:\nenvironment: ~\nwindow_manager: null\nlanguage:\n",
     "goal=x\n"},

    {"holes need no quotes",
     "program: [chromium, --app=file://{{here}}/a.html, {{extra}}]\n"
     "fields: {Name: {{First name}} {{Last, name}}, Other: x{{#}}y}\n"
     "goal: {{goal}} and more\nexpect: [{{a}}, \"{{b}}\", 'c {{ d }} e']\n",
     "program=chromium\nprogram=--app=file://{{here}}/a.html\nprogram={{extra}}\n"
     "goal={{goal}} and more\n"
     "field Name={{First name}} {{Last, name}}\nfield Other=x{{#}}y\n"
     "expect=\"{{a}}\"\nexpect=\"{{b}}\"\nexpect=\"c {{ d }} e\"\n"},
    {"holes in JSON", "{\"fields\": {\"a\": \"{{x}}\", \"b\": {{y}}}, \"limits\": {\"turns\": 7}}",
     "field a={{x}}\nfield b={{y}}\nturns=7\n"},

    {"steps need no quotes",
     "steps:\n"
     "  - click \"Room #5: left\"   # a comment\n"
     "  - type \"a: b, {c} [d]\" into \"Name: \"\n"
     "  - click #12\n"
     "  - 'click \"single\"'\n"
     "  - press Ctrl+S\n"
     "  -   expect \"100 % # done\"\n"
     "  - \"click \\\"double\\\"\"\n"
     "  - type \"say \\\"hi: #1\\\"\" into \"X\"\n",
     "step 2=click \"Room #5: left\"\n"
     "step 3=type \"a: b, {c} [d]\" into \"Name: \"\n"
     "step 4=click #12\n"
     "step 5=click \"single\"\n"
     "step 6=press Ctrl+S\n"
     "step 7=expect \"100 % # done\"\n"
     "step 8=click \"double\"\n"
     "step 9=type \"say \\\"hi: #1\\\"\" into \"X\"\n"},
    {"steps in brackets", "steps: [click \"A\", 'type \"a, b\"', wait 2 s]\npolicy: script\n",
     "step 1=click \"A\"\nstep 1=type \"a, b\"\nstep 1=wait 2 s\npolicy=script\n"},
    {"steps and fields with a policy", "steps: [wait 1 s]\nfields: {a: b}\npolicy: form\n",
     "field a=b\nstep 1=wait 1 s\npolicy=form\n"},
    {"a goal with a colon in quotes", "goal: Type \"a: b # c\" into Name  # yes\n",
     "goal=Type \"a: b # c\" into Name\n"},
    {"quotes that are YAML's own",
     "fields: {a: '5\"', b: '6\"', \"c\": \"d: e\"}\nname: \"x # y\"  # \"z: \"\n",
     "name=x # y\nfield a=5\"\nfield b=6\"\nfield c=d: e\n"},
    {"an inch sign", "fields:\n  Size: 5\" # five\n  Other: it's 6\"\n",
     "field Size=5\"\nfield Other=it's 6\"\n"},

    {"what is expected",
     "expect:\n"
     "  - Thank you\n"
     "  - \"No errors: 0\"\n"
     "  - '\"Name\" is \"Ada\"'\n"
     "  - no \"Error\" within 3 s\n"
     "  - button \"Save\"\n"
     "  - no problem\n"
     "  - say \"hello\" to all\n"
     "  - '\"I agree\" checked'\n",
     "expect=\"Thank you\"\nexpect=\"No errors: 0\"\nexpect=\"Name\" is \"Ada\"\n"
     "expect=no \"Error\" within 3 s\nexpect=button \"Save\"\nexpect=\"no problem\"\n"
     "expect=\"say \\\"hello\\\" to all\"\nexpect=\"I agree\" checked\n"},
    {"one text is expected", "expect: Thank you\n", "expect=\"Thank you\"\n"},
    {"submit in quotes", "goal: x\nsubmit: '\"Send now\"'\n", "goal=x\nsubmit=Send now\n"},
    {"submit with its role", "goal: x\nsubmit: button \"Send: now\"\n",
     "goal=x\nsubmit=Send: now\n"},
    {"submit with a quotation mark", "goal: x\nsubmit: The \"big\" one\n",
     "goal=x\nsubmit=The \"big\" one\n"},

    {"a program as a text", "goal: x\nprogram: xterm  -e top -b --x={{ some name }}/y\n",
     "program=xterm\nprogram=-e\nprogram=top\nprogram=-b\nprogram=--x={{ some name }}/y\ngoal=x\n"},
    {"an empty argument", "goal: x\nprogram: [yad, --text, '']\n",
     "program=yad\nprogram=--text\nprogram=\ngoal=x\n"},
    {"environment", "goal: x\nenvironment: {LANG: de_DE.UTF-8, EMPTY: , N: 5, E: 'a=b'}\n",
     "environment=LANG=de_DE.UTF-8\nenvironment=EMPTY=\nenvironment=N=5\nenvironment=E=a=b\n"
     "goal=x\n"},
    {"the smallest screen", "goal: x\nscreen: 64x64\n", "screen=64x64\ngoal=x\n"},
    {"the largest screen", "goal: x\nscreen: 16384 X 4096\n", "screen=16384x4096\ngoal=x\n"},
    {"other words",
     "goal: x\nwindow_manager: none\nlanguage: deu+eng\npaste: Ctrl+V\n"
     "guard: {deny: Buy}\n",
     "window_manager=none\ngoal=x\ndeny \"Buy\"\nlanguage=deu+eng\npaste=Ctrl+V\n"},
    {"a guard",
     "goal: x\nguard:\n  ask: Pay\n  deny:\n    - Close account\n    - {role: button, text: "
     "Delete}\n    - {region: [0, 0, 1280, 40], action: click}\n    - region: 0,5,7,9\n"
     "    - keys: ctrl+w\n      window: Bank\n  allow: [{action: type}]\n  otherwise: deny\n"
     "  windows: {ask: A, deny: [D]}\n",
     "goal=x\nallow {action: type}\nask \"Pay\"\nask {window: \"A\"}\ndeny \"Close account\"\n"
     "deny {text: \"Delete\", role: button}\ndeny {region: [0, 0, 1280, 40], action: click}\n"
     "deny {region: [0, 5, 7, 9]}\ndeny {window: \"Bank\", keys: ctrl+w}\n"
     "deny {window: \"D\"}\notherwise deny\n"},
    {"limits", "goal: x\nlimits: {seconds: 0.5, turns: 1, dollars: 0}\n",
     "goal=x\nseconds=0.5\nturns=1\ndollars=0\n"},
    {"the limit of a run", "goal: x\nlimits: {dollars: 0.5, run_dollars: 5}\n",
     "goal=x\ndollars=0.5\nrun dollars=5\n"},
    {"a key in the environment", "goal: x\nkey: env:HEM_TEST_SECRET\n", "goal=x\nkey=s3cret\n"},
    {"a key in a file", "goal: x\nkey: file:secret.txt\n", "goal=x\nkey=hunter2\n"},
    {"no key", "goal: x\nkey:\n", "goal=x\n"},
    {"policies with a name", "goal: x\npolicy: model:anthropic/claude\n",
     "goal=x\npolicy=model:anthropic/claude\n"},
    {"a skill beside the task", "policy: skill:login.skill\n", "policy=skill:DIR/login.skill\n"},
    {"a skill somewhere", "policy: skill:{{here}}/x.skill\n", "policy=skill:{{here}}/x.skill\n"},
    {"secrets",
     "secrets:\n  User: env:HEM_TEST_SECRET\n  Password: file:secret.txt\n  Pin: "
     "env:HEM_TEST_SECRET\n"
     "  Token: env:HEM_TEST_SECRET\n"
     "fields:\n  User: ada\n  PIN: '{{ secret: Pin }}'\n"
     "environment: {T: x{{secret:Token}}}\n",
     "environment=T=x{{secret:Token}}\nfield User=ada\nfield PIN={{ secret: Pin }}\n"
     "secret User=s3cret\nsecret Password=hunter2\nsecret Pin=s3cret\nsecret Token=s3cret\n"
     "secret field=Password\n"},
};

static void good_files_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
        struct task t;
        struct err e = {0};
        struct buf dump = {0}, want = {0};
        file_write(task_path, goods[i].yaml, strlen(goods[i].yaml));
        if (!task_read(task_path, &t, &e))
            fail_msg("%s: %s", goods[i].what, e.text);
        assert_string_equal(t.path, task_path);
        assert_string_equal(t.directory, dir);
        task_dump(&t, &dump);
        dir_fill(goods[i].dump, &want);
        if (strcmp(buf_text(&dump), buf_text(&want)) != 0)
            fail_msg("%s:\n%s\nbut should be:\n%s", goods[i].what, buf_text(&dump),
                     buf_text(&want));
        buf_finish(&dump);
        buf_finish(&want);
        task_finish(&t);
    }
}

struct bad {
    const char *what;
    const char *yaml;
    size_t size;       /* 0: up to the terminator */
    const char *error; /* how it begins, behind the path */
};

static const struct bad bads[] = {
    {"empty", "", 0, ":1: the file is empty"},
    {"comments only", "# nothing\n\n", 0, ":1: the file is empty"},
    {"an empty document", "---\n", 0, ":2: the file is empty"},
    {"a list", "- goal: x\n", 0, ":1: the task is a list; it must be a map"},
    {"a text", "click Save\n", 0, ":1: the task is a text; it must be a map"},
    {"an unknown key", "name: x\nfeilds:\n  a: b\n", 0,
     ":2: unknown key \"feilds\"; did you mean \"fields\"?"},
    {"a key like no other", "wxyzzy: 1\n", 0,
     ":1: unknown key \"wxyzzy\"; there are: name, program, environment, screen,"},
    {"a limit that is none", "goal: x\nlimits:\n  secnds: 5\n", 0,
     ":3: unknown key \"secnds\" in limits; did you mean \"seconds\"?"},
    {"a guard's key", "guard: {windows: {aks: [x]}}\n", 0,
     ":1: unknown key \"aks\" in windows; did you mean \"ask\"?"},
    {"a guard's word", "guard:\n  deny: x\n  otherwise: denny\n", 0,
     ":3: there is no verdict \"denny\"; did you mean \"deny\"?"},
    {"a guard that allows only", "guard: {allow: [Save]}\n", 0,
     ":1: allow alone forbids nothing; add otherwise: ask or otherwise: deny"},
    {"a rule's role", "guard:\n  deny:\n    - {role: buton}\n", 0,
     ":3: there is no role \"buton\"; did you mean \"button\"?"},
    {"a rule's role like no other", "guard: {deny: [{role: wxyzzy}]}\n", 0,
     ":1: there is no role \"wxyzzy\"; there are: button, textbox,"},
    {"a rule's action", "guard:\n  ask:\n    - text: x\n      action: tipe\n", 0,
     ":4: there is no kind of action \"tipe\"; did you mean \"type\"?"},
    {"a rule's keys", "guard: {deny: [{keys: Ctrl+Foo}]}\n", 0,
     ":1: there is no key \"Foo\" in \"Ctrl+Foo\""},
    {"a rule's key", "guard:\n  deny:\n    - {txt: x}\n", 0,
     ":3: there is no key of a rule \"txt\"; did you mean \"text\"?"},
    {"a region of three", "guard: {deny: [{region: [1, 2, 3]}]}\n", 0,
     ":1: region must be x, y, width and height in pixels"},
    {"a region without size", "guard: {deny: [{region: [1, 2, 3, 0]}]}\n", 0, ":1: region must be"},
    {"a region of five", "guard: {deny: [{region: '1,2,3,4,5'}]}\n", 0, ":1: region must be"},
    {"a rule about nothing", "guard: {deny: [{}]}\n", 0, ":1: a rule without a condition"},
    {"an empty rule", "guard: {deny: ['']}\n", 0, ":1: a rule that is empty"},
    {"an empty condition", "guard: {deny: [{text: }]}\n", 0, ":1: text is empty"},
    {"a rule that is a list", "guard: {deny: [[x]]}\n", 0,
     ":1: a rule is a text or a map, such as {role: button, text: Delete}, not a list"},
    {"a window's rule that is a map", "guard: {windows: {deny: [{text: x}]}}\n", 0,
     ":1: a rule is a text, not a map"},
    {"a merge key", "<<: {goal: x}\n", 0, ":1: unknown key \"<<\""},
    {"a key twice", "goal: x\nname: y\ngoal: z\n", 0,
     ":3: \"goal\" stands here for the second time; the first is in line 1"},
    {"a field twice", "fields:\n  A: 1\n  B: 2\n  A: 3\n", 0,
     ":4: \"A\" stands here for the second time; the first is in line 2"},
    {"a key that is a list", "[a]: x\n", 0, ":1: a key is a text, not a list"},
    {"a key without a name", "fields:\n  '': x\n", 0, ":2: a key without a name"},

    {"a name that is a list", "name: [a]\n", 0, ":1: name must be a text, not a list"},
    {"an empty name", "name: ''\n", 0, ":1: name is empty"},
    {"fields that are a text", "name: x\nfields: First name\n", 0,
     ":2: fields is a text; it must be a map of labels and values, such as {First name: Ada,"},
    {"fields that are a list", "fields:\n  - First name: Ada\n", 0,
     ":2: fields is a list; it must be a map"},
    {"a field that is a map", "fields:\n  Name:\n    first: Ada\n", 0,
     ":3: the value of \"Name\" must be a text or a list of texts, not a map"},
    {"a list in a list", "fields: {a: [[b]]}\n", 0,
     ":1: the value of \"a\" must be a text or a list of texts, not a list in a list"},
    {"limits that are a number", "limits: 5\n", 0, ":1: limits is a text; it must be a map"},
    {"a misspelt verb", "steps:\n  - click \"A\"\n\n  - clcik \"B\"\n", 0, ":4: "},
    {"an open quote", "steps:\n  - click \"A\n", 0, ":2: "},
    {"a step that is a map", "steps:\n  - wait for: x\n", 0,
     ":2: a step must be a line of text, not a map; put single quotes around it"},
    {"steps that are a text", "steps: click \"A\"\n", 0, ":1: steps is a text; it must be a list"},
    {"an empty step", "steps:\n  -\n", 0, ":2: "},
    {"an expectation with half a step", "expect:\n  - x\n  - '\"Name\" is'\n", 0, ":3: "},
    {"an expectation that is a map", "expect:\n  - Total: 5\n", 0,
     ":2: expect must be a list of texts; item 1 is a map (put a text that holds"},
    {"an empty expectation", "expect: ['']\n", 0, ":1: item 1 of expect is empty"},
    {"submit for the second one", "goal: x\nsubmit: 2nd button \"Send\"\n", 0,
     ":2: submit must be the text on a button"},
    {"no screen", "screen: big\n", 0,
     ":1: screen must be width x height, such as 1280x800, not \"big\""},
    {"half a screen", "screen: 1280x\n", 0, ":1: screen must be from 64x64"},
    {"a screen and more", "screen: 1280x800x24\n", 0, ":1: screen must be width x height"},
    {"a small screen", "screen: 63x64\n", 0, ":1: screen must be from 64x64 to 16384x16384"},
    {"a large screen", "screen: 64x16385\n", 0, ":1: screen must be from 64x64 to 16384x16384"},
    {"too many pixels", "screen: 16384x4097\n", 0,
     ":1: screen must be from 64x64 to 16384x16384 and at most 67108864 pixels"},
    {"a huge screen", "screen: 99999999999x100\n", 0, ":1: screen must be width x height"},
    {"a negative screen", "screen: -100x100\n", 0, ":1: screen must be width x height"},
    {"a screen as a list", "screen: [1280, 800]\n", 0,
     ":1: screen must be a text such as 1280x800, not a list"},
    {"seconds with a unit", "limits:\n  seconds: 5m\n", 0,
     ":2: seconds must be a number, not \"5m\""},
    {"seconds of nothing", "limits: {seconds: ''}\n", 0, ":1: seconds must be a number, not \"\""},
    {"no seconds", "limits: {seconds: 0}\n", 0, ":1: seconds must be from 0.001 to 604800, not 0"},
    {"endless seconds", "limits: {seconds: inf}\n", 0, ":1: seconds must be a number"},
    {"seconds beyond numbers", "limits: {seconds: 1e999}\n", 0, ":1: seconds must be from"},
    {"half a turn", "limits: {turns: 1.5}\n", 0, ":1: turns must be a whole number, not \"1.5\""},
    {"turns in words", "limits: {turns: many}\n", 0, ":1: turns must be a number, not \"many\""},
    {"negative dollars", "limits: {dollars: -1}\n", 0, ":1: dollars must be from 0 to 1000000"},
    {"a list of dollars", "limits: {dollars: [1]}\n", 0,
     ":1: dollars must be a number, not a list"},
    {"an empty program", "program:\n", 0, ":1: program is empty"},
    {"an empty list", "program: []\n", 0, ":1: program is empty"},
    {"a program of nothing", "program: ['', x]\n", 0, ":1: program is empty"},
    {"a program of spaces", "program: '  '\n", 0, ":1: program is empty"},
    {"a program that is a map", "program: {a: b}\n", 0, ":1: program is a list or a text"},
    {"an argument that is a map", "program:\n  - a\n  - b: c\n", 0,
     ":3: program is a list of texts; item 2 is a map"},
    {"a program for a shell", "program: a | b\n", 0,
     ":1: program is started without a shell, which \"|\" would need; write a list"},
    {"a program with quotes", "program: xterm -e 'a b'\n", 0,
     ":1: program is started without a shell, which \"'a\" would need"},
    {"environment as a list", "environment: [A=b]\n", 0,
     ":1: environment is a list; it must be a map, such as {LANG: C.UTF-8}"},
    {"a variable with a sign", "environment: {A=B: c}\n", 0,
     ":1: \"A=B\" is no name of a variable"},
    {"a list in a variable", "environment: {A: [b]}\n", 0,
     ":1: the variable A must be a text, not a list"},
    {"keys that are none", "goal: x\npaste: Ctrl+Frob\n", 0,
     ":2: paste must be the keys that the program pastes at, such as Ctrl+V, not \"Ctrl+Frob\""},
    {"a language with a path", "language: ../x\n", 0, ":1: language must be one of Tesseract's"},

    {"a misspelt policy", "goal: x\npolicy: from\n", 0,
     ":2: unknown policy \"from\"; did you mean \"form\"?; there are auto,"},
    {"a skill without steps", "policy: skill\n", 0,
     ":1: the policy skill needs steps, or a file: skill:FILE"},
    {"a skill of nothing", "policy: 'skill:'\n", 0,
     ":1: skill: needs a file behind it; alone it means the task's own steps"},
    {"a skill to be tried that is missing", "goal: x\nskill: x.skill\n", 0,
     ":2: cannot open the skill "},
    {"a folder that is missing", "goal: x\nhere: nowhere/at-all\n", 0,
     ":2: cannot open the folder "},
    {"a skill that is missing", "policy: skill:x.skill\n", 0, ":1: cannot open the skill "},
    {"a model without a name", "policy: model\n", 0, ":1: the policy model needs a name"},
    {"a script without steps", "goal: x\npolicy: script\n", 0, ":2: the policy script needs steps"},
    {"a literal without a goal", "policy: literal\n", 0, ":1: the policy literal needs a goal"},
    {"a model without a goal", "fields: {a: b}\npolicy: model:x/y\n", 0,
     ":2: the policy model:x/y needs a goal"},
    {"steps and fields", "fields: {a: b}\nsteps: [wait 1 s]\n", 0,
     ":2: there are steps and fields; say which decide: policy: script or policy: form"},

    {"a variable that is not set", "name: x\nsecrets:\n  P: env:HEM_TEST_UNSET\n", 0,
     ":3: the secret \"P\": the environment variable HEM_TEST_UNSET is not set"},
    {"a variable that is empty", "secrets: {P: env:HEM_TEST_EMPTY}\n", 0,
     ":1: the secret \"P\": the environment variable HEM_TEST_EMPTY is empty"},
    {"a variable in another encoding", "secrets: {P: env:HEM_TEST_LATIN}\n", 0,
     ":1: the secret \"P\": the environment variable HEM_TEST_LATIN is not UTF-8"},
    {"a file that is missing", "secrets: {P: file:nowhere.txt}\n", 0, ":1: the secret \"P\": "},
    {"a file that is empty", "secrets: {P: file:empty.txt}\n", 0,
     ":1: the secret \"P\": empty.txt is empty"},
    {"a secret in the file", "secrets:\n  P: hunter2\n", 0,
     ":2: the secret \"P\" must be env:NAME or file:PATH, so that it does not stand in the task"},
    {"a secret that is a list", "secrets: {P: [env:A]}\n", 0, ":1: the secret \"P\" must be env:"},
    {"a secret without a name", "secrets: {P: 'env:'}\n", 0, ":1: the secret \"P\" must be env:"},
    {"a variable's odd name", "secrets: {P: 'env:a b'}\n", 0, ":1: the secret \"P\" must be env:"},
    {"a key in the task", "goal: x\nkey: hunter2\n", 0,
     ":2: key must be env:NAME or file:PATH, so that it does not stand in the task itself"},
    {"a key that is a map", "key: {a: env:A}\n", 0, ":1: key must be env:NAME or file:PATH"},
    {"a key that is not set", "key: env:HEM_TEST_UNSET\n", 0,
     ":1: key: the environment variable HEM_TEST_UNSET is not set"},
    {"secrets that are a text", "secrets: env:A\n", 0, ":1: secrets is a text; it must be a map"},
    {"an unknown secret",
     "secrets: {Password: env:HEM_TEST_SECRET}\nfields:\n  P: '{{secret:Pasword}}'\n", 0,
     ":3: there is no secret \"Pasword\" in this task; did you mean \"Password\"?"},
    {"a secret among the arguments",
     "secrets: {P: env:HEM_TEST_SECRET}\nprogram:\n  - x\n  - --key={{secret:P}}\n", 0,
     ":4: a secret in program could be read by every user of this machine; hand it over in env"},
    {"what no step reads", "steps:\n  - read \"A\" as b\n  - type \"{{read:a}}\" into \"C\"\n", 0,
     ":3: no step reads \"a\""},
    {"what was read, elsewhere", "goal: x {{read:a}}\n", 0,
     ":1: what was read is known to steps only"},
    {"an open hole", "goal: x\nexpect: 'Hello {{Name'\n", 0, ":2: a {{ is not closed by }}"},
    {"a hole without a name", "goal: x {{ }}\n", 0, ":1: {{}} without a name in it"},

    {"not YAML", "goal: [a\nname: x\n", 0, ":2: not YAML: did not find expected"},
    {"an open quote of YAML", "goal: \"a\nname: x\n", 0, ":"},
    {"tabs", "fields:\n\tName: x\n", 0,
     ":2: not YAML: found character that cannot start any token: indent with spaces, not with"},
    {"an at sign", "fields:\n  Email: x\n  Handle: @ada\n", 0,
     ":3: not YAML: found character that cannot start any token: put a text that begins with this"},
    {"a colon too many", "goal: do: it\n", 0,
     ":1: not YAML: mapping values are not allowed in this context: put a text that holds \": \""},
    {"an anchor", "name: x\nfields: {A: &B c}\n", 0, ":2: &B without quotes means something else"},
    {"an alias", "fields:\n  Label: *required\n", 0,
     ":2: *required without quotes means something else to YAML; put the text in quotes"},
    {"a tag", "fields: {A: !important x}\n", 0, ":1: !important without quotes means"},
    {"a tag of YAML's", "fields: {A: !!binary aGk=}\n", 0, ":1: !tag:yaml.org,2002:binary"},
    {"a colour", "fields:\n  Colour: #fff\n", 0, ":2: #fff without quotes is a comment to YAML"},
    {"two documents", "goal: x\n---\ngoal: y\n", 0, ":2: a second document begins here"},
    {"deep nesting", "name: [[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]\n", 0,
     ":1: nested more than"},
    {"a NUL byte", "goal: x\nname: a\0b\n", 17, ":2: a NUL byte: this is not a text file"},
    {"an escaped NUL", "goal: x\nname: \"a\\0b\"\n", 0, ":2: a NUL character"},
    {"a control character", "goal: x\nname: a\x01\n", 0, ":2: control characters are not allowed"},
    {"Latin-1", "goal: x\n\nname: caf\xE9\n", 0, ":3: not UTF-8 (byte 0xE9)"},
    {"UTF-16", "\xFF\xFEg\0o\0", 6, ":1: not UTF-8 (byte 0xFF)"},
    {"what the shield is made of", "goal: a\xEF\xB7\x90\n", 0,
     ": holds characters that stand in no"},
};

static void bad_files_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        struct task t = {.width = 12345};
        struct err e = {0};
        size_t length = strlen(task_path);
        file_write(task_path, bads[i].yaml, bads[i].size ? bads[i].size : strlen(bads[i].yaml));
        if (task_read(task_path, &t, &e))
            fail_msg("%s: was read", bads[i].what);
        assert_int_equal(t.width, 12345);
        assert_int_equal(e.kind, ERR_USAGE);
        if (strncmp(e.text, task_path, length) != 0 ||
            strncmp(e.text + length, bads[i].error, strlen(bads[i].error)) != 0)
            fail_msg("%s: says \"%s\"", bads[i].what, e.text);
        assert_null(strstr(e.text, "hunter2"));
        assert_null(strchr(e.text + length, '\n'));
    }
}

static void path_fails(const char *path, const char *error)
{
    struct task t;
    struct err e = {0};
    assert_false(task_read(path, &t, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    assert_non_null(strstr(e.text, path));
    if (!strstr(e.text, error))
        fail_msg("%s: says \"%s\"", path, e.text);
}

static void odd_files_are_refused(void **state)
{
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/nowhere.yaml", dir);
    path_fails(path, "cannot open: No such file");
    path_fails(dir, "this is a directory");
    snprintf(path, sizeof path, "%s/large.yaml", dir);
    file_write(path, "goal: x\n", 8);
    assert_int_equal(truncate(path, 100 << 20), 0);
    path_fails(path, "larger than 4096 KiB");
    path_fails("/dev/zero", "larger than 4096 KiB");
    snprintf(path, sizeof path, "%s/pipe", dir); /* nobody writes into it: no waiting */
    assert_int_equal(mkfifo(path, 0600), 0);
    path_fails(path, "the file is empty");
    if (geteuid() != 0) {
        snprintf(path, sizeof path, "%s/locked.yaml", dir);
        file_write(path, "goal: x\n", 8);
        assert_int_equal(chmod(path, 0), 0);
        path_fails(path, "Permission denied");
    }
}

/* Text that is made to blow up: refused, whatever the reason, before it does. */
static void bombs_are_refused(void **state)
{
    (void)state;
    struct task t;
    struct err e = {0};
    struct buf text = {0};
    buf_add(&text, "a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (int c = 'b'; c <= 'z'; c++)
        buf_addf(&text, "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c - 1, c - 1,
                 c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    file_write(task_path, text.text, text.length);
    assert_false(task_read(task_path, &t, &e));
    static const char *const parts[] = {
        "[", "{", "- ", "? ", "{{", "a: ", "\"", "&a ", "!", "- x\n", "a: b\n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_reset(&text);
        for (int k = 0; k < 300000; k++)
            buf_add(&text, parts[i]);
        file_write(task_path, text.text, text.length);
        assert_false(task_read(task_path, &t, &e));
        assert_int_equal(e.kind, ERR_USAGE);
    }
    buf_reset(&text);
    buf_add(&text, "fields:\n");
    for (int k = 0; k < 30000; k++)
        buf_addf(&text, "  f%d: x\n", k);
    file_write(task_path, text.text, text.length);
    assert_false(task_read(task_path, &t, &e));
    assert_non_null(strstr(e.text, "more than 20000 values"));
    buf_finish(&text);
}

/* Any byte of a good file changed: an error with the path, or a task; never more than that. */
static void damage_is_survived(void **state)
{
    (void)state;
    static const char good[] =
        "program: [a, \"{{b}}\"]\nfields: {A: {{x}}, B: [1, 2]}\nexpect:\n  - say \"x: y\" # z\n"
        "secrets: {P: env:HEM_TEST_SECRET}\nlimits: {turns: 5}\nscreen: 100x100\n";
    static const char signs[] = "\"'{}[]:#-&*!|>%@`\\\n\t 0\xEF";
    char bad[sizeof good];
    for (size_t i = 0; i < sizeof good - 1; i++) {
        struct task t;
        struct err e = {0};
        memcpy(bad, good, sizeof good);
        bad[i] = signs[(i * 7) % (sizeof signs - 1)];
        file_write(task_path, bad, sizeof good - 1);
        if (!task_read(task_path, &t, &e)) {
            assert_int_equal(e.kind, ERR_USAGE);
            assert_int_equal(strncmp(e.text, task_path, strlen(task_path)), 0);
            continue;
        }
        task_finish(&t);
    }
}

/* `hem run <(...)`: a pipe has no directory and no name of its own. */
static void pipes_are_read(void **state)
{
    (void)state;
    int ends[2];
    char path[64];
    struct task t;
    struct err e = {0};
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "goal: x\n", 8), 8);
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    if (!task_read(path, &t, &e))
        fail_msg("%s", e.text);
    assert_string_equal(t.goal, "x");
    assert_string_not_equal(t.directory, "/dev/fd");
    task_finish(&t);
    close(ends[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_files_are_read),   cmocka_unit_test(bad_files_are_refused),
        cmocka_unit_test(odd_files_are_refused), cmocka_unit_test(bombs_are_refused),
        cmocka_unit_test(damage_is_survived),    cmocka_unit_test(pipes_are_read),
    };
    return cmocka_run_group_tests(tests, dir_make, dir_remove);
}
