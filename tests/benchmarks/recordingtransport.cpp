// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/recordingtransport.h"

namespace Headroom {

RecordingTransport::RecordingTransport(std::unique_ptr<Transport> inner, std::vector<ClientRow> &rows)
    : m_inner(std::move(inner))
    , m_rows(rows)
{
}

QCoro::Task<Exchange> RecordingTransport::send(HttpRequest request)
{
    const std::size_t id = m_rows.size();
    m_rows.emplace_back();
    request.form = 0; // from here on each is different
    request.headers.emplace_back("X-Request-Id", QByteArray::number(qulonglong(id)));
    const Exchange exchange = co_await m_inner->send(std::move(request));
    m_rows[id] = {exchange.sent, exchange.finished, exchange.status};
    co_return exchange;
}

} // namespace Headroom
