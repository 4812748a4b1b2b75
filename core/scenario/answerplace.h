// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Headroom {

/// Where a value stands in an answer, as a scenario writes it: "$.results[0].id", "header X-Cache", "cookie sid",
/// "/code=(\d+)/", "server-timing db", "status", "body", "size", "time", "first_byte".
struct AnswerPlace
{
    enum class Kind {
        Json,         ///< First match of a JSONPath in the body.
        Header,       ///< Value of a header; of several lines the first.
        Cookie,       ///< Value of a cookie that the answer sets.
        Pattern,      ///< First group of a regular expression in the body; without groups, the whole match.
        ServerTiming, ///< Duration of a metric in the Server-Timing header, in ms.
        Status,       ///< The HTTP status.
        Body,         ///< The body as text, in UTF-8.
        Size,         ///< Bytes of the body, as transferred.
        Time,         ///< Service time, in ms.
        FirstByte,    ///< Time from the send to the first byte of the answer, in ms.
    };
    Kind kind = Kind::Json;
    QString text; ///< JSONPath, name of the header, cookie or metric, or the regular expression; else empty.
    bool operator==(const AnswerPlace &) const = default;

    /// What a request must want for it: Exchange::body or Exchange::headers.
    bool isInBody() const { return kind == Kind::Json || kind == Kind::Pattern || kind == Kind::Body; }
    bool isInHeaders() const { return kind == Kind::Header || kind == Kind::Cookie || kind == Kind::ServerTiming; }
};

/// As a scenario writes it: "header X-Cache".
QString writtenPlace(const AnswerPlace &place);

} // namespace Headroom
