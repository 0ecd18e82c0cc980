#include "base/key.h"

#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

/*
 * Names of keys in the dialects that hem meets (X11, OpenAI's capitals, DOM and Gemini, UI-TARS,
 * pyautogui, what people write), in small letters without `_`, `-` and spaces between letters,
 * against X11's. Words that rather stand on a button (Next, Add, Find ...) are no names of keys
 * here, although X11 or pyautogui have them: `press Next` should not turn the page.
 */
static const struct {
    const char *canonical, *names;
} key_names[] = {
    {"Return", "return enter ret linefeed"},
    {"Escape", "escape esc"},
    {"BackSpace", "backspace bksp bs"},
    {"Delete", "delete del forwarddelete"},
    {"Insert", "insert ins"},
    {"Tab", "tab tabulator"},
    {"ISO_Left_Tab", "isolefttab backtab"},
    {"space", "space spacebar spc"},
    {"Home", "home pos1"},
    {"End", "end"},
    {"Page_Up", "pageup pgup prior"},
    {"Page_Down", "pagedown pgdn pgdown"},
    {"Up", "up arrowup uparrow"},
    {"Down", "down arrowdown downarrow"},
    {"Left", "left arrowleft leftarrow"},
    {"Right", "right arrowright rightarrow"},
    {"Control_L", "ctrl control ctl controll ctrll lctrl ctrlleft controlleft leftctrl leftcontrol "
                  "controlormeta commandorcontrol cmdorctrl"},
    {"Control_R", "controlr ctrlr rctrl ctrlright controlright rightctrl rightcontrol"},
    {"Shift_L", "shift shiftl lshift shiftleft leftshift"},
    {"Shift_R", "shiftr rshift shiftright rightshift"},
    {"Alt_L", "alt altl lalt altleft leftalt option opt optionleft"},
    {"Alt_R", "altr ralt altright rightalt optionright"},
    {"ISO_Level3_Shift", "altgr altgraph isolevel3shift"},
    {"Super_L", "super superl meta metal metaleft cmd command "
                "commandleft win winleft windows os osleft"},
    {"Super_R", "superr metar metaright winright commandright osright"},
    {"Hyper_L", "hyper hyperl"},
    {"Caps_Lock", "capslock caps"},
    {"Num_Lock", "numlock"},
    {"Scroll_Lock", "scrolllock"},
    {"Menu", "menu contextmenu apps application"},
    {"Print", "print printscreen prntscrn prtsc prtscr prtscn snapshot"},
    {"Sys_Req", "sysrq sysreq"},
    {"Pause", "pause"},
    {"Break", "break"},
    {"Kana_Lock", "kana"},
    {"Kanji", "kanji"},
    {"Hangul", "hangul"},
    {"Hangul_Hanja", "hanja"},
    {"Mode_switch", "modechange modeswitch"},
    /* the number pad */
    {"KP_Add", "kpadd kpplus numpadadd numpadplus"},
    {"KP_Subtract", "kpsubtract kpminus numpadsubtract numpadminus"},
    {"KP_Multiply", "kpmultiply numpadmultiply"},
    {"KP_Divide", "kpdivide numpaddivide"},
    {"KP_Decimal", "kpdecimal numpaddecimal"},
    {"KP_Separator", "kpseparator"},
    {"KP_Enter", "kpenter numpadenter"},
    {"KP_Equal", "kpequal numpadequal"},
    {"KP_Home", "kphome"},
    {"KP_End", "kpend"},
    {"KP_Up", "kpup"},
    {"KP_Down", "kpdown"},
    {"KP_Left", "kpleft"},
    {"KP_Right", "kpright"},
    {"KP_Page_Up", "kppageup kpprior"},
    {"KP_Page_Down", "kppagedown kpnext"},
    {"KP_Insert", "kpinsert"},
    {"KP_Delete", "kpdelete"},
    {"KP_Begin", "kpbegin"},
    {"KP_0", "num0 kp0 numpad0"},
    {"KP_1", "num1 kp1 numpad1"},
    {"KP_2", "num2 kp2 numpad2"},
    {"KP_3", "num3 kp3 numpad3"},
    {"KP_4", "num4 kp4 numpad4"},
    {"KP_5", "num5 kp5 numpad5"},
    {"KP_6", "num6 kp6 numpad6"},
    {"KP_7", "num7 kp7 numpad7"},
    {"KP_8", "num8 kp8 numpad8"},
    {"KP_9", "num9 kp9 numpad9"},
    /* characters by name */
    {"exclam", "exclam exclamation"},
    {"quotedbl", "quotedbl doublequote"},
    {"numbersign", "numbersign hash pound"},
    {"dollar", "dollar"},
    {"percent", "percent"},
    {"ampersand", "ampersand"},
    {"apostrophe", "apostrophe quote singlequote quoteright"},
    {"parenleft", "parenleft leftparen"},
    {"parenright", "parenright rightparen"},
    {"asterisk", "asterisk star"},
    {"plus", "plus"},
    {"comma", "comma"},
    {"minus", "minus hyphen dash"},
    {"period", "period dot"},
    {"slash", "slash forwardslash"},
    {"colon", "colon"},
    {"semicolon", "semicolon"},
    {"less", "less"},
    {"equal", "equal equals"},
    {"greater", "greater"},
    {"question", "question questionmark"},
    {"at", "at"},
    {"bracketleft", "bracketleft leftbracket openbracket"},
    {"backslash", "backslash"},
    {"bracketright", "bracketright rightbracket closebracket"},
    {"asciicircum", "asciicircum caret"},
    {"underscore", "underscore"},
    {"grave", "grave backquote backtick quoteleft"},
    {"braceleft", "braceleft leftbrace"},
    {"bar", "bar pipe"},
    {"braceright", "braceright rightbrace"},
    {"asciitilde", "asciitilde tilde"},
    {"yen", "yen"},
    /* media and browser keys */
    {"XF86AudioRaiseVolume", "volumeup audiovolumeup"},
    {"XF86AudioLowerVolume", "volumedown audiovolumedown"},
    {"XF86AudioMute", "volumemute audiovolumemute"},
    {"XF86AudioPlay", "playpause mediaplaypause"},
    {"XF86AudioStop", "mediastop"},
    {"XF86AudioNext", "nexttrack mediatracknext"},
    {"XF86AudioPrev", "prevtrack mediatrackprevious"},
    {"XF86Back", "browserback"},
    {"XF86Forward", "browserforward"},
    {"XF86Refresh", "browserrefresh"},
    {"XF86Stop", "browserstop"},
    {"XF86Search", "browsersearch"},
    {"XF86Favorites", "browserfavorites"},
    {"XF86HomePage", "browserhome"},
    {"XF86Mail", "launchmail"},
};

