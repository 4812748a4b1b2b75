// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runrequest.h"
#include "core/session/sessionhead.h"

namespace Headroom {

/// What runs the scenario of a saved session again.
struct AgainRequest
{
    RunRequest request{}; ///< Scenario text, changes, profiles and seed; where and with what it runs is the caller's.
    QString folder{}; ///< Where the scenario's own files are looked for: that of the session.
};

/// The same scenario with the same overrides, load, profiles, rules of its suite and seed, as prepare() and Run take
/// them. Commands and hosts are to be asked about, and secrets to be found, as for any other scenario; rules that a
/// hand has changed are those of the scenario again.
/// Errors: InvalidInput when the session does not hold what is needed, with the path as subject.
Result<AgainRequest> againRequest(const SessionHead &head, const QString &sessionPath);

/// What a session keeps of the changes of a run, and againRequest() reads: option or place, and value.
std::vector<std::pair<QString, QString>> changesOf(const RunRequest &request);

/// How long the load of a request is, or how many iterations it has, in options that say so; none where it searches for
/// its limit, is counted otherwise, or cannot be read.
LoadChange lengthOf(const RunRequest &request);

/// `newer` over `older`, option by option.
LoadChange overlaid(const LoadChange &older, const LoadChange &newer);
/// The same, group by group of what the scenario offers.
ProfileChoice overlaid(const ProfileOffer &offer, const ProfileChoice &older, const ProfileChoice &newer);
/// Whether a file is a session rather than a scenario: by its name, or by how it begins.
bool isSessionFile(const QString &path);

} // namespace Headroom
