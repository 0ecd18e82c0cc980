#!/bin/sh
# Made by hem. One chunk of a run; $1 is added to the number of the task. 75 means: again, for it was not the chunk's
# doing. USR1 comes to this shell alone, shortly before its time is over; TERM to all of the job, when it is cancelled.
cancelled=
trap 'kill -TERM $chunk' USR1
trap 'cancelled=yes' TERM
{{hem}} chunk {{run}} $(($1 + SLURM_ARRAY_TASK_ID)) &
chunk=$!
wait $chunk
status=$?
while kill -0 $chunk 2>/dev/null; do
    wait $chunk
    status=$?
done
[ $status -ne 75 ] || [ "$cancelled" ] || scontrol requeue "$SLURM_JOB_ID"
exit $status
