// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QFile>

#include <memory>

namespace Headroom {

/// What truly happened to one request.
///
/// Units: points of CLOCK_MONOTONIC, comparable with those of any other process on this machine.
struct TruthRow
{
    QByteArray id; ///< Its X-Request-Id, else its running number.
    QByteArray method;
    QByteArray path;
    QByteArray userAgent;
    SteadyTime arrival; ///< When its last byte had been read.
    SteadyTime start; ///< When a worker took it; the arrival for what needs no worker.
    SteadyTime end; ///< When the answer was handed to the socket.
    QByteArray latencyMs{}; ///< What X-Request-Latency-Ms told: of the work, to two decimals; empty where it told none.
    QByteArray cache{}; ///< What X-Cache told: HIT or MISS; empty where it told nothing.
    int status = 0; ///< 499: the client was gone by then. 0: the service ended first.
};

/// One CSV field: at most 200 characters on one line, quoted where it must be, whatever was sent.
QByteArray csvField(QByteArrayView bytes);

/// The rows in a CSV file, in order of their end; buffered.
class TruthLog
{
public:
    /// Replaces the file. Errors: Unwritable.
    static Result<std::unique_ptr<TruthLog>> create(const QString &path);
    void append(const TruthRow &row);
    /// Writes what is buffered. Errors: Unwritable; also later, once a write has failed.
    Result<void> flush();

private:
    explicit TruthLog(const QString &path)
        : m_file(path)
    {
    }

    QFile m_file;
    QByteArray m_buffer;
    bool m_hasFailed = false;
};

} // namespace Headroom
