/* Data's names and the labels of fields: what fits, what does not, and which fits better. */
#include "base/alike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

#define FITS 0.75 /* surely the same field */
#define MAY  0.5  /* perhaps; below it surely not */

struct row {
    const char *label, *name;
};

static const struct row fits[] = {
    {"First name *", "First name"},
    {"First name", "firstName"},
    {"First name", "first_name"},
    {"FIRST NAME", "first-name"},
    {"Given name", "First name"},
    {"Forename", "First name"},
    {"First", "First name"},
    {"Surname:", "Last name"},
    {"Family name", "lastName"},
    {"Full name", "Name"},
    {"Your name (required)", "Name"},
    {"Please enter your name", "name"},
    {"Customer name", "Name"},
    {"Patient name", "Patient"},
    {"Company name", "Company"},
    {"Company (optional)", "Company"},
    {"Organisation", "Company"},
    {"Project name", "Project"},
    {"Name on card", "Cardholder name"},
    {"Your e-mail address *", "Email"},
    {"E-mail…", "Email"},
    {"Email address", "e_mail"},
    {"Email or username", "Email"},
    {"Email or username", "Username"},
    {"Username / Email", "Email"},
    {"Phone number", "Telephone"},
    {"Tel.", "Phone"},
    {"Mobile", "Phone"},
    {"Phone (work)", "Work phone"},
    {"Phone 1", "Phone"},
    {"Address line 1", "Address"},
    {"Street address", "Address"},
    {"Addr.", "Address"},
    {"Apartment, suite, etc. (optional)", "Address line 2"},
    {"ZIP / Postal code", "Postcode"},
    {"Zip", "Postal code"},
    {"Post code", "postcode"},
    {"Town / City", "City"},
    {"State / Province", "State"},
    {"Country/Region", "Country"},
    {"House No.", "House number"},
    {"Date of birth (dd/mm/yyyy)", "Birthday"},
    {"DOB", "Date of birth"},
    {"User ID", "Username"},
    {"Login", "User name"},
    {"Passphrase", "Password"},
    {"Repeat password", "Confirm password"},
    {"Password (again)", "Confirm password"},
    {"Re-enter your password", "Confirm password"},
    {"Your message", "Message"},
    {"Comments", "Message"},
    {"Type your message here", "Message"},
    {"Topic", "Subject"},
    {"Qty", "Quantity"},
    {"Salutation", "Title"},
    {"Sex", "Gender"},
    {"Homepage", "Website"},
    {"LinkedIn profile", "LinkedIn"},
    {"I agree to the terms and conditions", "Terms"},
    {"I accept the terms of service", "I accept the terms of service"},
    {"Subscribe me to the newsletter", "Newsletter"},
    {"No. of guests", "Number of guests"},
    {"# of guests", "Guests"},
    {"Number of guests", "Guests"},
    {"Ref. No.", "Reference number"},
    {"Dept.", "Department"},
    {"Security code", "CVV"},
    {"Expires", "Expiry date"},
    {"Check-in", "check in"},
    {"Arrival", "Arrival date"},
    {"Date from", "Start date"},
    {"Overall rating (0-10)", "Overall rating"},
    {"Session timeout (minutes)", "Session timeout"},
    {"Years of experience", "Experience"},
    {"Favorite color", "Favourite colour"},
    {"How did you hear about us?", "How did you hear about us"},
    {"Expected salary", "expectedSalary"},
    {"Email", "user[email]"},
    /* as read from pixels */
    {"Emai1", "Email"},
    {"F1rst name", "First name"},
    {"Surnarne", "Last name"},
    {"Passw0rd", "Password"},
    {"C0untry", "Country"},
    {"Firstname", "First name"},
    {"Remember windcw size on closing", "Remember window size on closing"},
};

/* Perhaps, when there is nothing better. */
static const struct row may[] = {
    {"Confirm password", "Password"}, {"Work email", "Email"},
    {"Billing address", "Address"},   {"Delivery date", "Date"},
    {"Address", "Billing address"},   {"No.", "House number"},
    {"Start time", "Time"},           {"Language", "Preferred language"},
};

