#include "input/pause.h"

#include "base/clock.h"
#include "base/stop.h"

#include <poll.h>

bool pause_until_readable(int fd, int timeout_ms)
{
    struct pollfd fds[] = {{.fd = fd, .events = POLLIN}, {.fd = stop_fd(), .events = POLLIN}};
    if (!stop_requested())
        poll(fds, 2, timeout_ms); /* a negative descriptor is passed over */
    return !stop_requested();
}

bool pause_ms(double ms)
{
    struct deadline deadline = deadline_in(ms > 0 ? ms : 0);
    while (!deadline_passed(deadline)) {
        if (!pause_until_readable(-1, deadline_left_ms(deadline)))
            return false;
    }
    return !stop_requested();
}
