/*
 * slurm: a run's chunks as array jobs of Slurm, through its own programs (sbatch, squeue,
 * scontrol), which find the cluster by SLURM_CONF and take what a site demands (partition, account,
 * time) from SBATCH_PARTITION and the like.
 */
#ifndef FLEET_SLURM_H
#define FLEET_SLURM_H

#include "base/buf.h"
#include "base/err.h"

#define SLURM_JOB_SIZE 32

/* What the cluster takes. */
struct slurm_limits {
    int array; /* tasks in one array, and so one more than the greatest index */
    int jobs;  /* that there may be at once; every task of an array is one */
};
bool slurm_limits(struct slurm_limits *out, struct err *e);

struct slurm_array {
    const char *name;    /* of no other job, ever */
    const char *script;  /* a file that is kept; the task's number plus OFFSET is the chunk */
    const char *log;     /* sbatch's pattern */
    const char *indexes; /* "0-99,120" */
    int offset;
    int processors; /* of each task; 0: the cluster's default */
};

/*
 * Submits it once. Where sbatch's answer did not come, the array is looked for by its name before
 * sbatch is called again, since it may have been taken. JOB gets its number. What Slurm refuses is
 * ERR_USAGE, what could not be found out ERR_IO: calling it again with the same name is safe.
 */
bool slurm_submit(const struct slurm_array *array, char job[SLURM_JOB_SIZE], struct err *e);

/* What the controller knows of the tasks that have one of NAMES ("a,b"). What it has forgotten has
 * ended. */
struct slurm_view {
    int running, pending, ending;
    int restarted; /* of these: begun again after their node was lost */
};
bool slurm_view(const char *names, struct slurm_view *out, struct err *e);

/* How often Slurm has begun this task again; 0 outside of Slurm. */
int slurm_restarts(void);

/* The script of the tasks: HEM's `chunk RUN NUMBER`. A chunk that asks for it is queued again. */
bool slurm_script(const char *hem, const char *run, struct buf *out, struct err *e);

#endif
