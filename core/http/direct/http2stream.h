// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/direct/http2connection.h"

namespace Headroom {

/// One exchange of a connection. Lifetime: the connection's; it is used again and again.
struct Http2Connection::Stream
{
    PendingExchange *pending = nullptr; ///< Null: free.
    std::int32_t id = 0; ///< 0: not submitted yet.
    std::vector<std::pair<QByteArray, QByteArray>> fields;
    QByteArray body;
    qsizetype bodySent = 0;
    AnswerKeeper keeper;
    bool hasStatus = false;
    bool hasHead = false;
    bool isComplete = false;
    bool isReset = false; ///< By the target.
    std::uint32_t error = 0; ///< RFC 9113, 7; when it was closed.
    bool isRefused = false; ///< More than the target takes at once.
    bool isUnsendable = false; ///< More than a frame can hold.
    std::size_t headBytes = 0; ///< Of the answer's fields, those of interim answers and trailers too.
};

/// What nghttp2 tells of them. None of these finishes an exchange: who is waked may close the connection. What is over is
/// noted in m_over.
struct Http2Connection::Callbacks
{
    static const nghttp2_session_callbacks *all();
    /// Gives the library the next bytes of a request's body; its source is the Stream.
    static nghttp2_ssize readBody(nghttp2_session *session, std::int32_t id, std::uint8_t *into, std::size_t room,
                                  std::uint32_t *flags, nghttp2_data_source *source, void *data);

private:
    struct Told; // each of them
};

} // namespace Headroom
