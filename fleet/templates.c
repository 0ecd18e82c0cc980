#include "fleet/templates.h"

__asm__(".section .rodata\n"
        ".global template_job\n"
        "template_job: .incbin \"fleet/job.yaml\"\n"
        ".byte 0\n"
        ".global template_containerfile\n"
        "template_containerfile: .incbin \"fleet/Containerfile\"\n"
        ".byte 0\n"
        ".global template_chunk\n"
        "template_chunk: .incbin \"fleet/chunk.sh\"\n"
        ".byte 0\n"
        ".previous\n");
