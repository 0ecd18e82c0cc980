/*
 * record: `hem record DIR`: watch a person and keep what happened.
 */
#ifndef COMMANDS_RECORD_H
#define COMMANDS_RECORD_H

#define RECORD_USAGE                                                                               \
    "usage: hem record DIR [OPTIONS] [-- PROGRAM ARGUMENTS...]\n"                                  \
    "\n"                                                                                           \
    "Watches a person and keeps what happened in DIR: every event of keyboard and pointer, and "   \
    "a\n"                                                                                          \
    "picture of the screen whenever it came to rest. With a PROGRAM this is on a private "         \
    "display,\n"                                                                                   \
    "and how to reach that is said first; else on one that is there. It ends with the stop key,\n" \
    "with Ctrl+C here, or with the program.\n"                                                     \
    "\n"                                                                                           \
    "  --display :N        watch this display (default without a program: $DISPLAY)\n"             \
    "  --screen WxH        the size of the private display (default 1280x800)\n"                   \
    "  --view              show the private display to VNC viewers on this machine (x11vnc)\n"     \
    "  --pause-key KEYS    pause, and go on (default Ctrl+Alt+P)\n"                                \
    "  --stop-key KEYS     the end (default Ctrl+Alt+Q)\n"                                         \
    "  --secret LABEL      what is typed into the field of this name is kept nowhere; may be\n"    \
    "                      given again. Fields for passwords need no telling\n"                    \
    "  --secret-region X,Y,W,H   the same for what is in this part of the screen\n"                \
    "  --lang LANG         Tesseract's languages, such as eng+deu\n"                               \
    "  --json              one JSON object a line instead of text\n"                               \
    "\n"                                                                                           \
    "Exit status: 0 done, 2 usage or a bad file, 3 display, program or disk failed: what was\n"    \
    "recorded until then is in DIR.\n"

int command_record(int argc, char **argv);

#endif
