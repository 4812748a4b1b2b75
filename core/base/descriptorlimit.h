// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Headroom {

/// Lets this process and those it starts open as many files as the system allows it: ten thousand users are ten thousand
/// connections, and the usual limit is 1,024. Before threads are started.
void raiseDescriptorLimit();

} // namespace Headroom
