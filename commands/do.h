/*
 * do: `hem do 'click "Save"'`: steps on a display, from the shell or from a program.
 */
#ifndef COMMANDS_DO_H
#define COMMANDS_DO_H

#define DO_USAGE                                                                                   \
    "usage: hem do [--display :N] [--lang LANG] [--paste KEYS] [--json] STEP...\n"                 \
    "       hem do [--display :N] [--lang LANG] [--paste KEYS] -\n"                                \
    "\n"                                                                                           \
    "Does steps, one after the other, on a display that is there (default: $DISPLAY) and leaves\n" \
    "it as it is otherwise. The first step that can't be done is the last. A step is one line\n"   \
    "of the step language (docs/tasks.md):\n"                                                      \
    "\n"                                                                                           \
    "  hem do 'click \"Save\"'\n"                                                                  \
    "  hem do --display :5 'type \"Ada\" into \"First name\"' 'press Return' 'expect \"Saved\"'\n" \
    "  hem do 'read \"Total\" as total'\n"                                                         \
    "\n"                                                                                           \
    "Actions at pixels are taken, too, and done without looking: 'click left at 412,300',\n"       \
    "'key_down Shift', 'drag left from 5,6 to 90,6', 'zoom 10,20 300x200 as \"part\"'.\n"          \
    "\n"                                                                                           \
    "With - the steps come from standard input, a line each. Each is answered at once with one\n"  \
    "line of JSON, and what was read on the screen stays known to the next. A step that fails\n"   \
    "or isn't understood is answered with its error, and the next is done all the same. `see`\n"   \
    "is answered with what is on the screen. Empty lines and those that begin with # are passed\n" \
    "over.\n"                                                                                      \
    "\n"                                                                                           \
    "  --display :N   the display\n"                                                               \
    "  --lang LANG    Tesseract's languages, such as eng+deu\n"                                    \
    "  --paste KEYS   long texts may be pasted with these keys: Ctrl+V\n"                          \
    "  --json         one line of JSON for each step instead of text:\n"                           \
    "                 step, ok, outcome, actions, at, values, notes, error, ms\n"                  \
    "\n"                                                                                           \
    "Exit status: 0 done, 1 a step failed, 2 a step that is not understood, 3 the display\n"       \
    "failed, 4 a step took too long, 5 no step came, 130 interrupted. With - it is that of what\n" \
    "went wrong first.\n"

int command_do(int argc, char **argv);

#endif
