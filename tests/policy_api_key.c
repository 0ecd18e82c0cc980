/* Where the key for a model's server comes from, and where it never goes. */
#include "policy/api_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "tests/programs.h"

static const char *folder;
static struct buf config; /* the folder of the user's own files */

static int home_make(void **state)
{
    (void)state;
    folder = new_folder();
    setenv("HOME", folder, 1);
    unsetenv("XDG_CONFIG_HOME");
    buf_addf(&config, "%s/.config", folder);
    mkdir(buf_text(&config), 0700);
    buf_add(&config, "/hem");
    return mkdir(buf_text(&config), 0700);
}

static int home_remove(void **state)
{
    (void)state;
    remove_folder(folder);
    buf_finish(&config);
    return 0;
}

static void keys_write(const char *text, mode_t mode)
{
    struct buf path = {0};
    buf_addf(&path, "%s/keys", buf_text(&config));
    unlink(buf_text(&path));
    if (text) {
        write_file(buf_text(&config), "keys", text);
        chmod(buf_text(&path), mode);
    }
    buf_finish(&path);
}

#define SECRET "hunter2hunter2"

static const struct {
    const char *url, *given, *environment, *file;
    mode_t mode;
    const char *key; /* NULL: refused */
    const char *said;
} keys[] = {
    /* the environment */
    {"https://api.anthropic.com/v1", NULL, "ANTHROPIC_API_KEY=" SECRET, NULL, 0, SECRET, NULL},
    {"https://api.openai.com/v1", NULL, "OPENAI_API_KEY=" SECRET, NULL, 0, SECRET, NULL},
    {"https://generativelanguage.googleapis.com", NULL, "GOOGLE_API_KEY=" SECRET, NULL, 0, SECRET,
     NULL},
    {"https://generativelanguage.googleapis.com", NULL, "GEMINI_API_KEY=" SECRET, NULL, 0, SECRET,
     NULL},
    {"https://api.x.ai/v1", NULL, "XAI_API_KEY=" SECRET, NULL, 0, SECRET, NULL},
    {"https://openrouter.ai/api/v1", NULL, "OPENROUTER_API_KEY=" SECRET, NULL, 0, SECRET, NULL},
    {"https://llm.example.com/v1", NULL, "HEM_API_KEY=" SECRET, NULL, 0, SECRET, NULL},
    {"http://127.0.0.1:8000/v1", NULL, "HEM_API_KEY=" SECRET, NULL, 0, SECRET, NULL},
    {"http://127.0.0.1:8000/v1", NULL, NULL, NULL, 0, "", NULL},
    /* none, and one for another host */
    {"https://api.anthropic.com/v1", NULL, NULL, NULL, 0, NULL,
     "there is no key for api.anthropic.com: set the environment variable ANTHROPIC_API_KEY"},
    {"https://api.anthropic.com/v1", NULL, "ANTHROPIC_API_KEY=", NULL, 0, NULL, "there is no key"},
    {"https://api.anthropic.com.evil.example/", NULL, "ANTHROPIC_API_KEY=" SECRET, NULL, 0, NULL,
     "HEM_API_KEY"},
    {"https://evil.example/", NULL, "OPENAI_API_KEY=" SECRET, NULL, 0, NULL, "HEM_API_KEY"},
    {"https://api.openai.com/v1", NULL, "HEM_API_KEY=" SECRET, NULL, 0, NULL, "OPENAI_API_KEY"},
    {"http://127.0.0.1:8000/v1", NULL, "OPENAI_API_KEY=" SECRET, NULL, 0, "", NULL},
    /* the file */
    {"https://api.openai.com/v1", NULL, NULL, "# mine\n\nOPENAI_API_KEY=" SECRET "\n", 0600, SECRET,
     NULL},
    {"https://api.openai.com/v1", NULL, NULL, "A=b\r\n OPENAI_API_KEY = " SECRET " \r\n", 0400,
     SECRET, NULL},
    {"https://api.openai.com/v1", NULL, "OPENAI_API_KEY=fromenv8", "OPENAI_API_KEY=" SECRET, 0600,
     "fromenv8", NULL},
    {"https://api.openai.com/v1", NULL, NULL, "XAI_API_KEY=" SECRET, 0600, NULL, "there is no key"},
    {"https://api.openai.com/v1", NULL, NULL, "OPENAI_API_KEY=" SECRET, 0640, NULL,
     "others may read the keys in it; chmod 600 it"},
    {"https://api.openai.com/v1", NULL, NULL, "OPENAI_API_KEY=" SECRET, 0604, NULL,
     "/keys: others"},
    {"https://api.openai.com/v1", NULL, NULL, "# 1\n" SECRET "\n", 0600, NULL,
     "/keys:2: NAME=value is meant"},
    {"https://api.openai.com/v1", NULL, NULL, "export OPENAI_API_KEY=" SECRET "\n", 0600, NULL,
     "/keys:1: NAME=value is meant"},
    /* the task */
    {"https://api.openai.com/v1", SECRET, "OPENAI_API_KEY=other", NULL, 0, SECRET, NULL},
    {"https://llm.example.com/v1", SECRET, NULL, "x", 0644, SECRET, NULL},
    {"http://127.0.0.1:8000/v1", SECRET, NULL, NULL, 0, SECRET, NULL},
    /* where no key may go, and what no key is */
    {"http://llm.example.com/v1", SECRET, NULL, NULL, 0, NULL, "would go there unencrypted"},
    {"http://api.openai.com/v1", NULL, "OPENAI_API_KEY=" SECRET, NULL, 0, NULL, "unencrypted"},
    {"https://api.openai.com/v1", SECRET "\nX-Other: 1", NULL, NULL, 0, NULL, "a line's end"},
    {"https://api.openai.com/v1", NULL, "OPENAI_API_KEY=" SECRET " x", NULL, 0, NULL, "a space"},
};

static const char *const variables[] = {"ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY",
                                        "GOOGLE_API_KEY",    "XAI_API_KEY",    "OPENROUTER_API_KEY",
                                        "HEM_API_KEY"};

static void environment_set(const char *assignment)
{
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        unsetenv(variables[i]);
    if (assignment) {
        char *name = mem_text(assignment), *value = strchr(name, '=');
        *value = '\0';
        setenv(name, value + 1, 1);
        free(name);
    }
}

static void test_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct address a;
        struct buf key = {0};
        struct err e = {0};
        environment_set(keys[i].environment);
        keys_write(keys[i].file, keys[i].mode);
        assert_true(address_read(keys[i].url, &a, &e));
        bool found = api_key_find(&a, keys[i].given, &key, &e);
        if (found != (keys[i].key != NULL) ||
            (found && strcmp(buf_text(&key), keys[i].key ? keys[i].key : "") != 0) ||
            (!found && !strstr(e.text, keys[i].said)))
            fail_msg("%zu: %s: %d \"%s\": %s", i, keys[i].url, found, buf_text(&key), e.text);
        assert_null(strstr(e.text, SECRET));
        if (!found) {
            assert_int_equal(e.kind, ERR_USAGE);
            assert_string_equal(buf_text(&key), "");
        }
        buf_finish(&key);
    }
    environment_set(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_keys)};
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
