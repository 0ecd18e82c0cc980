#include "policy/number.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MAX 30
#define UNIT_MAX   3 /* letters */

/* A comma before three digits only parts them. */
static bool parts_thousands(const char *c)
{
    return *c == ',' && isdigit((unsigned char)c[1]) && isdigit((unsigned char)c[2]) &&
           isdigit((unsigned char)c[3]) && !isdigit((unsigned char)c[4]);
}

bool number_read(const char *text, double *out)
{
    char digits[DIGITS_MAX + 1];
    size_t n = 0, seen = 0;
    while (*text == ' ')
        text++;
    if (strncmp(text, "\u2212", 3) == 0) {
        digits[n++] = '-';
        text += 3;
    } else if (*text == '-' || *text == '+')
        digits[n++] = *text++;
    if (*text && !isdigit((unsigned char)*text) && *text != '.' && !isalpha((unsigned char)*text))
        utf8_next(&text); /* a currency's sign */
    for (; isdigit((unsigned char)*text) || *text == '.' || parts_thousands(text); text++) {
        seen += isdigit((unsigned char)*text) != 0;
        if (*text != ',' && n < DIGITS_MAX)
            digits[n++] = *text;
    }
    digits[n] = '\0';
    while (*text == ' ')
        text++;
    if (!seen || utf8_length(text) > UNIT_MAX || strpbrk(text, "0123456789/:-"))
        return false;
    char *end;
    *out = strtod(digits, &end);
    return *end == '\0';
}

/* The digit that a letter may be taken from; the letter, when none. */
static char digit_like(char c)
{
    static const char letters[] = "OoQDILl|!ZSsBgq", digits[] = "000011111255899";
    const char *at = strchr(letters, c);
    return c && at ? digits[at - letters] : c;
}

bool number_guess(const char *text, double *out)
{
    char guess[DIGITS_MAX + 1] = {0};
    size_t length = strlen(text);
    if (length >= sizeof guess)
        return false;
    for (size_t i = 0; i < length; i++)
        guess[i] = digit_like(text[i]);
    return number_read(guess, out);
}
