#include "policy/lexicon.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 1000

/* Words with a space before and behind each. */
static const char verbs[] = " activate add adjust answer apply ask assert attach begin book browse "
                            "buy calculate call cancel change check "
                            "choose clear click close collapse compare complete compose confirm "
                            "continue copy count create customize cut "
                            "deactivate decrease delete deselect dial disable dismiss display do "
                            "doubleclick download drag draw drop edit "
                            "empty enable end ensure enter erase exit expand expect export extract "
                            "fill filter find finish follow forward "
                            "generate get give go grab hide highlight hit hold hover identify "
                            "import increase insert install keep key launch "
                            "leave like list load locate log look make mark maximize minimize "
                            "modify mouse move mute navigate note open order "
                            "paste pause pick place play point post press print proceed pull "
                            "purchase push put quit rate read refresh "
                            "register reload remember remove rename repeat replace reply report "
                            "resize restore retweet return reverse "
                            "rightclick rotate run save schedule scroll search see select send set "
                            "share show sign sleep solve sort start "
                            "stay stop submit subscribe summarize swap switch tap tell tick toggle "
                            "translate trash turn type uncheck undo "
                            "unmark unselect unsubscribe untick update upload use validate verify "
                            "view visit wait watch wipe write zoom ";

static const char openers[] = " after afterwards also and at below beside by can could finally "
                              "first firstly for from go if in inside into just "
                              "kindly lastly let let's lets near next now on please second "
                              "secondly simply so step then third thirdly to under "
                              "using when will with would you ";

static const char abbreviations[] =
    " mr mrs ms dr prof st jr sr inc ltd co corp ave blvd rd mt vs e.g i.e approx nr ";
static const char determiners[] = " the a an your my our its ";
static const char pronouns[] =
    " it that this them these those there here one ones both he she they ";
static const char prepositions[] = " with to from for of by into onto at on in as and or then "
                                   "about below above under near beside between through among ";

static const char looks[] = " red green blue yellow orange purple violet pink brown black white "
                            "grey gray cyan magenta colored coloured "
                            "big small large little huge tiny round bright dark ";

static const char judgements[] =
    " largest biggest smallest longest shortest highest lowest greatest least most cheapest newest "
    "oldest latest "
    "earliest nearest closest best worst tallest widest fastest any some every each all none no "
    "both appropriate "
    "correct corresponding matching relevant suitable random something anything everything "
    "whatever nothing today "
    "today's tomorrow tomorrow's yesterday yesterday's same other another remaining ";

static const char conditions[] =
    " if unless until till while when whenever whether which who whose whom what where that or "
    "otherwise else except "
    "before after without instead because depending not don't never only but so ";

static const char *const ordinals[] = {"first", "second", "third",    "fourth",
                                       "fifth", "sixth",  "seventh",  "eighth",
                                       "ninth", "tenth",  "eleventh", "twelfth"};

static const char months[] = " january february march april may june july august september october "
                             "november december jan feb mar apr jun jul aug "
                             "sep sept oct nov dec ";

static const char *const numbers[] = {"one",   "two",   "three", "four", "five",   "six",
                                      "seven", "eight", "nine",  "ten",  "eleven", "twelve"};

#define COUNT(a) ((int)(sizeof(a) / sizeof(a)[0]))

