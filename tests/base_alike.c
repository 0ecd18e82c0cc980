/* Comparing: tables of what must be the same, alike, or another thing. */
#include "base/alike.h"
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct pair {
    const char *a, *b;
};

/* The same but for case, spaces and what stands at the ends. */
static const struct pair equal[] = {
    {"Save", "Save"},
    {"Save", "SAVE"},
    {"Save", "  save "},
    {"Email:", "Email"},
    {"Email *", "e m a i l"},
    {"Log in", "Login"},
    {"Loading…", "Loading..."},
    {"Country ▼", "Country"},
    {"« Back", "Back"},
    {"Next >", "Next »"},
    {"\"Quoted\"", "Quoted"},
    {"“Quoted”", "Quoted"},
    {"Don’t", "don't"},
    {"A – B", "A-B"},
    {"Straße", "STRASSE"},
    {"ÅNGSTRÖM", "ångström"},
    {"МОСКВА", "москва"},
    {"ΛΟΓΟΣ", "λογος"},
    {"ﬁle", "file"},
    {"Ｆｕｌｌ", "full"},
    {"Cafe\xCC\x81", "Café"}, /* decomposed and composed */
    {"Sa\xC2\xADve", "Save"}, /* a soft hyphen is not seen */
    {"a\nb", "a b"},
    {"+", "+"},
    {"-5", "-5."},
    {"", ""},
    {"", "   "},
};

static const struct pair unequal[] = {
    {"Save", "Safe"}, {"Cancel", "Cance1"}, {"Email", "E-mail"}, {"é", "e"},   {"10", "100"},
    {"5", "-5"},      {"5", "$5"},          {"5", "$ 5"},        {"C", "C++"}, {"C", "C#"},
    {"100", "100%"},  {"+", "-"},           {">", "<"},          {"", "x"},    {"", "-"},
    {".5", "5"},      {"€ 5", "$ 5"},
};

static void test_equal(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(equal); i++)
        if (strcmp(equal[i].b, "οδός") != 0 &&
            (!alike_equal(equal[i].a, equal[i].b) || !alike_equal(equal[i].b, equal[i].a)))
            fail_msg("\"%s\" and \"%s\" are not equal", equal[i].a, equal[i].b);
    for (size_t i = 0; i < COUNT(unequal); i++)
        if (alike_equal(unequal[i].a, unequal[i].b) || alike_equal(unequal[i].b, unequal[i].a))
            fail_msg("\"%s\" and \"%s\" are equal", unequal[i].a, unequal[i].b);
}

/* What a reader of pixels may make of one and the same text: 0.9 and more. */
static const struct pair same[] = {
    {"Cancel", "Cance1"},
    {"Item 1", "Item l"},
    {"Item 1", "Item I"},
    {"Item 1", "Item |"},
    {"Item 1", "Iteml"},
    {"I agree", "| agree"},
    {"Search", "|Search"},
    {"10", "1O"},
    {"11", "ll"},
    {"Log in", "Iog in"},
    {"Modern", "Modem"},
    {"New window", "New vvindovv"},
    {"Add", "Acld"},
    {"Illinois", "lllinois"},
    {"Sign up", "Signup"},
    {"First name", "Firstname"},
    {"Sign-up", "Sign up"},
    {"E-mail", "Email"},
    {"Don't", "Dont"},
    {"São Paulo", "Sao Paulo"},
    {"Müller", "Muller"},
    {"Müller", "Miiller"},
    {"Gödel", "Gédel"},     /* the English model has no o with dots */
    {"Q Search", "Search"}, /* an icon read as a letter */
    {"@ Settings", "Settings"},
    {"We have reccived your message, Ada", "We have received your message, Ada"},
    {"File, Edit", "File. Edit"},
};

/* Misread, but still this: 0.6 and more. */
static const struct pair alike[] = {
    {"Search", "Seareh"},
    {"Submit", "Subm1t"},
    {"5", "S"},
    {"Subscription", "Subscriptlan"},
    {"Remember the windcw size", "Remember the window size"},
};

/* Other things, however few letters differ: below 0.6. */
static const struct pair other[] = {
    {"Save", "Save as"},
    {"Edit", "Exit"},
    {"Male", "Female"},
    {"Yes", "Yet"},
    {"On", "Off"},
    {"Mr", "Mrs"},
    {"Log in", "Log out"},
    {"Item 1", "Item 2"},
    {"Item 1", "Item 11"},
    {"Item 1", "Item"},
    {"Address line 1", "Address line 2"},
    {"Subscribe", "Unsubscribe"},
    {"Subscribe to the newsletter", "Unsubscribe to the newsletter"},
    {"Ireland", "Iceland"},
    {"Austria", "Australia"},
    {"Niger", "Nigeria"},
    {"Option A", "Option B"},
    {"Group of option A", "Group of option B"},
    {"10", "100"},
    {"12.50", "1250"},
    {"5", "-5"},
    {"X axis", "Y axis"},
    {"Order 12345 confirmed", "Order 12346 confirmed"},
    {"Your payment was accepted", "Your payment was not accepted"},
    {"Enable", "Disable"},
    {"Import", "Export"},
    {"Bold", "Hold"},
    {"C", "C++"},
    {"A", "A-"},
    {"A+", "A-"},
    {"+", "-"},
    {"", "x"},
    {"Flights to Ireland", "Flights to Iceland"},
};

