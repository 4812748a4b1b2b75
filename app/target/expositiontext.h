// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <span>
#include <utility>

namespace Headroom {

/// Metrics as Prometheus reads them.
/// Source: Prometheus, "Exposition formats", text format 0.0.4.
class ExpositionText
{
public:
    using Labels = std::span<const std::pair<QByteArray, QByteArray>>; ///< Names, which must be valid, and any values.

    static constexpr auto kContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// The lines HELP and TYPE; what is added next belongs to it.
    void begin(const QByteArray &name, const char *type, const QByteArray &help);
    void add(double value, Labels labels = {}) { addTo("", number(value), labels); }
    void addCount(std::uint64_t count, Labels labels = {}) { addTo("", QByteArray::number(count), labels); }
    /// Of a histogram: "_bucket", "_sum" or "_count".
    void addTo(const char *suffix, const QByteArray &value, Labels labels);
    const QByteArray &text() const { return m_text; }

    static QByteArray number(double value); ///< The shortest text that reads as it; "+Inf", "-Inf", "NaN".

private:
    QByteArray m_name;
    QByteArray m_text;
};

} // namespace Headroom
