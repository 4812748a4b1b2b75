// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Headroom {

/// The parts of a request that differ from user to user or iteration to iteration, compiled once.
class RequestTemplate
{
};

} // namespace Headroom
