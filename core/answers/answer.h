// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/boundedpattern.h"
#include "core/base/wallclock.h"
#include "core/http/exchange.h"
#include "core/json/jsondocument.h"

#include <expected>
#include <optional>

namespace Headroom {

/// Why nothing stands at a place of an answer.
struct NoValue
{
    QString why; ///< A clause that is the same for all answers alike: "the answer has no header X-Kind".
    QString detail{}; ///< Of this answer; may be empty.
    bool isUnreadable = false; ///< There was no looking: something may stand there or not.
};

/// A complete answer as it is looked into: what has to be made of it, such as its JSON, is made when it is first asked
/// for, and once.
///
/// Thread: one. Lifetime: shorter than that of the exchange.
class Answer
{
public:
    /// `wallClock`: tells when it came, where it does not say so itself.
    explicit Answer(const Exchange &exchange, std::optional<WallClock> wallClock = {})
        : m_exchange(exchange)
        , m_wallClock(wallClock)
    {
    }
    Q_DISABLE_COPY_MOVE(Answer)

    const Exchange &exchange() const { return m_exchange; }
    /// Of the first line with this name, in any case; null: there is none.
    const QByteArray *header(const QByteArray &name) const;
    /// When it was made, by its Date header, or else when it came; nothing when neither is known.
    std::optional<std::chrono::sys_seconds> date() const;
    /// The body, which is not empty, as it was before it was encoded for the way.
    const std::expected<QByteArray, NoValue> &body();
    const std::expected<JsonDocument, NoValue> &json();
    /// The first kMostPatternBytes of the body as text, for regular expressions.
    const std::expected<QString, NoValue> &patternText();
    static constexpr qsizetype kMostPatternBytes = Headroom::kMostPatternBytes;

private:
    QByteArray codings() const;
    std::expected<QByteArray, NoValue> readBody() const;

    const Exchange &m_exchange;
    const std::optional<WallClock> m_wallClock;
    std::optional<std::expected<QByteArray, NoValue>> m_body;
    std::optional<std::expected<JsonDocument, NoValue>> m_json;
    std::optional<std::expected<QString, NoValue>> m_patternText;
};

} // namespace Headroom