static const char *const function_keys[] = {
    "F1",  "F2",  "F3",  "F4",  "F5",  "F6",  "F7",  "F8",  "F9",  "F10", "F11", "F12",
    "F13", "F14", "F15", "F16", "F17", "F18", "F19", "F20", "F21", "F22", "F23", "F24",
    "F25", "F26", "F27", "F28", "F29", "F30", "F31", "F32", "F33", "F34", "F35",
};

/* Small letters, without the `_`, `-` and spaces that stand between letters or digits. False when
 * it is too long. */
static bool name_plain(const char *name, char out[KEY_NAME_SIZE])
{
    size_t n = 0;
    for (const char *c = name; *c; c++) {
        if (strchr("_- ", *c) && c > name && isalnum((unsigned char)c[-1]) &&
            isalnum((unsigned char)c[1]))
            continue;
        if (n + 1 >= KEY_NAME_SIZE)
            return false;
        out[n++] = (char)tolower((unsigned char)*c);
    }
    out[n] = '\0';
    return true;
}

/* Is WORD one of the words of NAMES? */
static bool names_hold(const char *names, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = names; (at = strstr(at, word)); at += n) {
        if ((at == names || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return true;
    }
    return false;
}

/* X11's way to name any character: U20AC. */
static bool is_code_point(const char *name)
{
    size_t n = strlen(name);
    return name[0] == 'U' && n >= 5 && n <= 7 &&
           strspn(name + 1, "0123456789ABCDEFabcdef") == n - 1;
}

static bool is_media_key(const char *name)
{
    if (strncmp(name, "XF86", 4) != 0 || !name[4] || strlen(name) >= KEY_NAME_SIZE)
        return false;
    for (const char *c = name + 4; *c; c++) {
        if (!isalnum((unsigned char)*c) && *c != '_')
            return false;
    }
    return true;
}

static bool is_single_character(const char *name)
{
    const char *rest = name;
    uint32_t c = utf8_next(&rest);
    return c >= ' ' && c != 127 && c != UTF8_INVALID && !*rest;
}

const char *key_canonical(const char *name)
{
    static const char *const controls[] = {"\n", "Return", "\r", "Return",    "\t",   "Tab",
                                           " ",  "space",  "\b", "BackSpace", "\x1b", "Escape"};
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i += 2) {
        if (!strcmp(name, controls[i]))
            return controls[i + 1];
    }
    if (is_single_character(name) || is_code_point(name) || is_media_key(name))
        return name;

    char plain[KEY_NAME_SIZE];
    if (!name_plain(name, plain) || !plain[0] || strchr(plain, ' '))
        return NULL;
    for (size_t i = 0; i < sizeof key_names / sizeof *key_names; i++) {
        if (names_hold(key_names[i].names, plain))
            return key_names[i].canonical;
    }
    for (size_t i = 0; i < sizeof function_keys / sizeof *function_keys; i++) {
        if (plain[0] == 'f' && !strcmp(plain + 1, function_keys[i] + 1))
            return function_keys[i];
    }
    return NULL;
}