static const struct noun nouns[] = {
    {"button|btn|push_button", ROLE_BUTTON, false, false, false, NOUN_CONTROL},
    {"buttons", ROLE_BUTTON, false, true, false, NOUN_CONTROL},
    {"link|hyperlink", ROLE_LINK, false, false, false, NOUN_CONTROL},
    {"links|hyperlinks", ROLE_LINK, false, true, false, NOUN_CONTROL},
    {"field|input|input_field|input_box|entry_field|form_field|entry_box", ROLE_NONE, true, false,
     false, NOUN_CONTROL},
    {"fields|inputs|input_fields|form_fields", ROLE_NONE, true, true, false, NOUN_CONTROL},
    {"box", ROLE_NONE, true, false, true, NOUN_BOTH},
    {"boxes", ROLE_NONE, true, true, true, NOUN_CONTROL},
    {"text_field|text_box|textbox|textfield|text_input|text_area|textarea|text_entry|"
     "input_textbox|input_text_box|input_text_field|text_input_field|text_input_box|"
     "text_entry_field|text_entry_box",
     ROLE_TEXTBOX, false, false, false, NOUN_CONTROL},
    {"text_fields|text_boxes|textboxes|text_inputs|text_areas|textareas|text_input_fields|"
     "input_textboxes|input_text_boxes|text_entry_fields",
     ROLE_TEXTBOX, false, true, false, NOUN_CONTROL},
    {"checkbox|check_box|check-box|tickbox|tick_box", ROLE_CHECKBOX, false, false, false,
     NOUN_CONTROL},
    {"checkboxes|check_boxes|check-boxes|tickboxes|tick_boxes", ROLE_CHECKBOX, false, true, false,
     NOUN_CONTROL},
    {"radio_button|radio|radio_box|radio_option", ROLE_RADIO, false, false, false, NOUN_CONTROL},
    {"radio_buttons|radios", ROLE_RADIO, false, true, false, NOUN_CONTROL},
    {"dropdown|drop-down|drop_down|dropdown_menu|drop-down_menu|drop_down_menu|dropdown_list|drop-"
     "down_list|"
     "drop_down_list|dropdown_box|drop-down_box|dropdown_field|combobox|combo_box|combo|select_box|"
     "select_menu|"
     "select_list|select_field",
     ROLE_COMBOBOX, false, false, false, NOUN_CONTROL},
    {"dropdowns|drop-downs|drop_downs|comboboxes|combo_boxes", ROLE_COMBOBOX, false, true, false,
     NOUN_CONTROL},
    {"tab", ROLE_TAB, false, false, false, NOUN_CONTROL},
    {"tabs", ROLE_TAB, false, true, false, NOUN_CONTROL},
    {"slider|range_slider", ROLE_SLIDER, false, false, false, NOUN_CONTROL},
    {"switch|toggle|toggle_switch|toggle_button", ROLE_SWITCH, false, false, false, NOUN_CONTROL},
    {"switches|toggles|toggle_switches", ROLE_SWITCH, false, true, false, NOUN_CONTROL},
    {"spin_button|spinbutton|spin_box|spinbox|stepper", ROLE_SPINBUTTON, false, false, false,
     NOUN_CONTROL},
    {"option", ROLE_OPTION, false, false, false, NOUN_CONTROL},
    {"options", ROLE_OPTION, false, true, false, NOUN_CONTROL},
    {"menu_item|menuitem|menu_entry|menu_option", ROLE_MENUITEM, false, false, false, NOUN_CONTROL},
    {"menu", ROLE_MENUITEM, false, false, false, NOUN_BOTH},
    {"list_item|listitem", ROLE_LISTITEM, false, false, false, NOUN_CONTROL},
    {"item|entry", ROLE_LISTITEM, false, false, true, NOUN_CONTROL},
    {"icon|image|picture", ROLE_IMAGE, false, false, true, NOUN_CONTROL},
    {"label|text|word|heading|title|message|notice|notification|banner|date|time|number|value|"
     "letter|digit",
     ROLE_NONE, false, false, true, NOUN_CONTROL},
    {"file|folder|directory|folder_or_file|file_or_folder|file_or_directory|node|tree_node|"
     "tree_item|branch",
     ROLE_NONE, false, false, true, NOUN_FILE},
    {"items|entries|icons|words", ROLE_NONE, false, true, false, NOUN_CONTROL},
    {"cell", ROLE_CELL, false, false, false, NOUN_CONTROL},
    {"column_header|columnheader", ROLE_COLUMNHEADER, false, false, false, NOUN_CONTROL},
    {"list|list_box|listbox|table|form", ROLE_NONE, false, false, false, NOUN_BOTH},
    {"section|group|panel|area|dialog|dialogue|dialog_box|dialogue_box|window|popup|pop-up|card|"
     "column|pane|sidebar|"
     "toolbar|menu_bar|fieldset|block|part|region|frame",
     ROLE_NONE, false, false, false, NOUN_GROUP},
};

/* Is WORD one of LIST, which has a space before and behind each? */
static bool word_in(const char *list, const char *word, size_t bytes)
{
    if (bytes == 0 || memchr(word, ' ', bytes))
        return false;
    for (const char *at = strchr(list, ' '); at && at[1]; at = strchr(at + 1, ' '))
        if (strncmp(at + 1, word, bytes) == 0 && at[1 + bytes] == ' ')
            return true;
    return false;
}

bool lexicon_is_verb(const char *word)
{
    return word_in(verbs, word, strlen(word));
}

bool lexicon_is_opener(const char *word)
{
    return word_in(openers, word, strlen(word));
}

bool lexicon_is_abbreviation(const char *text, size_t bytes)
{
    char lower[8];
    if (bytes >= sizeof lower)
        return false;
    for (size_t i = 0; i < bytes; i++)
        lower[i] = (char)tolower((unsigned char)text[i]);
    return word_in(abbreviations, lower, bytes);
}

bool lexicon_is_month(const char *word)
{
    return word_in(months, word, strlen(word));
}

bool lexicon_is_determiner(const char *word)
{
    return word_in(determiners, word, strlen(word));
}

bool lexicon_is_pronoun(const char *word)
{
    return word_in(pronouns, word, strlen(word));
}

bool lexicon_is_preposition(const char *word)
{
    return word_in(prepositions, word, strlen(word));
}

bool lexicon_is_judgement(const char *word)
{
    return word_in(judgements, word, strlen(word));
}

bool lexicon_is_look(const char *word)
{
    return word_in(looks, word, strlen(word));
}

bool lexicon_is_condition(const char *word)
{
    return word_in(conditions, word, strlen(word));
}

int lexicon_ordinal(const char *word)
{
    char *end;
    if (strcmp(word, "last") == 0)
        return -1;
    for (int i = 0; i < COUNT(ordinals); i++)
        if (strcmp(word, ordinals[i]) == 0)
            return i + 1;
    if (!isdigit((unsigned char)*word))
        return 0;
    long n = strtol(word, &end, 10);
    bool suffix = word_in(" st nd rd th ", end, strlen(end));
    return suffix && n >= 1 && n <= NUMBER_MAX ? (int)n : 0;
}

int lexicon_number(const char *word)
{
    char *end;
    for (int i = 0; i < COUNT(numbers); i++)
        if (strcmp(word, numbers[i]) == 0)
            return i + 1;
    if (!isdigit((unsigned char)*word))
        return 0;
    long n = strtol(word, &end, 10);
    return !*end && n >= 1 && n <= NUMBER_MAX ? (int)n : 0;
}

static const struct noun *noun_in(struct span s, int *count,
                                  int (*measure)(struct span, const char *))
{
    const struct noun *best = NULL;
    *count = 0;
    for (int i = 0; i < COUNT(nouns); i++) {
        int n = measure(s, nouns[i].phrases);
        if (n > *count) {
            *count = n;
            best = &nouns[i];
        }
    }
    return best;
}

const struct noun *noun_ends(struct span s, int *count)
{
    return noun_in(s, count, span_ends);
}

const struct noun *noun_begins(struct span s, int *count)
{
    return noun_in(s, count, span_begins);
}