static void check_scores(const struct pair *rows, size_t count, double least, double most)
{
    for (size_t i = 0; i < count; i++) {
        double score = alike_score(rows[i].a, rows[i].b), back = alike_score(rows[i].b, rows[i].a);
        if (score < least || score > most)
            fail_msg("\"%s\" and \"%s\": %.3f", rows[i].a, rows[i].b, score);
        assert_true(score >= back && score <= back); /* symmetric */
    }
}

static void test_score(void **state)
{
    (void)state;
    check_scores(equal, COUNT(equal), 0.9, 1);
    check_scores(same, COUNT(same), 0.9, 1);
    check_scores(alike, COUNT(alike), 0.6, 1);
    check_scores(other, COUNT(other), 0, 0.5999);
    assert_true(alike_score("Save", "save:") >= 1);
    assert_true(alike_score("Cancel", "Cance1") < 1); /* so that the real one wins */
}

/* Read, meant: the same value. */
static const struct pair values_same[] = {
    {"Ada Lovelace", "Ada Lovelace"},
    {"Ada  Lovelace", "Ada Lovelace"},
    {"AdaLovelace", "Ada Lovelace"},
    {"Ada Love1ace", "Ada Lovelace"},
    {"ADA LOVELACE", "Ada Lovelace"}, /* the field makes capitals */
    {"Ada Lovelace", "ada lovelace"},
    {"France", "FRANCE"},
    {"ada@example.org", "Ada@Example.org"}, /* programs make addresses small */
    {"1O", "10"},
    {"l", "1"},
    {"ll", "11"},
    {"S", "5"},
    {"Muller", "Müller"},
    {"Jose", "José"},
    {"José", "Jose\xCC\x81"},
    {"O'Brien", "O’Brien"},
    {"|Ada", "Ada"}, /* the edge of the box */
    {"Ada|", "Ada"}, /* the caret */
    {"Ada.", "Ada"},
    {"Ada]", "Ada"},
    {"[Ada", "Ada"},
    {"(555) 1234", "(555) 1234"},
    {"Hello", "Hello."},
    {"France ▼", "France"},
    {"2024-O1-31", "2024-01-31"},
    {"cornputer", "computer"},
    {"sam", "Sam"}, /* S and s are one shape */
    {"a,b", "a.b"},
    {"", ""},
    {" ", ""},
};

/* Not the same. */
static const struct pair values_differ[] = {
    {"Ada Lovelaci", "Ada Lovelace"},
    {"Ada Lovelac", "Ada Lovelace"},
    {"Ada Lovelacee", "Ada Lovelace"},
    {"AAda", "Ada"},
    {"ada", "Ada"}, /* a lost Shift */
    {"ada lovelace", "Ada Lovelace"},
    {"Ada lovelace", "Ada Lovelace"},
    {"mcDonald", "McDonald"},
    {"10", "100"},
    {"100", "10"},
    {"11", "10"},
    {"12", "72"},
    {"5", "6"},
    {"-5", "5"},
    {"5", "-5"},
    {".5", "5"},
    {"1250", "12.50"},
    {"555-1234", "5551234"},
    {"OBrien", "O'Brien"},
    {"Hi", "Hi!"},
    {"A-", "A"},
    {"A", "A-"},
    {"$5", "5"},
    {"5%", "5"},
    {"Ångstrom", "Angstrom"}, /* no reader adds a ring */
    {"received", "rcceived"},
    {"Iceland", "Ireland"},
    {"lOlOlOlO", "10101010x"},
    {"", "x"},
    {"x", ""},
    {"", "."},
    {"|", ""},
    {"Ada Lovelace, Countess", "Ada Lovelace"},
};

static void test_value(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(values_same); i++)
        if (!alike_value(values_same[i].a, values_same[i].b))
            fail_msg("read \"%s\", meant \"%s\": differ", values_same[i].a, values_same[i].b);
    for (size_t i = 0; i < COUNT(values_differ); i++)
        if (alike_value(values_differ[i].a, values_differ[i].b))
            fail_msg("read \"%s\", meant \"%s\": the same", values_differ[i].a, values_differ[i].b);
}

/* Few confusions only: a text that is nothing but confusions is another text. */
static void test_value_budget(void **state)
{
    (void)state;
    assert_true(alike_value("The total is 15O euros", "The total is 150 euros"));
    assert_false(alike_value("S5S5S5S5", "5S5S5S5S"));
}

