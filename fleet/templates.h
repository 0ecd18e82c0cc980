/*
 * templates: the files that hem writes for engines, with holes as in tasks; they are in the
 * program.
 */
#ifndef FLEET_TEMPLATES_H
#define FLEET_TEMPLATES_H

extern const char template_job[];           /* job.yaml */
extern const char template_containerfile[]; /* Containerfile */
extern const char template_chunk[];         /* chunk.sh */

#endif
