#!/bin/sh
# Made by hem. One chunk of a run; $1 is added to the number of the task. Slurm's TERM comes to this shell alone. 75
# means: again, for it was not the chunk's doing.
trap 'kill -TERM $chunk' TERM
{{hem}} chunk {{run}} $(($1 + SLURM_ARRAY_TASK_ID)) &
chunk=$!
wait $chunk
status=$?
while kill -0 $chunk 2>/dev/null; do
    wait $chunk
    status=$?
done
[ $status -ne 75 ] || scontrol requeue "$SLURM_JOB_ID"
exit $status
