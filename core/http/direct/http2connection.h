// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/direct/answerparser.h"
#include "core/http/direct/bytestream.h"
#include "core/http/direct/connection.h"
#include "core/http/direct/deadlinealarm.h"

#include <nghttp2/nghttp2.h>

namespace Headroom {

/// HTTP/2: several exchanges at once, each a stream, by RFC 9113. Nothing is sent twice; what the target refuses or sends
/// away fails, and so does what is more than it takes at once: it would wait within a library unseen.
class Http2Connection final : public Connection, ByteStream::Owner
{
public:
    Http2Connection(const Origin &origin, DirectParts &parts, Connection::Owner &owner);
    ~Http2Connection() override;

    void start(PendingExchange &pending, const WrittenRequest &request) override;
    bool hasRoom() const override { return m_busy < m_parts.options.streams && !m_isGoingAway; }
    void abort() override;

private:
    struct Stream; // one exchange
    struct Callbacks; // nghttp2's
    struct SessionDeleter
    {
        void operator()(nghttp2_session *session) const { nghttp2_session_del(session); }
    };

    void streamOpened() override;
    void streamFailed(const ConnectionLoss &loss) override;
    void streamReady() override;

    bool takesRequests() const { return m_session && !m_isGoingAway; }
    Stream &freeStream();
    void open();
    void beginSession();
    void submit(Stream &stream);
    void send();
    bool fillOut();
    void receive();
    void finishOver();
    void finishClosed(Stream &stream);
    bool isUnderWay() const;
    bool isBroken() const;
    void failBroken();
    void closeWhenIdle();
    void drop();
    void checkDeadlines();
    SteadyTime deadlineOf(const Stream &stream) const;
    FailureKind lateKind(const Stream &stream) const;
    void cancel(Stream &stream, FailureKind kind, const QString &message);
    void failAll(FailureKind kind, const QString &message, FailureKind withHead);
    void finish(Stream &stream, FailureKind kind, const QString &message = {});

    DirectParts &m_parts;
    Connection::Owner &m_owner;
    ByteStream m_stream;
    DeadlineAlarm m_deadlines;
    std::unique_ptr<nghttp2_session, SessionDeleter> m_session; // while the byte stream is open
    std::vector<std::unique_ptr<Stream>> m_streams;
    std::vector<std::pair<Stream *, std::int32_t>> m_over; // with its number then; finished when no bytes are taken
    std::vector<nghttp2_nv> m_fields; // of the request that is submitted
    std::vector<char> m_out; // what goes out next
    std::size_t m_sent = 0; // of it
    SteadyTime m_readAt; // when what is looked at was read
    SteadyTime m_openingSince;
    QString m_problem; // with the target's frames, the newest
    int m_busy = 0;
    bool m_isReceiving = false; // what is to be sent waits for its end, and goes out together
    bool m_isGoingAway = false; // the target takes no more on this one
};

} // namespace Headroom
