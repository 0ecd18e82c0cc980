/*
 * providers: the table's entries, a file each; for provider.c only.
 */
#ifndef POLICY_PROVIDERS_H
#define POLICY_PROVIDERS_H

#include "policy/provider.h"

extern const struct provider provider_anthropic, provider_openai, provider_gemini;

/* Whatever serves /v1/chat/completions, at the address that the user says ... */
extern const struct provider provider_chat;
/* ... and some whose address is known. */
extern const struct provider provider_xai, provider_openrouter, provider_ollama;

#endif