static const struct row differ[] = {
    {"", "Name"},
    {"Name", ""},
    {"*", "Name"},
    {"Last name", "First name"},
    {"First name", "Name"},
    {"Last name", "Name"},
    {"Company name", "Name"},
    {"Project name", "Name"},
    {"Username", "Name"},
    {"Nickname", "Last name"},
    {"Mother's maiden name", "Last name"},
    {"Company size", "Company"},
    {"Email digest", "Email"},
    {"Address", "Email"},
    {"Email address", "Address"},
    {"IP address", "Address"},
    {"Website", "Email"},
    {"Fax", "Phone"},
    {"Phone 2", "Phone"},
    {"Phone 2", "Phone 1"},
    {"Phone type", "Phone"},
    {"Home phone", "Work phone"},
    {"Address line 2", "Address line 1"},
    {"Address line 2", "Address"},
    {"City", "State"},
    {"Statement", "State"},
    {"Status", "State"},
    {"County", "Country"},
    {"Country code", "Country"},
    {"Promo code", "Postcode"},
    {"Postal code", "Security code"},
    {"Date of birth", "Date"},
    {"Place of birth", "Date of birth"},
    {"Start date", "End date"},
    {"Check-in date", "Check-out date"},
    {"Arrival", "Departure"},
    {"Valid from", "Valid to"},
    {"Minimum price", "Maximum price"},
    {"New password", "Old password"},
    {"New password", "Confirm password"},
    {"Confirm email", "Confirm password"},
    {"Password hint", "Password"},
    {"PIN", "Password"},
    {"Job title", "Title"},
    {"Message", "Subject"},
    {"Billing address", "Shipping address"},
    {"Billing address Street", "Billing city"},
    {"Card number", "Name on card"},
    {"Card type", "Card number"},
    {"Account number", "Account name"},
    {"Order date", "Order number"},
    {"Room type", "Room number"},
    {"Expiry month", "Expiry year"},
    {"Preferred contact method", "Preferred contact time"},
    {"Remember window size on closing", "Remember window position on closing"},
    {"Do not show toolbar", "Show toolbar"},
    {"Disable notifications", "Enable notifications"},
    {"Unsubscribe", "Subscribe"},
    {"I agree to the privacy policy", "Accept the terms"},
    {"Recipient email", "Sender email"},
    {"Female", "Male"},
    {"Gender", "Sender"},
    {"Age", "Page"},
    {"Date", "Rate"},
    {"Height", "Weight"},
    {"Radio button 1", "Radio button 2"},
    {"Item 3", "Item 13"},
    {"Plan A", "Plan B"},
    {"Select order 26383", "Select order 59820"},
    {"Replace all in:", "Replace with"},
};

static void check(const struct row *rows, size_t count, double least, double most)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        double score = alike_label(rows[i].label, rows[i].name);
        if (score >= least && score < most)
            continue;
        print_error("label \"%s\", name \"%s\": %.3f\n", rows[i].label, rows[i].name, score);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void test_fits(void **state)
{
    (void)state;
    check(fits, COUNT(fits), FITS, 1.001);
    check(may, COUNT(may), MAY, FITS);
    check(differ, COUNT(differ), 0, MAY);
    assert_true(alike_label("Email", "Email") >= 1);
}

/* For a datum of this name the first label must win, clearly. */
static const struct {
    const char *name, *better, *worse;
} rivals[] = {
    {"Name", "Full name", "Company name"},
    {"Name", "Full name", "First name"},
    {"Name", "Name", "Full name"},
    {"Password", "Password", "Confirm password"},
    {"Confirm password", "Repeat password", "Password"},
    {"New password", "New password", "Confirm new password"},
    {"Confirm password", "Confirm new password", "New password"},
    {"Email", "Email", "Confirm email"},
    {"Email", "E-mail address", "Email digest"},
    {"Phone", "Telephone", "Mobile"},
    {"Mobile", "Mobile phone", "Phone"},
    {"Quantity", "Quantity", "Amount"},
    {"Amount", "Amount", "Quantity"},
    {"Notes", "Notes", "Comments"},
    {"Replace with", "Replace with:", "Replace all in:"},
    {"Search for", "Search for:", "Search direction:"},
    {"Address", "Address line 1", "Address line 2"},
    {"Date", "Date", "Start date"},
    {"Order number", "Order no.", "Order date"},
    {"Price", "Price", "Sale price"},
    {"Maiden name", "Maiden name", "Mother's maiden name"},
};

