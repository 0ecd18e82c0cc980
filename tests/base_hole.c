/* The holes of a text. */
#include "base/hole.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
    const char *text;
    const char *holes; /* each as KIND:NAME; */
    const char *alone; /* NULL: it is not one plain hole */
} rows[] = {
    {"", "", NULL},
    {"no hole", "", NULL},
    {"{{name}}", "plain:name;", "name"},
    {"{{ First name\t}}", "plain:First name;", "First name"},
    {" {{name}}", "plain:name;", NULL},
    {"{{name}} ", "plain:name;", NULL},
    {"{{a}}{{b}}", "plain:a;plain:b;", NULL},
    {"{{secret:PIN}}", "secret:PIN;", NULL},
    {"{{ secret: PIN }}x{{secret:Other}}", "secret:PIN;secret:Other;", NULL},
    {"{{ read: total }}", "read:total;", NULL},
    {"{{a}b}}", "plain:a}b;", "a}b"},
    {"{{a}}}", "plain:a;", NULL},
    {"{{ }}", "plain:;", NULL},
    {"{{secret:}}", "secret:;", NULL},
    {"{{a}} {{open", "plain:a;open", NULL},
    {"{{open", "open", NULL},
};

static void holes_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf found = {0};
        struct hole h;
        for (const char *at = rows[i].text; at && hole_next(at, &h); at = h.end) {
            char *name = h.end ? hole_name(&h) : NULL;
            const char *kind = h.secret ? "secret" : h.read ? "read" : "plain";
            if (name)
                buf_addf(&found, "%s:%s;", kind, name);
            else
                buf_add(&found, "open");
            free(name);
        }
        assert_string_equal(buf_text(&found), rows[i].holes);
        buf_finish(&found);
    }
}

static void one_plain_hole_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *alone = hole_alone(rows[i].text);
        assert_string_equal(alone ? alone : "-", rows[i].alone ? rows[i].alone : "-");
        free(alone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holes_are_found),
        cmocka_unit_test(one_plain_hole_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
