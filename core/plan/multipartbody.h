// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/requesttemplate.h"
#include "core/scenario/scenario.h"

namespace Headroom {

/// A body of parts as multipart/form-data, whose files have been loaded.
/// Source: RFC 7578; names are escaped as the WHATWG HTML standard has it (multipart/form-data encoding algorithm).
class MultipartBody
{
public:
    explicit MultipartBody(const std::vector<Scenario::Part> &parts);

    /// With the boundary: the same for the same parts, and not in any of their texts and files. What varies from
    /// request to request is not known before; that it holds the boundary, a hash of all the rest, is left out of
    /// account.
    QByteArray contentType() const;
    bool isConstant() const;
    /// Of a constant one.
    QByteArray bytes() const;
    RequestTemplate::Bytes varying() const;

private:
    QByteArray headOf(const Scenario::Part &part) const;
    template <typename TakeBytes, typename TakeText> void write(TakeBytes takeBytes, TakeText takeText) const;

    const std::vector<Scenario::Part> &m_parts;
    QByteArray m_boundary;
};

} // namespace Headroom
