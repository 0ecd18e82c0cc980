/*
 * export: `hem export DIR... --format F --out OUT`: recorded episodes as data for training.
 */
#ifndef COMMANDS_EXPORT_H
#define COMMANDS_EXPORT_H

#define EXPORT_USAGE                                                                               \
    "usage: hem export DIR... --format FORMAT --out OUT [options]\n"                               \
    "\n"                                                                                           \
    "Makes the folder OUT with what was done in recorded episodes, by whomever, as data that\n"    \
    "trainers of models read. DIR is an episode, or holds some (the rows of a run). Each action\n" \
    "goes with the picture that it was decided on.\n"                                              \
    "\n"                                                                                           \
    "  --format FORMAT   hem (a line an action, with everything), llamafactory, ms-swift,\n"       \
    "                    qwen, trl, ui-tars, opencua, osworld, webdataset, imagefolder\n"          \
    "  --out OUT         the folder; it must not be there, or be empty\n"                          \
    "  --goal TEXT       what a model is asked to do, for episodes that have no goal\n"            \
    "  --actions WORDS   qwen, ui-tars or opencua: how answers say actions (llamafactory, trl)\n"  \
    "  --coords SPACE    what the numbers count: px (of the screen), unit (0 to 1), thousand,\n"   \
    "                    smart28, smart32 (pixels of the picture as Qwen's processors make it)\n"  \
    "  --min-pixels N, --max-pixels N   of a smart picture, as the trainer is told them\n"         \
    "  --split NAME=SHARE,...   such as train=0.9,val=0.1: whole episodes, by their names\n"       \
    "  --shard MIB              how large a tar of webdataset may be (default: 1024)\n"            \
    "  --filter NAME=VALUE      outcome=done, policy=P or task=T; may be given again\n"            \
    "\n"                                                                                           \
    "docs/training.md describes each format, and what its trainer needs to be told.\n"             \
    "\n"                                                                                           \
    "Exit status: 0 made, 1 there is nothing to make it of, 2 usage, a bad record, or what a\n"    \
    "trainer would misread, 3 disk failed.\n"

int command_export(int argc, char **argv);

#endif
