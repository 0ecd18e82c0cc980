/*
 * key: names of keys, in every dialect that hem meets (X11 keysyms, upper-case words, DOM names,
 * pyautogui ...), and chords of them. One table in base/key.c; whether the server's keyboard has a
 * key is input/'s business.
 */
#ifndef BASE_KEY_H
#define BASE_KEY_H

#define KEY_NAME_SIZE 32

/*
 * One key's name to hem's: the X11 keysym name ("return" and "ENTER" give "Return", "ctrl" gives
 * "Control_L"). A single character, "U20AC" and names that begin with "XF86" stand for themselves:
 * then NAME itself is returned. NULL when the name is not known.
 */
const char *key_canonical(const char *name);

/*
 * Splits a chord ("Ctrl+Shift+T", "ctrl+plus", "Ctrl++", "Alt-F4", "ctrl c") into canonical key
 * names. Returns how many, at most MAX, or 0 when a part is not known or there are more; BAD, when
 * given, then holds that part (at most 31 bytes).
 */
int keys_split(const char *chord, char keys[][KEY_NAME_SIZE], int max, char bad[KEY_NAME_SIZE]);

#endif
