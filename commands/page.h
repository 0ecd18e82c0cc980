/*
 * page: `hem report DIR`: one HTML file of what happened.
 */
#ifndef COMMANDS_PAGE_H
#define COMMANDS_PAGE_H

#define PAGE_USAGE                                                                                 \
    "usage: hem report DIR [--out FILE] [--room MB]\n"                                             \
    "\n"                                                                                           \
    "Makes one HTML page of what `hem test` or `hem run` left in DIR: a run of cases, one record " \
    "or a\n"                                                                                       \
    "folder of records. It shows each step with its picture, what was seen on it, where hem "      \
    "acted, how\n"                                                                                 \
    "long it took, and what went wrong. The page needs no network and no other file.\n"            \
    "\n"                                                                                           \
    "  --out FILE   where it goes (default: DIR/report.html)\n"                                    \
    "  --room MB    how large pictures and videos may make it (default: 64). Those of what went\n" \
    "               wrong come first; of the rest, what has no room is shown from where it lies, " \
    "so\n"                                                                                         \
    "               that the page needs DIR beside it. 0: no picture in the page\n"                \
    "\n"                                                                                           \
    "Exit status: 0 made, 2 usage or nothing to show, 3 disk failed.\n"

int command_page(int argc, char **argv);

#endif
