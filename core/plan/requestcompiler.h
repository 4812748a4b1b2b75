// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/requesttemplate.h"
#include "core/scenario/scenario.h"

#include <memory>

namespace Headroom {

/// A request ready to be sent, and what is to be put into it before.
struct CompiledRequest
{
    HttpRequest request; ///< What is the same for all; its URL with 0 for what varies.
    std::shared_ptr<const RequestTemplate> varying{}; ///< Null: nothing.
};

/// The request of a step on a target that is at `address`. A URL that is not valid is the caller's to report.
/// A whole URL that is not on the target gets neither its headers nor its query, which may hold secrets.
/// `salt`: tells its random values from those of other steps.
CompiledRequest compileRequest(const Scenario::Target &target, const Scenario::Step &step, const QUrl &address,
                               std::uint64_t salt = 0);
/// A call beside the load, which says so by its user agent. It has no user: headers and query of the target that differ from
/// user to user are left out.
HttpRequest compileCall(const Scenario::Target &target, const Scenario::Call &call, const QUrl &address);

/// Where a path stands on an address, or the address that stands in its place.
QUrl urlOn(const QUrl &address, const QString &location);

} // namespace Headroom
