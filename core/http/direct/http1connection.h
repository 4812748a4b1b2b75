// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/direct/answerparser.h"
#include "core/http/direct/bytestream.h"
#include "core/http/direct/connection.h"
#include "core/http/direct/deadlinealarm.h"

namespace Headroom {

/// HTTP/1.1: one exchange after the other, by RFC 9112. Nothing is sent twice.
class Http1Connection final : public Connection, ByteStream::Owner
{
public:
    Http1Connection(const Origin &origin, DirectParts &parts, Connection::Owner &owner);

    void start(PendingExchange &pending, const WrittenRequest &request) override;
    bool hasRoom() const override { return !m_pending; }
    void abort() override;

private:
    void streamOpened() override;
    void streamFailed(const ConnectionLoss &loss) override;
    void streamReady() override;

    void send();
    void receive();
    bool take(QByteArrayView bytes);
    void takeLoss(const ByteStream::Moved &moved);
    void checkDeadlines();
    SteadyTime nextDeadline() const;
    void fail(FailureKind kind, const QString &message);
    void finish(FailureKind kind, bool isKept);
    bool isSent() const { return m_sent == m_head.size() + m_body.size(); }

    DirectParts &m_parts;
    Connection::Owner &m_owner;
    ByteStream m_stream;
    AnswerParser m_parser;
    AnswerKeeper m_keeper;
    DeadlineAlarm m_deadlines;
    PendingExchange *m_pending = nullptr;
    QByteArray m_head; // of the request
    QByteArray m_body;
    qsizetype m_sent = 0; // of both
    std::optional<ConnectionLoss> m_sendLoss; // the other side takes no more of the request; it may answer all the same
};

} // namespace Headroom
