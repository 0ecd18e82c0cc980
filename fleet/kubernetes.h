/*
 * kubernetes: the files with which a run is done on Kubernetes: an Indexed Job, one index a chunk,
 * each pod one supervisor of several emulators; and the Containerfile of its image. hem writes
 * them, and asks no cluster.
 */
#ifndef FLEET_KUBERNETES_H
#define FLEET_KUBERNETES_H

#include "base/buf.h"
#include "base/err.h"

/* What Kubernetes' API server takes of a Job whose indexes may fail one by one: so many of them,
 * and as many pods at once. */
#define KUBERNETES_CHUNKS 100000

struct kubernetes_job {
    const char *name;        /* lower case letters, digits and '-' */
    const char *image;       /* as a pod pulls it */
    const char *run;         /* the run's folder, absolute: the shared volume is mounted there */
    const char *task_folder; /* absolute; it is put into the image at the same place */
    int chunks;
    int pods;      /* at once; 0: as many as Kubernetes takes */
    int emulators; /* in a pod */
    int emulator_mb;
};

/* Adds the manifest, YAML. ERR_USAGE for more than Kubernetes takes. */
bool kubernetes_manifest(const struct kubernetes_job *job, struct buf *out, struct err *e);
bool kubernetes_containerfile(const struct kubernetes_job *job, struct buf *out, struct err *e);

#endif
