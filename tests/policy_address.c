/* Which host an address names, and whether that is a machine of the user's own. */
#include "policy/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *url, *host; /* "": refused */
    bool secure, local;
} addresses[] = {
    {"https://api.anthropic.com/v1/messages", "api.anthropic.com", true, false},
    {"HTTPS://API.OpenAI.com", "api.openai.com", true, false},
    {"http://example.com:8080/v1", "example.com", false, false},
    {"http://127.0.0.1:8080/v1", "127.0.0.1", false, true},
    {"http://localhost:11434/v1/", "localhost", false, true},
    {"http://gpu-box:8000", "gpu-box", false, true},
    {"http://gpu.lan/v1", "gpu.lan", false, true},
    {"http://host.docker.internal:1234/v1", "host.docker.internal", false, true},
    {"http://10.1.2.3/", "10.1.2.3", false, true},
    {"http://172.31.0.1/", "172.31.0.1", false, true},
    {"http://172.32.0.1/", "172.32.0.1", false, false},
    {"http://192.168.7.9:1/", "192.168.7.9", false, true},
    {"http://100.100.1.1/", "100.100.1.1", false, true},
    {"http://8.8.8.8/", "8.8.8.8", false, false},
    {"http://134744072/", "134744072", false, false}, /* 8.8.8.8 in other clothes */
    {"http://0x08080808/", "0x08080808", false, false},
    {"http://[::1]:8080/v1", "::1", false, true},
    {"http://[FD00::5]/v1", "fd00::5", false, true},
    {"http://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1", false, true},
    {"http://[2001:db8::1]/v1", "2001:db8::1", false, false},
    {"https://notlocalhost.com", "notlocalhost.com", true, false},
    {"https://evil.local.com", "evil.local.com", true, false},
    {"", "", false, false},
    {"api.openai.com/v1", "", false, false},
    {"ftp://example.com/", "", false, false},
    {"file:///etc/passwd", "", false, false},
    {"https://", "", false, false},
    {"https:///v1", "", false, false},
    {"https://api.openai.com@evil.example/", "", false, false},
    {"https://user:hunter22@example.com/", "", false, false},
    {"https://example.com/v1?key=hunter22", "", false, false},
    {"https://example.com/a@b", "", false, false},
    {"https://example.com\\@evil.example/", "", false, false},
    {"https://exa mple.com/", "", false, false},
    {"https://example.com/a b", "", false, false},
    {"https://example.com:0/", "", false, false},
    {"https://example.com:99999/", "", false, false},
    {"https://example.com:80x/", "", false, false},
    {"https://example.com:/", "", false, false},
    {"https://[::1/", "", false, false},
    {"https://[12345::g]/", "", false, false},
    {"https://[1.2.3.4]/", "", false, false},
    {"https://ex\xc3\xa4mple.com/", "", false, false},
};

static void test_addresses(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        struct address a;
        struct err e = {0};
        bool read = address_read(addresses[i].url, &a, &e);
        if (read != (addresses[i].host[0] != 0))
            fail_msg("%s: %s %s", addresses[i].url,
                     read ? "read as" : "refused:", read ? a.host : e.text);
        if (!read) {
            assert_int_equal(e.kind, ERR_USAGE);
            assert_null(strstr(e.text, "hunter22"));
            continue;
        }
        if (strcmp(a.host, addresses[i].host) != 0 || a.secure != addresses[i].secure ||
            a.local != addresses[i].local)
            fail_msg("%s: host %s, secure %d, local %d", addresses[i].url, a.host, a.secure,
                     a.local);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_addresses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
