/*
 * result_parts: what result.c and run_facts.c share: texts in their JSON, which may be anything
 * that a program says and are valid UTF-8 there.
 */
#ifndef TRAJECTORY_RESULT_PARTS_H
#define TRAJECTORY_RESULT_PARTS_H

struct cJSON;

/* Adds a member; nothing for NULL. */
void result_text_put(struct cJSON *object, const char *name, const char *text);
void result_texts_put(struct cJSON *object, const char *name, char *const *texts, int count);

/* Owned by the caller; NULL: there is no text of that name. */
char *result_text_take(const struct cJSON *object, const char *name);

#endif
