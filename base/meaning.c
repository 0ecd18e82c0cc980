#include "base/meaning.h"

#include <stdlib.h>
#include <string.h>
#include <threads.h>

/* One line a group; phrases are found with and without spaces, and ^ marks those that must stand
 * alone. */
static const struct {
    enum meaning_kind kind;
    const char *phrases;
} groups[] = {
    /* people */
    {MEANING_FILLER, "name|full name|complete name|whole name|first and last name|first last name|"
                     "name and surname|first name and surname|first name last name|"
                     "last name first name|name surname|name first and last"},
    {MEANING_FIELD, "first name|given name|forename|first names|given names|christian name|f name|"
                    "name first|^first|^given"},
    {MEANING_FIELD, "last name|surname|family name|second name|l name|name last|^last|^family"},
    {MEANING_FIELD, "middle name|middle initial|middle names|^middle"},
    {MEANING_FIELD, "nickname|screen name|display name|nick|public name"},
    {MEANING_FIELD, "title|salutation|honorific|form of address|name prefix"},
    {MEANING_FIELD, "sex|gender"},
    {MEANING_FIELD, "date of birth|birth date|birthday|dob|born|born on|day of birth|birth day"},
    {MEANING_FIELD, "nationality|citizenship"},
    /* ways to reach them */
    {MEANING_FIELD, "email|email address|mail address|electronic mail|mail|email id|email addr"},
    {MEANING_FIELD,
     "phone|phone number|telephone|telephone number|tel|phone no|telephone no|tel no|"
     "contact number|contact no|phone nr|tel nr|tel number|phone num"},
    {MEANING_FIELD,
     "mobile|mobile number|mobile phone|mobile phone number|cell|cell phone|cellular|"
     "cell number|cell phone number|phone mobile|mobile no|phone cell"},
    {MEANING_FIELD, "fax|fax number|fax no"},
    {MEANING_FIELD,
     "website|web|web page|url|home page|web address|web site url|website url|site url"},
    /* addresses */
    {MEANING_FIELD,
     "address|street|street address|address line 1|address 1|line 1|street name|addr|"
     "street address line 1|address line one|first line of address|address first line|"
     "street and number|street and house number|postal address|mailing address"},
    {MEANING_FIELD,
     "address line 2|address 2|line 2|apartment|apt|suite|unit|address line two|apt no|"
     "street address line 2|second line of address|apartment number|street 2|flat"},
    {MEANING_FIELD, "house number|house no|house nr|street number|building number"},
    {MEANING_FIELD, "zip|zip code|postcode|postal code|postal|post code|zip postal code|plz"},
    {MEANING_FIELD, "city|town|town city|city town|municipality|locality|village"},
    {MEANING_FIELD, "state|province|region|state province|state region|federal state|prefecture"},
    {MEANING_FIELD, "county|district"},
    {MEANING_FIELD, "country|country region|nation"},
    {MEANING_FIELD, "country code|dial code|dialling code|dialing code"},
    {MEANING_FIELD, "ip|ip address"},
    /* works */
    {MEANING_FIELD, "director|directed by|director name|film director"},
    {MEANING_FIELD, "author|written by|writer|author name|authored by"},
    {MEANING_FIELD, "publisher|published by"},
    {MEANING_FIELD, "genre|movie genre|film genre|music genre|book genre"},
    /* work */
    {MEANING_FIELD, "company|company name|organisation|organization|employer|organisation name|"
                    "organization name|firm|business name|org|employer name|name of company"},
    {MEANING_FIELD, "department|dept|division"},
    {MEANING_FIELD, "job title|position|occupation|profession|job"},
    /* accounts */
    {MEANING_FIELD, "username|login|login name|user id|logon|logon name|user login|login id"},
    {MEANING_FIELD, "password|passphrase|pwd|passwd|pass word|pass phrase"},
    {MEANING_FIELD, "pin|pin code|pin number"},
    /* buying */
    {MEANING_FIELD,
     "card number|credit card number|card no|cc number|debit card number|credit card no"},
    {MEANING_FIELD, "cardholder|cardholder name|card holder name|name on card|name on the card|"
                    "cardholders name|name of cardholder|card name"},
    {MEANING_FIELD,
     "cvv|cvc|security code|card security code|csc|cvv cvc|cvc cvv|card verification"},
    {MEANING_FIELD, "expiry|expiration|expiry date|expiration date|exp date|valid until|valid thru|"
                    "expires|expires on|valid to|exp"},
    {MEANING_FIELD,
     "coupon|coupon code|promo code|voucher|voucher code|discount code|promotion code|"
     "promotional code"},
    {MEANING_FIELD, "quantity|qty|amount|number of items|how many"},
    {MEANING_FIELD, "vat|vat number|vat id|tax id|tax number|vat no"},
    /* words */
    {MEANING_FIELD, "message|comment|anything else|additional information|further "
                    "information|comments|note|notes|remark|remarks|messages|message text|enquiry|"
                    "inquiry"},
    {MEANING_FIELD, "description|details|desc"},
    {MEANING_FIELD, "subject|topic|subject line|regarding"},
    {MEANING_FIELD, "terms|terms and conditions|terms of service|terms of use|conditions|tos|t c"},
    {MEANING_FIELD, "newsletter|news letter|mailing list|newsletters"},
    {MEANING_FIELD, "colour|color"},
    {MEANING_NONE, "favourite|favorite"},
    {MEANING_NONE, "licence|license"},
    {MEANING_NONE, "reference|ref"},
    {MEANING_NONE, "account|acct"},
    /* moments */
    {MEANING_MOMENT, "date"},
    {MEANING_MOMENT, "time"},
    {MEANING_FIELD, "time zone"},
    {MEANING_FIELD, "day"},
    {MEANING_FIELD, "month"},
    {MEANING_FIELD, "year"},
    /* which of several */
    {MEANING_QUALIFIER, "confirm|confirmation|repeat|retype|re enter|again|verify|reenter|re type"},
    {MEANING_QUALIFIER, "new"},
    {MEANING_QUALIFIER, "old|current|existing|previous"},
    {MEANING_QUALIFIER, "work|business|office"},
    {MEANING_QUALIFIER, "home|private|personal"},
    {MEANING_QUALIFIER, "billing|invoice|bill to"},
    {MEANING_QUALIFIER, "shipping|delivery|ship to|deliver to"},
    {MEANING_QUALIFIER, "start|starting|begin|beginning"},
    {MEANING_QUALIFIER, "end|ending|finish|until|till"},
    {MEANING_QUALIFIER, "check in|arrival"},
    {MEANING_QUALIFIER, "check out|departure"},
    {MEANING_QUALIFIER, "minimum|min|lowest"},
    {MEANING_QUALIFIER, "maximum|max|highest"},
    {MEANING_QUALIFIER, "secondary|alternate|alternative|second|other"},
    {MEANING_QUALIFIER, "emergency"},
    {MEANING_QUALIFIER, "show"},
    {MEANING_NOT, "not|dont|never|without|except"},
    {MEANING_NOT, "disable|hide|mute|turn off|exclude|block"},
    {MEANING_NOT, "unsubscribe|opt out|decline|reject"},
    {MEANING_QUALIFIER, "remember|keep"},
    {MEANING_QUALIFIER, "forgot|forgotten|reset|change"},
    /* little */
    {MEANING_FILLER, "number|no|nr|num|id|identifier|nos"},
    {MEANING_FILLER, "years|months|days|hours"},
    {MEANING_FILLER, "code"},
    {MEANING_FILLER, "value"},
    {MEANING_FILLER, "profile"},
    {MEANING_FILLER, "information|info"},
    {MEANING_FILLER, "line"},
    {MEANING_PERSON, "customer|client|buyer"},
    {MEANING_PERSON, "contact|contact person"},
    {MEANING_PERSON, "recipient|receiver"},
    {MEANING_PERSON, "guest"},
    {MEANING_PERSON, "student|pupil"},
    {MEANING_PERSON, "employee"},
    {MEANING_PERSON, "applicant"},
    {MEANING_PERSON, "patient"},
    {MEANING_PERSON, "member"},
    {MEANING_PERSON, "person"},
    {MEANING_PERSON, "user"},
    {MEANING_PERSON, "passenger|traveller|traveler"},
    {MEANING_PERSON, "attendee|participant"},
    {MEANING_PERSON, "sender"},
    {MEANING_VERB, "agree|accept|consent|agreed|accepted|agreement"},
    {MEANING_VERB, "subscribe|send|receive|get|sign up|sign me up|want|like|join"},
    /* nothing */
    {MEANING_ORDER, "enter"},
    {MEANING_ORDER, "type|type in"},
    {MEANING_ORDER, "select"},
    {MEANING_ORDER, "choose"},
    {MEANING_ORDER, "pick"},
    {MEANING_ORDER, "fill|fill in"},
    {MEANING_ORDER, "write"},
    {MEANING_ORDER, "provide|specify|input|give"},
    {MEANING_PREPOSITION, "of|for|in|on|at|by|with|about|per|as"},
    {MEANING_PREPOSITION, "to"},
    {MEANING_PREPOSITION, "from"},
    {MEANING_SPEECH, "i|me|we|us|you|how|what|which|who|when|where|why|do|does|did|would|is|are"},
    {MEANING_STOP,
     "the|a|an|your|my|our|his|her|their|its|this|that|and|or|be|please|here|below|if|applicable|"
     "required|optional|mandatory|etc|e g|ex|example|field|box|dd|mm|yy|yyyy|d m y|m d "
     "y|will|have"},
};

