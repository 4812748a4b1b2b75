// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/templatevalue.h"

#include <QByteArray>

#include <expected>
#include <vector>

namespace Headroom {

struct RequestValues;

/// Writes a value of the running load into the bytes of a request, escaped for its place. Compiled once; what can be
/// escaped before is.
/// Thread: any; writing changes nothing in it.
class ValueWriter
{
public:
    explicit ValueWriter(const TemplateValue &value);
    /// Tells the random values of a scenario from each other.
    void salt(std::uint64_t salt) { m_salt = salt; }

    /// Errors: a sentence, when there is no such value or it cannot stand in its place.
    std::expected<void, QString> append(QByteArray &bytes, const RequestValues &values) const;

private:
    std::expected<void, QString> appendCell(QByteArray &bytes, const RequestValues &values) const;
    std::expected<void, QString> appendVariable(QByteArray &bytes, const RequestValues &values) const;
    std::expected<void, QString> appendForeign(QByteArray &bytes, QByteArrayView text) const;
    void appendUuid(QByteArray &bytes, const RequestValues &values) const;
    void appendTime(QByteArray &bytes, std::int64_t unixMicroseconds) const;
    std::uint64_t random(const RequestValues &values, std::uint64_t draw = 0) const;

    TemplateValue m_value;
    std::uint64_t m_salt = 0;
    std::vector<QByteArray> m_choices; // escaped
};

/// A text in UTF-8 as it stands at a place. Errors: what is wrong with it, as misfitAt().
std::expected<void, QString> appendEscaped(QByteArray &bytes, TextPlace place, QByteArrayView text);

} // namespace Headroom
