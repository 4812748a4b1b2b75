// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/recordingtransport.h"

#include "core/http/pendingexchange.h"

namespace Headroom {

RecordingTransport::RecordingTransport(std::unique_ptr<Transport> inner, std::vector<ClientRow> &rows)
    : m_inner(std::move(inner))
    , m_rows(rows)
{
}

void RecordingTransport::start(PendingExchange &pending) { exchange(pending).letGo(); }

PooledTask<> RecordingTransport::exchange(PendingExchange &pending)
{
    HttpRequest request = pending.request();
    const std::size_t id = m_rows.size();
    m_rows.emplace_back();
    request.form = 0; // from here on each is different
    request.headers.emplace_back("X-Request-Id", QByteArray::number(qulonglong(id)));
    pending.exchange() = co_await PendingExchange(*m_inner, request, pending.place());
    m_rows[id] = {pending.exchange().sent, pending.exchange().finished, pending.exchange().status};
    pending.finish();
}

} // namespace Headroom
