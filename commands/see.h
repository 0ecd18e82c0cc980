/*
 * see: `hem see`: what is on a screen or in a picture of one.
 */
#ifndef COMMANDS_SEE_H
#define COMMANDS_SEE_H

#define SEE_USAGE                                                                                  \
    "usage: hem see [--display :N] [OPTIONS]\n"                                                    \
    "       hem see --image FILE.png... [OPTIONS]\n"                                               \
    "\n"                                                                                           \
    "Says what is on the screen: each control with its role, states, label, value and box. The\n"  \
    "number in front is what `#12` means in a step.\n"                                             \
    "\n"                                                                                           \
    "  --display :N     look at this display (default: $DISPLAY) when it has come to rest\n"       \
    "  --image FILE...  look at pictures (PNG) instead, one after the other\n"                     \
    "  --json           one line of JSON for each, with all words that were read, too\n"           \
    "  --overlay FILE   draw what was seen over the picture, as a PNG\n"                           \
    "  --out DIR        write one JSON file for each picture, named as it is, and print nothing\n" \
    "  --lang LANG      Tesseract's languages, such as eng+deu\n"                                  \
    "\n"                                                                                           \
    "Exit status: 0 done, 2 usage or a bad file, 3 the display or the disk failed.\n"

int command_see(int argc, char **argv);

#endif