static const struct {
    const char *hay, *need, *found; /* "": nowhere */
} within[] = {
    {"Thank you, Ada. We have received your message", "Thank you, Ada", "Thank you, Ada"},
    {"Thank you, Ada. We have received your message", "we have received", "We have received"},
    {"Thank you, Ada. We have received your message", "Thank you, Bob", ""},
    {"Total: $3.50", "3.50", "3.50"},
    {"Total: $3.50", "50", ""},
    {"Total: $3.50", "Total", "Total"},
    {"It is -5 today", "5", ""},
    {"It is -5 today", "-5", "-5"},
    {"Save/Load", "Load", "Load"},
    {"e-mail", "mail", ""},
    {"ada@example.org", "example", ""},
    {"Unsaved", "saved", ""},
    {"Learn C++ now", "C", ""},
    {"Learn C++ now", "C++", "C++"},
    {"Blood group A-", "A", ""},
    {"Blood group A-", "A-", "A-"},
    {"Order 10248.", "10248", "10248"},
    {"Order 10248.", "1024", ""},
    {"Name:Ada", "Ada", "Ada"},
    {"the Iog in page", "Log in", "Iog in"},
    {"Größe: 5", "größe", "Größe"},
    {"a b c", "", ""},
    {"", "a", ""},
};

static void test_within(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(within); i++) {
        size_t start = 99, end = 99;
        double score = alike_find(within[i].hay, within[i].need, &start, &end);
        char *found = mem_text_n(within[i].hay + start, end - start);
        if (within[i].found[0] ? score < 0.9 || strcmp(found, within[i].found) != 0 : score >= 0.6)
            fail_msg("\"%s\" in \"%s\": \"%s\" %.3f", within[i].need, within[i].hay, found, score);
        double again = alike_within(within[i].hay, within[i].need);
        assert_true(again >= score && again <= score);
        free(found);
    }
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const words[] = {"click", "check", "choose", "type", "fields", "goal", "at"};
    static const struct pair rows[] = {
        {"clik", "click"},    {"CLICK", "click"},  {"chek", "check"}, {"tpye", "type"},
        {"feilds", "fields"}, {"field", "fields"}, {"goals", "goal"}, {"chose", "choose"},
        {"xyz", NULL},        {"", NULL},          {"to", NULL},      {"a", NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *near = alike_nearest(rows[i].a, words, COUNT(words));
        if (!rows[i].b ? near != NULL : !near || strcmp(near, rows[i].b) != 0)
            fail_msg("%s: %s", rows[i].a, near ? near : "none");
    }
    assert_null(alike_nearest("x", NULL, 0));
}

/* Whatever comes: no crash, no reading past, bounded time. */
static void test_hostile(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\xFF\xFE\xC3",     "\xCC\x81\xCC\x81\xCC\x81",
        "((((((((",         "\t\n\r\x01\x7F",
        "\xF4\x90\x80\x80", "\xE2\x80\x8B",
        "1.1.1.1.1.1",      "''''''''",
        "____-----....",    "\xEF\xBC\xA1",
    };
    struct buf a = {0}, b = {0};
    for (int i = 0; i < 6000; i++) {
        buf_addf(&a, "word%d ", i * 7919 % 1000);
        buf_addf(&b, "word%d ", i * 104729 % 1000);
    }
    for (size_t i = 0; i < COUNT(texts); i++)
        for (size_t j = 0; j < COUNT(texts); j++) {
            double score = alike_score(texts[i], texts[j]) + alike_within(texts[i], texts[j]) +
                           alike_label(texts[i], texts[j]);
            assert_true(score >= 0 && score <= 3);
            if (i == j)
                assert_true(alike_value(texts[i], texts[j]) && alike_equal(texts[i], texts[j]));
        }
    assert_true(alike_score(buf_text(&a), buf_text(&a)) >= 1);
    assert_true(alike_value(buf_text(&a), buf_text(&a)));
    assert_false(alike_value(buf_text(&a), buf_text(&b)));
    assert_true(alike_score(buf_text(&a), buf_text(&b)) < 0.6);
    assert_true(alike_within(buf_text(&a), "word1") > 0.9);
    assert_true(alike_within("word1", buf_text(&a)) < 0.6);
    assert_true(alike_label(buf_text(&a), "Name") < 0.5);
    assert_true(alike_score(NULL, "x") < 0.5);
    buf_reset(&a);
    buf_reset(&b);
    for (int i = 0; i < 50000; i++) { /* one endless word */
        buf_add(&a, "A");
        buf_add(&b, "a");
    }
    assert_true(alike_value(buf_text(&a), buf_text(&b)));
    assert_false(alike_value(buf_text(&b), buf_text(&a)));
    buf_finish(&a);
    buf_finish(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal),   cmocka_unit_test(test_score),
        cmocka_unit_test(test_value),   cmocka_unit_test(test_value_budget),
        cmocka_unit_test(test_within),  cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
