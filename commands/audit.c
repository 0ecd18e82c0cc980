#include "commands/audit.h"

#include "commands/commands.h"
#include "commands/exit.h"
#include "trajectory/audit.h"

#include <stdio.h>

int command_audit(int argc, char **argv)
{
    struct audit_end end;
    struct err e = {0};
    bool ended = false;
    if (argc != 2 || argv[1][0] == '-')
        return command_misused("audit", argc < 2 ? "which record?" : "one record is checked");
    if (!audit_check(argv[1], &end, &ended, &e))
        return exit_with(&e);
    printf("intact   %d decisions, the last is %s\n", end.lines, end.last);
    if (!ended)
        puts("note     the run has not ended: decisions after its last turn may be missing");
    return EXIT_DONE;
}
