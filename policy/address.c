#include "policy/address.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool is_local_v4(uint32_t a)
{
    static const struct {
        uint32_t net, mask;
    } nets[] = {
        {0x7f000000, 0xff000000}, {0x0a000000, 0xff000000}, {0xac100000, 0xfff00000},
        {0xc0a80000, 0xffff0000}, {0xa9fe0000, 0xffff0000}, {0x64400000, 0xffc00000},
    };
    for (size_t i = 0; i < sizeof nets / sizeof *nets; i++)
        if ((a & nets[i].mask) == nets[i].net)
            return true;
    return false;
}

/* Loopback, unique local, link local; an IPv4 address in IPv6's clothes. */
static bool is_local_v6(const struct in6_addr *a)
{
    if (IN6_IS_ADDR_V4MAPPED(a)) {
        const uint8_t *b = a->s6_addr + 12;
        return is_local_v4((uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 |
                           b[3]);
    }
    return IN6_IS_ADDR_LOOPBACK(a) || IN6_IS_ADDR_LINKLOCAL(a) || (a->s6_addr[0] & 0xfe) == 0xfc;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && strcmp(text + n - m, end) == 0;
}

static bool is_local(const char *host)
{
    static const char *const ends[] = {".localhost", ".local", ".lan", ".internal", ".home.arpa"};
    struct in_addr v4;
    struct in6_addr v6;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return is_local_v4(ntohl(v4.s_addr));
    if (inet_pton(AF_INET6, host, &v6) == 1)
        return is_local_v6(&v6);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(host, ends[i]))
            return true;
    /* a name of digits is an address that inet_pton does not know and curl does */
    return !strchr(host, '.') && isalpha((unsigned char)*host) && !strchr(host, ':');
}

static bool is_port(const char *text)
{
    long port = 0;
    size_t n = 0;
    for (; isdigit((unsigned char)text[n]) && n < 6; n++)
        port = port * 10 + (text[n] - '0');
    return n > 0 && port > 0 && port < 65536 && (!text[n] || text[n] == '/');
}

/* The host at TEXT into OUT; what follows it, or NULL. */
static const char *host_read(const char *text, struct address *out)
{
    bool bracket = *text == '[';
    const char *allowed = bracket ? "0123456789abcdefABCDEF:."
                                  : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789.-_";
    text += bracket;
    size_t length = strspn(text, allowed);
    struct in6_addr v6;
    if (length == 0 || length >= sizeof out->host || (bracket && text[length] != ']'))
        return NULL;
    for (size_t i = 0; i < length; i++)
        out->host[i] = (char)tolower((unsigned char)text[i]);
    out->host[length] = '\0';
    if (bracket && inet_pton(AF_INET6, out->host, &v6) != 1)
        return NULL;
    return text + length + bracket;
}

bool address_read(const char *url, struct address *out, struct err *e)
{
    *out = (struct address){0};
    const char *at = NULL;
    if (strncasecmp(url, "https://", 8) == 0)
        at = url + 8;
    else if (strncasecmp(url, "http://", 7) == 0)
        at = url + 7;
    out->secure = at == url + 8;
    at = at ? host_read(at, out) : NULL;
    if (at && *at == ':')
        at = is_port(at + 1) ? at + 1 + strspn(at + 1, "0123456789") : NULL;
    bool fits = at && (!*at || *at == '/');
    for (; fits && *at; at++)
        fits = isgraph((unsigned char)*at) && !strchr("\\?#@", *at);
    if (!fits) /* what stands before an @ or behind a ? may be a key */
        return err_set(e, ERR_USAGE,
                       "\"%.*s...\" is not the address of a model: http://HOST:PORT/PATH is meant, "
                       "or https, without user, key or query",
                       strchr(url, '@') ? 8 : (int)strcspn(url, "?"), url);
    out->local = is_local(out->host);
    return true;
}
