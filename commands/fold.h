/*
 * fold: `hem fold DIR`: the raw log of a demonstration becomes steps.
 */
#ifndef COMMANDS_FOLD_H
#define COMMANDS_FOLD_H

#define FOLD_USAGE                                                                                 \
    "usage: hem fold DIR [OPTIONS]\n"                                                              \
    "\n"                                                                                           \
    "Makes steps of what `hem record` kept in DIR: its events.jsonl and pictures stay as they "    \
    "are, and\n"                                                                                   \
    "trajectory.jsonl and episode.json are written anew. `hem record` does this at its end; do "   \
    "it again\n"                                                                                   \
    "with other limits:\n"                                                                         \
    "\n"                                                                                           \
    "  --double-click MS,PX  two clicks so soon and so near are one double click (500,5)\n"        \
    "  --drag PX             a button that is moved so far while it is pressed drags (10)\n"       \
    "  --type-gap MS         a longer pause ends a text (1000)\n"                                  \
    "  --scroll-gap MS       a longer pause ends a scroll (1000)\n"                                \
    "  --rest MS             a pointer that rests so long has arrived (250)\n"                     \
    "  --lang LANG           Tesseract's languages, such as eng+deu\n"                             \
    "\n"                                                                                           \
    "Exit status: 0 done, 1 nothing was recorded, 2 usage or no demonstration, 3 the disk "        \
    "failed.\n"

int command_fold(int argc, char **argv);

#endif
