// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/descriptorlimit.h"

#include <sys/resource.h>

namespace Headroom {

void raiseDescriptorLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit); // refused: it stays as it was
}

} // namespace Headroom
