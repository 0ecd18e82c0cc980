/*
 * replay: `hem replay DIR`: what was recorded is done again.
 */
#ifndef COMMANDS_REPLAY_H
#define COMMANDS_REPLAY_H

#define REPLAY_USAGE                                                                               \
    "usage: hem replay DIR [OPTIONS] [-- PROGRAM ARGUMENTS...]\n"                                  \
    "\n"                                                                                           \
    "Does again what the trajectory in DIR shows, of a person, a task or a model. Every target "   \
    "is looked\n"                                                                                  \
    "for on the screen as it is now: the window may have moved, or look otherwise. Where the "     \
    "screen is not\n"                                                                              \
    "what it was it stops, and says what it expected and what it sees.\n"                          \
    "\n"                                                                                           \
    "  --speed F         1: with the pauses that were recorded at most, 2: half as long "          \
    "(default: as\n"                                                                               \
    "                    soon as the screen rests)\n"                                              \
    "  --until STEP      ends with this step: its number, or a part of its line\n"                 \
    "  --blind           the recorded actions at their pixels and times, without looking and "     \
    "without a\n"                                                                                  \
    "                    guard; the screen must have the recorded size\n"                          \
    "  --policy model:PROVIDER/NAME\n"                                                             \
    "                    this model goes on where the screen is not what it was\n"                 \
    "  --secret NAME=env:VARIABLE\n"                                                               \
    "                    a secret that was typed (or NAME=file:PATH); may be given again\n"        \
    "  --display :N      join this display and leave it as it is\n"                                \
    "  --screen WxH      the size of the private display (default: the recorded one)\n"            \
    "  --lang LANG       Tesseract's languages, such as eng+deu\n"                                 \
    "  --out DIR         where the new trajectory goes (default: runs/NAME-TIME; --blind writes "  \
    "none)\n"                                                                                      \
    "  --json            one JSON object a line instead of text\n"                                 \
    "\n"                                                                                           \
    "The program is started as it was recorded, unless another one stands after --.\n"             \
    "\n"                                                                                           \
    "Exit status: 0 done, 1 the screen was not what it was, 2 usage or a bad file, 3 display, "    \
    "program\n"                                                                                    \
    "or disk failed, 4 a limit was reached, 130 interrupted.\n"

int command_replay(int argc, char **argv);

#endif
