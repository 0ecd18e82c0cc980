/*
 * do: `hem do 'click "Save"'`: steps on a display, from the shell.
 */
#ifndef COMMANDS_DO_H
#define COMMANDS_DO_H

#define DO_USAGE                                                                                   \
    "usage: hem do [--display :N] [--lang LANG] [--json] STEP...\n"                                \
    "\n"                                                                                           \
    "Does steps, one after the other, on a display that is there (default: $DISPLAY) and leaves\n" \
    "it as it is otherwise. A step is one line of the step language (docs/tasks.md):\n"            \
    "\n"                                                                                           \
    "  hem do 'click \"Save\"'\n"                                                                  \
    "  hem do --display :5 'type \"Ada\" into \"First name\"' 'press Return' 'expect \"Saved\"'\n" \
    "  hem do 'read \"Total\" as total'\n"                                                         \
    "\n"                                                                                           \
    "  --display :N   the display\n"                                                               \
    "  --lang LANG    Tesseract's languages, such as eng+deu\n"                                    \
    "  --json         one JSON object a line instead of text\n"                                    \
    "\n"                                                                                           \
    "Exit status: 0 done, 1 a step failed, 2 a step that is not understood, 3 the display "        \
    "failed,\n"                                                                                    \
    "130 interrupted.\n"

int command_do(int argc, char **argv);

#endif
