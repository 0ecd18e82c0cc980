#!/bin/sh
# The flow of till.yaml as one writes it with xdotool, scrot and tesseract, on a display of its own: pixels, and a pause of
# PAUSE seconds after each action. Status 0: all was as expected. till.sh PAUSE FOLDER
set -eu
pause=$1 folder=$2
export OMP_THREAD_LIMIT=1
: > "$folder/display"
Xvfb -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3> "$folder/display" 2>/dev/null & server=$!
until [ -s "$folder/display" ]; do sleep 0.02; done
DISPLAY=:$(cat "$folder/display")
export DISPLAY
openbox 2>/dev/null & manager=$!
wish "$(dirname "$0")/../../tests/faults/till.tcl" & program=$!
trap 'kill $program $manager $server 2>/dev/null; wait' EXIT
for _ in $(seq 200); do # search --sync may wait for ever
    xdotool search --onlyvisible --name Till >/dev/null 2>&1 && break
    sleep 0.05
done
sleep "$pause"

click() { xdotool mousemove "$1" "$2" click 1; sleep "$pause"; }
seen() {
    scrot -o "$folder/till.png"
    convert "$folder/till.png" -resize 200% "$folder/till.png"
    tesseract "$folder/till.png" - --psm 11 2>/dev/null | grep -qF "$1"
}

click 440 175
xdotool type 3; sleep "$pause"
click 440 212
xdotool type 4.50; sleep "$pause"
click 456 427
seen 'Total: 13.50'
click 575 427
seen 'Paid. Thank you.'
