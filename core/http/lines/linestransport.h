// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"
#include "core/base/laterptr.h"
#include "core/base/pooledtask.h"
#include "core/http/transport.h"

#include <vector>

namespace Headroom {

class LineChannel;

/// Exchanges that are a line each way and no HTTP: what a pipeline takes without its service around it. The body of a
/// request is its line; an answered line is status 200.
///
/// Over a stream (the input and output of one process) all items go in order, and so do the answers: an item that timed
/// out leaves its place, and its late answer is dropped. Over a local socket each item under way has a connection of
/// its own, which is used again after a complete answer.
class LinesTransport final : public Transport
{
public:
    LinesTransport(const TransportSetup &setup, int capacity, const Clock &clock, AlarmQueue &alarms);
    ~LinesTransport() override;

    void start(PendingExchange &pending) override;
    void abortAll() override;
    int inFlight() const override { return int(m_underWay.size()); }
    int capacity() const override { return m_capacity; }
    void growTo(int capacity) override;

private:
    struct Sending; // one exchange under way; lives in its coroutine's frame
    PooledTask<> exchange(PendingExchange &pending);
    LineChannel *freeChannel();
    void setOff(Sending &sending, const HttpRequest &request, const QByteArray &line);
    void letGoOf(const Sending &sending);

    const QString m_socketPath;
    const Clock &m_clock;
    AlarmQueue &m_alarms;
    int m_capacity;
    std::vector<LaterPtr<LineChannel>> m_channels; // one may be inside its own signal
    std::vector<Sending *> m_underWay;
};

} // namespace Headroom
