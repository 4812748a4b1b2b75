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
enum class Endpoint { Retrieve, Extract, Facets, Transcript, Documents, Live, Ready, Startup, Stats, Hint };

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
QHttpServerRequest::Method methodOf(Endpoint endpoint);
QByteArray nameOf(QHttpServerRequest::Method method); ///< "GET"; "UNKNOWN" for what HTTP does not define.

/// The JSON body (a line of text for the hint). Believable, small, and a function of place and request number.
/// Not for Endpoint::Stats, whose answer only the server knows.
QByteArray answerOf(const Place &place, std::uint64_t request);

} // namespace Headroom
