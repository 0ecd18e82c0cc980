/*
 * video: `hem video DIR`: a recorded episode as a film.
 */
#ifndef COMMANDS_VIDEO_H
#define COMMANDS_VIDEO_H

#define VIDEO_USAGE                                                                                \
    "usage: hem video DIR [--out FILE] [--speed F] [--fps N]\n"                                    \
    "\n"                                                                                           \
    "Makes a film of the episode that was recorded in DIR: its pictures, with the pointer and\n"   \
    "what it does drawn in, and the steps as captions. Needs ffmpeg.\n"                            \
    "\n"                                                                                           \
    "  --out FILE   .mp4 or .webm (default: DIR/video.mp4); the captions go beside it, as .vtt\n"  \
    "  --speed F    1: in the time that it took; 2: twice as fast (default: 1, but every action\n" \
    "               is seen for 0.8 s at least)\n"                                                 \
    "  --fps N      pictures a second (default: 15)\n"                                             \
    "\n"                                                                                           \
    "Exit status: 0 made, 1 it has no pictures, 2 usage or a bad record, 3 ffmpeg or disk "        \
    "failed,\n"                                                                                    \
    "130 interrupted.\n"

int command_video(int argc, char **argv);

#endif