/* Groups of which one is often said for the other, and yet both may stand in one form. */
static const struct {
    const char *a, *b;
    double near;
} relatives[] = {
    {"mobile", "phone", 0.8},        {"state", "county", 0.6},
    {"first name", "name", 0.4},     {"last name", "name", 0.4},
    {"nickname", "username", 0.6},   {"user", "username", 0.9},
    {"from", "start", 0.9},          {"to", "end", 0.9},
    {"description", "message", 0.7}, {"house number", "number", 0.6},
};

struct entry {
    char key[MEANING_KEY_SIZE];
    struct meaning meaning;
};

#define ENTRIES_MAX 640

#define RELATIVES (sizeof relatives / sizeof *relatives)

static struct entry entries[ENTRIES_MAX]; /* by key */
static size_t entry_count;
static int relative_groups[RELATIVES][2];
static once_flag entries_once = ONCE_FLAG_INIT;

/* The one letter that stands for all that look like C. */
static char stand_in(char c)
{
    switch (c) {
    case 'i':
    case '1':
        return 'l';
    case '0':
        return 'o';
    case '5':
        return 's';
    case '8':
        return 'b';
    default:
        return c;
    }
}

bool meaning_key(const struct fold_char *chars, int count, char key[MEANING_KEY_SIZE])
{
    size_t n = 0;
    key[0] = '\0';
    for (int i = 0; i < count; i++) {
        if (!fold_is_word(&chars[i]))
            continue;
        if (n + 1 >= MEANING_KEY_SIZE || chars[i].letter >= 128)
            return false;
        char c = stand_in((char)chars[i].letter);
        if (n && key[n - 1] == 'r' && c == 'n')
            key[n - 1] = 'm';
        else if (n && key[n - 1] == 'v' && c == 'v')
            key[n - 1] = 'w';
        else if (n && key[n - 1] == 'c' && c == 'l')
            key[n - 1] = 'd';
        else
            key[n++] = c;
    }
    key[n] = '\0';
    return n > 0;
}

