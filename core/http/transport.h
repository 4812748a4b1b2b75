// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/connectionoptions.h"
#include "core/http/exchange.h"

#include <QCoroTask>

#include <memory>

namespace Headroom {

class AlarmQueue;
class PendingExchange;

/// How exchanges are made: QNetworkAccessManager, our own sockets, or lines.
///
/// Thread: the worker's, for everything. Lifetime: longer than every exchange; to stop, abortAll() and wait until
/// inFlight() is 0.
class Transport
{
public:
    virtual ~Transport() = default;
    /// Begins an exchange and finishes it when it is over. Never fails and never waits for a free connection: at most
    /// capacity() at a time.
    virtual void start(PendingExchange &pending) = 0;
    /// The same for who makes few: keeps its request, and allocates.
    QCoro::Task<Exchange> send(HttpRequest request);
    /// Ends every exchange under way as FailureKind::Aborted.
    virtual void abortAll() = 0;
    virtual int inFlight() const = 0;
    /// Exchanges that can be under way at once without any of them queueing inside a library.
    virtual int capacity() const = 0;
    /// Makes room for more at a time; less than before changes nothing. What is under way goes on.
    virtual void growTo(int capacity) = 0;
};

/// What a transport is made of.
struct TransportSetup
{
    QString name; ///< "qnam", "direct" or "lines".
    ConnectionOptions connections{}; ///< Of HTTP.
    QString socket{}; ///< Lines: the path of a local socket; one connection for each item under way. Or else ...
    int stream = -1; ///< ... a connected stream, fed in order; stays the caller's. For one worker only.
};

/// Makes a worker's transport. Range: capacity 1 and up.
std::unique_ptr<Transport> makeTransport(const TransportSetup &setup, int capacity, const Clock &clock,
                                         AlarmQueue &alarms);

} // namespace Headroom
