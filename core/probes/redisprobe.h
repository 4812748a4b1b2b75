// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/probe.h"
#include "core/probes/redisconnection.h"
#include "core/probes/redisquestion.h"

#include <memory>

namespace Headroom {

/// Asks a Redis server for lengths of queues and for what it tells of itself.
///
/// One connection for all readings, made anew when it was closed. One reading at a time: while one is under way,
/// another has no value.
class RedisProbe final : public Probe
{
    Q_OBJECT
public:
    static constexpr qint64 kMaxAnswerBytes = 1024 * 1024; ///< Of a reading.
    struct Source
    {
        QString host; ///< Name or address.
        quint16 port = 6379;
        QString user{};
        QString password{}; ///< Empty: none. Told to the server alone.
        int database = 0;
        QStringList fields{}; ///< Names of the series ...
        std::vector<RedisQuestion> questions{}; ///< ... and what is asked for them.
        Nanoseconds timeout{2s};
    };
    RedisProbe(const QString &name, Source source, Clock &clock);
    ~RedisProbe() override;

    void read() override;
    void cancel() override;
    bool isReading() const override { return m_isReading; }

private:
    void lookUp();
    void connectTo(const QHostAddress &address);
    void logIn();
    void ask();
    void take(const QByteArrayList &command, const RedisAnswer &answer);
    void refuseLogIn(const RedisAnswer &answer);
    void finishLater();
    void finish();
    void drop();
    void giveUp(const QString &problem);
    QString shownServer() const;

    const Source m_source;
    Clock &m_clock;
    std::unique_ptr<Alarm> m_deadline;
    std::unique_ptr<RedisConnection> m_connection;
    bool m_isReading = false;
    int m_lookUp = -1; ///< Of the host's name, under way.
    int m_unanswered = 0;
    bool m_isRefused = false; ///< The connection is of no use: it was not let in.
    ProbeValues m_values;
    QString m_problem; ///< The first of this reading.
};

} // namespace Headroom