static bool is_separator(char c)
{
    return c == '+' || c == '-' || c == ' ';
}

/*
 * The longest name that CHORD begins with, ending at a separator or at the end: "Page Down" before
 * "Page". Returns its length in bytes, 0 for none; KEY gets the canonical name.
 */
static size_t take_key(const char *chord, char key[KEY_NAME_SIZE])
{
    for (size_t n = strnlen(chord, KEY_NAME_SIZE - 1); n > 0; n--) {
        if (chord[n] && !is_separator(chord[n]))
            continue;
        char part[KEY_NAME_SIZE];
        memcpy(part, chord, n);
        part[n] = '\0';
        const char *canonical = key_canonical(part);
        if (canonical) {
            memmove(key, canonical, strlen(canonical) + 1);
            return n;
        }
    }
    return 0;
}

/* The part that is not known, cut to the size and never in the middle of a character. */
static void tell_bad(const char *part, char bad[KEY_NAME_SIZE])
{
    if (!bad)
        return;
    size_t n = 0;
    while (n < KEY_NAME_SIZE - 1 && part[n] && (n == 0 || part[n] != '+'))
        n++;
    while (n > 0 && ((unsigned char)part[n] & 0xC0) == 0x80)
        n--;
    memcpy(bad, part, n);
    bad[n] = '\0';
}

/* Past the one separator between two keys and the spaces around it; NULL when a key should follow
 * and none does. */
static const char *skip_separator(const char *chord)
{
    const char *begin = chord;
    while (*chord == ' ')
        chord++;
    if (!*chord)
        return chord;
    if (chord > begin && (*chord == '+' || *chord == '-') && !chord[1])
        return chord; /* "ctrl +" */
    if (*chord == '+' || *chord == '-')
        chord++;
    const char *key = chord + strspn(chord, " ");
    if (*key)
        return key;
    return key > chord ? key - 1 : NULL; /* "Ctrl+ " is Control and the space bar */
}

int keys_split(const char *chord, char keys[][KEY_NAME_SIZE], int max, char bad[KEY_NAME_SIZE])
{
    const char *rest = chord + strspn(chord, " ");
    if (!*rest && rest > chord)
        rest--; /* a chord of spaces is the space bar */
    int count = 0;
    do {
        char key[KEY_NAME_SIZE] = "";
        size_t n = take_key(rest, key);
        if (!n || count == max) {
            tell_bad(rest, bad);
            return 0;
        }
        memcpy(keys[count++], key, KEY_NAME_SIZE);
        const char *after = rest + n;
        rest = *after == '\0' ? after : skip_separator(after);
        if (!rest) {
            tell_bad(after, bad);
            return 0;
        }
    } while (*rest);
    return count;
}