static void test_rivals(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rivals); i++) {
        double better = alike_label(rivals[i].better, rivals[i].name);
        double worse = alike_label(rivals[i].worse, rivals[i].name);
        if (better >= MAY && better >= worse + 0.02)
            continue;
        print_error("%s: \"%s\" %.3f, \"%s\" %.3f\n", rivals[i].name, rivals[i].better, better,
                    rivals[i].worse, worse);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* Whole forms: each datum must win its own label, with a margin to every other one. */
#define FIELDS_MAX 16

static const struct {
    struct row fields[FIELDS_MAX];
} forms[] = {
    {{{"First name *", "firstName"},
      {"Last name *", "lastName"},
      {"Email address *", "email"},
      {"Phone", "phone"},
      {"Topic", "subject"},
      {"Message", "message"}}},
    {{{"Full name", "name"},
      {"Company (optional)", "company"},
      {"Street address", "address"},
      {"City", "city"},
      {"Postcode", "zip"},
      {"Country", "country"},
      {"Card number", "card_number"},
      {"Expires", "expiry_date"},
      {"Security code", "cvc"},
      {"Promo code", "coupon"},
      {"Billing address is the same as shipping", NULL}}},
    {{{"From", "From"},
      {"To", "To"},
      {"Departure date", "Departure"},
      {"Return date", "Return"},
      {"Passengers", "Number of passengers"},
      {"Cabin class", "Class"}}},
    {{{"Billing first name", "billing_first_name"},
      {"Billing last name", "billing_last_name"},
      {"Billing city", "billing_city"},
      {"Billing ZIP", "billing_postcode"},
      {"Shipping first name", "shipping_first_name"},
      {"Shipping last name", "shipping_last_name"},
      {"Shipping city", "shipping_city"},
      {"Shipping ZIP", "shipping_postcode"}}},
    {{{"Full name", "Name"},
      {"E-mail", "Email address"},
      {"Mobile number", "Phone"},
      {"LinkedIn profile", "LinkedIn"},
      {"Website / Portfolio", "Website"},
      {"Current employer", "Company"},
      {"Job title", "Position"},
      {"Years of experience", "Experience"},
      {"Expected salary", "Salary"},
      {"Earliest start date", "Start date"},
      {"Why do you want to work here?", NULL}}},
    {{{"Event name", "Name of event"},
      {"Start date", "Start date"},
      {"End date", "End date"},
      {"Start time", "Start time"},
      {"End time", "End time"},
      {"Organiser name", "Organiser"},
      {"Organiser email", "Organiser email"},
      {"Maximum attendees", "Max attendees"},
      {"Description", "Details"}}},
    {{{"Patient name", "Patient"},
      {"Date of birth", "DOB"},
      {"Sex", "Gender"},
      {"Insurance number", "Insurance no."},
      {"Emergency contact name", "Emergency contact"},
      {"Emergency contact phone", "Emergency phone"},
      {"Height (cm)", "Height"},
      {"Weight (kg)", "Weight"}}},
    {{{"Name:", "Name"},
      {"Street:", "Street"},
      {"No.:", "House number"},
      {"ZIP:", "Postal code"},
      {"Town:", "City"},
      {"Tel.:", "Telephone"},
      {"Mobile:", "Mobile"},
      {"Web:", "Website"},
      {"Birthday:", "Date of birth"},
      {"Notes:", "Notes"}}},
    {{{"Address line 1", "Address 1"},
      {"Address line 2", "Address 2"},
      {"Address line 3", "Address 3"},
      {"Town / City", "Town"},
      {"County", "County"},
      {"Postcode", "Postcode"},
      {"Country", "Country"}}},
    {{{"Account holder", "Account holder"},
      {"Account number", "Account number"},
      {"Bank name", "Bank"},
      {"Sort code", "Sort code"},
      {"BIC / SWIFT", "BIC"},
      {"Amount", "Amount"},
      {"Reference", "Payment reference"}}},
};

static void check_datum(const struct row *fields, int wanted)
{
    double own = alike_label(fields[wanted].label, fields[wanted].name);
    if (own < MAY)
        fail_msg("%s: \"%s\" only %.3f", fields[wanted].name, fields[wanted].label, own);
    for (int i = 0; i < FIELDS_MAX && fields[i].label; i++) {
        double rival = alike_label(fields[i].label, fields[wanted].name);
        if (i != wanted && rival > own - 0.02)
            fail_msg("%s: \"%s\" %.3f, but \"%s\" %.3f", fields[wanted].name, fields[wanted].label,
                     own, fields[i].label, rival);
    }
}

static void test_forms(void **state)
{
    (void)state;
    for (size_t f = 0; f < COUNT(forms); f++)
        for (int i = 0; i < FIELDS_MAX && forms[f].fields[i].label; i++)
            if (forms[f].fields[i].name)
                check_datum(forms[f].fields, i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fits),
        cmocka_unit_test(test_rivals),
        cmocka_unit_test(test_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