static bool key_of(const char *phrase, char key[MEANING_KEY_SIZE])
{
    struct folded f;
    fold_text(&f, phrase);
    bool fits = meaning_key(f.chars, f.count, key);
    fold_finish(&f);
    return fits;
}

static int entry_order(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

static void entry_add(const char *phrase, size_t length, struct meaning meaning)
{
    char text[MEANING_KEY_SIZE] = {0};
    meaning.alone = phrase[0] == '^';
    phrase += meaning.alone;
    length -= meaning.alone;
    if (length >= sizeof text || entry_count == ENTRIES_MAX)
        return;
    memcpy(text, phrase, length);
    entries[entry_count].meaning = meaning;
    if (key_of(text, entries[entry_count].key))
        entry_count++;
}

static const struct entry *entry_of(const char *key)
{
    struct entry wanted = {.key = ""};
    strncpy(wanted.key, key, sizeof wanted.key - 1);
    return bsearch(&wanted, entries, entry_count, sizeof *entries, entry_order);
}

static int group_of(const char *phrase)
{
    char key[MEANING_KEY_SIZE];
    const struct entry *e = key_of(phrase, key) ? entry_of(key) : NULL;
    return e ? e->meaning.group : -1;
}

static void entries_fill(void)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        struct meaning meaning = {groups[i].kind, (int)i, false};
        for (const char *p = groups[i].phrases; *p;) {
            size_t length = strcspn(p, "|");
            entry_add(p, length, meaning);
            p += length + (p[length] == '|');
        }
    }
    qsort(entries, entry_count, sizeof *entries, entry_order);
    for (size_t i = 0; i < RELATIVES; i++) {
        relative_groups[i][0] = group_of(relatives[i].a);
        relative_groups[i][1] = group_of(relatives[i].b);
    }
}

struct meaning meaning_of(const char *key)
{
    call_once(&entries_once, entries_fill);
    const struct entry *e = entry_of(key);
    return e ? e->meaning : (struct meaning){MEANING_NONE, -1, false};
}

double meaning_near(int group_a, int group_b)
{
    for (size_t i = 0; i < RELATIVES; i++) {
        const int *pair = relative_groups[i];
        if ((pair[0] == group_a && pair[1] == group_b) ||
            (pair[0] == group_b && pair[1] == group_a))
            return relatives[i].near;
    }
    return 0;
}
