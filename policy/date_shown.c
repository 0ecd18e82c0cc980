#include "base/month.h"
#include "policy/date.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A day of the week, which a caret may have touched, or an ending ("17th"): says nothing that the
 * numbers don't. */
static bool is_idle_word(const char *word, size_t length)
{
    static const char *const days[] = {"sunday",   "monday", "tuesday", "wednesday",
                                       "thursday", "friday", "saturday"};
    static const char *const endings[] = {"st", "nd", "rd", "th", "of"};
    char text[16];
    snprintf(text, sizeof text, "%.*s", (int)length, word);
    for (int i = 0; i < 7; i++)
        if ((length >= 2 && strncasecmp(text, days[i], length) == 0) ||
            (strcasestr(text, days[i]) && length <= strlen(days[i]) + 1))
            return true;
    for (int i = 0; i < 5; i++)
        if (strcasecmp(text, endings[i]) == 0)
            return true;
    return false;
}

bool date_shows(const char *shown, const char *value)
{
    int year, month, day, left[3], count = 0;
    bool named = false;
    if (!date_read(value, &year, &month, &day))
        return false;
    for (const char *c = shown; *c;) {
        size_t letters = 0, digits = strspn(c, "0123456789");
        while (isalpha((unsigned char)c[letters]))
            letters++;
        bool is_month = letters && month_of(c, letters);
        if (is_month ? named || month_of(c, letters) != month
                     : letters && !is_idle_word(c, letters))
            return false;
        named = named || is_month;
        if (digits && (count == 3 || digits > 4))
            return false;
        if (digits)
            left[count++] = (int)strtol(c, NULL, 10);
        else if (!letters && !strchr(" ,./-\n'", *c))
            return false;
        c += letters + digits ? letters + digits : 1;
    }
    int wanted[3] = {day, year, month}, wants = named ? 2 : 3;
    if (count != wants && !(named && count == 1)) /* "Sun, 17 May" */
        return false;
    for (int i = 0; i < count; i++) { /* each number is one of those that are left */
        int found = -1;
        for (int j = 0; j < wants && found < 0; j++)
            if (wanted[j] == left[i] || (j == 1 && wanted[j] % 100 == left[i]))
                found = j;
        if (found < 0)
            return false;
        wanted[found] = -1;
    }
    return wanted[0] == -1;
}
