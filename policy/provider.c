#include "policy/provider.h"

#include "policy/providers.h"

#include <string.h>

static const struct provider *const providers[] = {
    &provider_anthropic, &provider_openai,     &provider_gemini, &provider_chat,
    &provider_xai,       &provider_openrouter, &provider_ollama, NULL};

const struct provider *provider_find(const char *name)
{
    for (int i = 0; providers[i]; i++)
        if (strcmp(providers[i]->name, name) == 0)
            return providers[i];
    return NULL;
}

void provider_names(struct buf *out)
{
    for (int i = 0; providers[i]; i++)
        buf_addf(out, "%s%s", i ? ", " : "", providers[i]->name);
}
