// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHttpServerRequest>
#include <QString>

#include <array>
#include <cstdint>
#include <optional>

namespace Headroom {

/// What the practice target offers. The first five occupy a worker, the others are answered at once.
enum class Endpoint { Retrieve, Extract, Facets, Transcript, Documents, Login, NewJob, Job, Live, Ready, Startup, Stats, Metrics, Hint, AdminTimes, AdminReload, AdminFreeze };

/// The names of the worked endpoints in --service-time, in the order of the enumeration.
inline constexpr std::array<QStringView, 5> kWorkedEndpoints{u"retrieve", u"extract", u"facets", u"transcript",
                                                             u"documents"};

constexpr bool isWorked(Endpoint endpoint) { return static_cast<std::size_t>(endpoint) < kWorkedEndpoints.size(); }

/// An endpoint and the variable part of its path ("doc-17" of /documents/doc-17).
struct Place
{
    Endpoint endpoint = Endpoint::Hint;
    QString parameter;
};

std::optional<Place> placeOf(QStringView path);
QHttpServerRequest::Method methodOf(Endpoint endpoint); ///< What it is meant for.
/// What it takes: a document can also be replaced, changed, deleted and asked about, though it stays what it is.
bool takes(Endpoint endpoint, QHttpServerRequest::Method method);
/// What changes the target itself.
bool isAdmin(Endpoint endpoint);
/// Its path, with * for the parameter: one of few, whatever is asked for.
const QByteArray &routeOf(Endpoint endpoint);
QByteArray nameOf(QHttpServerRequest::Method method); ///< "GET"; "UNKNOWN" for what HTTP does not define.

/// The JSON body (a line of text for the hint). Believable, small, and a function of place and request number.
/// Not for Endpoint::Stats, Endpoint::Metrics, the jobs and what changes the target, whose answers only the server knows.
QByteArray answerOf(const Place &place, std::uint64_t request);

} // namespace Headroom
