// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/connectionoptions.h"
#include "core/http/direct/origin.h"
#include "core/http/exchange.h"

#include <memory>
#include <vector>

namespace Headroom {

/// A request as it goes out, and where to.
struct WrittenRequest
{
    int origin = 0; ///< Among those of its writer.
    QByteArray head; ///< With the body behind it when that is small and always the same.
    QByteArray body; ///< The rest.
    std::vector<std::pair<QByteArray, QByteArray>> fields{}; ///< HTTP/2: instead of the head, with a body that stands apart.
    bool asksForHead = false; ///< Its answer has no body.
};

/// Writes requests; those that are always the same are written once.
/// Thread: one.
class RequestWriter
{
public:
    /// `options` must outlive it.
    explicit RequestWriter(const ConnectionOptions &options)
        : m_options(options)
    {
    }
    /// Until the next call.
    const WrittenRequest &write(const HttpRequest &request);
    const Origin &origin(int index) const { return m_origins[std::size_t(index)]; }
    int origins() const { return int(m_origins.size()); }

private:
    struct Form
    {
        WrittenRequest written;
        std::optional<QByteArray> body; ///< That it was written with.
    };
    WrittenRequest written(const HttpRequest &request);
    QByteArray headOf(const HttpRequest &request, const Origin &origin) const;
    int originOf(const QUrl &url);

    const ConnectionOptions &m_options;
    std::vector<std::optional<Form>> m_forms; // by HttpRequest::form
    WrittenRequest m_other; // of no form
    std::vector<Origin> m_origins;
};

/// What a request's path and query are on the wire; "/" when they are empty.
QByteArray requestTarget(const QUrl &url);
/// The request's header lines and those that it does not need to say: which answers are taken, and how long its body is.
std::vector<std::pair<QByteArray, QByteArray>> completeHeaders(const HttpRequest &request);

} // namespace Headroom
