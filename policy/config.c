#include "policy/config.h"

#include <stdlib.h>

bool config_path(const char *name, struct buf *out)
{
    const char *shared = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (shared && *shared == '/')
        buf_addf(out, "%s/hem/%s", shared, name);
    else if (home && *home == '/')
        buf_addf(out, "%s/.config/hem/%s", home, name);
    else
        return false;
    return true;
}
