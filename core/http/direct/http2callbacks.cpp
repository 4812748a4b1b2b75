// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/http2stream.h"

#include <algorithm>
#include <cstring>

namespace Headroom {

namespace {

constexpr int kFirstFinal = 200; // below it stand interim answers (RFC 9110, 15.2)
constexpr std::size_t kLongestProblem = 200; // it may quote a header

} // namespace

struct Http2Connection::Callbacks::Told
{
    static Http2Connection &of(void *data) { return *static_cast<Http2Connection *>(data); }
    static Stream *streamOf(nghttp2_session *session, std::int32_t id)
    {
        return static_cast<Stream *>(nghttp2_session_get_stream_user_data(session, id));
    }

    static int beginHeaders(nghttp2_session *session, const nghttp2_frame *frame, void *data)
    {
        Stream *stream = streamOf(session, frame->hd.stream_id);
        if (stream && stream->pending->exchange().firstByte == SteadyTime{})
            stream->pending->exchange().firstByte = of(data).m_readAt;
        return 0;
    }

    static int header(nghttp2_session *session, const nghttp2_frame *frame, const std::uint8_t *name,
                      std::size_t nameLength, const std::uint8_t *value, std::size_t valueLength, std::uint8_t, void *)
    {
        Stream *stream = streamOf(session, frame->hd.stream_id);
        if (!stream)
            return 0;
        stream->headBytes += nameLength + valueLength; // one byte may stand for a field of 4 KiB (RFC 7541)
        if (stream->headBytes > AnswerParser::kLongestHead)
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
        if (stream->hasHead)
            return 0; // a trailer
        const QByteArrayView field(name, qsizetype(nameLength));
        const QByteArrayView text(value, qsizetype(valueLength));
        if (field == ":status") {
            const int status = text.toInt();
            stream->hasStatus = status >= kFirstFinal;
            if (stream->hasStatus)
                stream->keeper.takeStatus(status);
        } else if (stream->hasStatus && stream->keeper.wantsHeaders()) {
            stream->keeper.takeHeader(field, text);
        }
        return 0;
    }

    static int frame(nghttp2_session *session, const nghttp2_frame *frame, void *data)
    {
        if (frame->hd.type == NGHTTP2_GOAWAY)
            of(data).m_isGoingAway = true;
        Stream *stream = frame->hd.stream_id != 0 ? streamOf(session, frame->hd.stream_id) : nullptr;
        if (!stream)
            return 0;
        if (frame->hd.type == NGHTTP2_HEADERS && stream->hasStatus)
            stream->hasHead = true;
        if (frame->hd.type == NGHTTP2_RST_STREAM)
            stream->isReset = true;
        else if (frame->hd.flags & NGHTTP2_FLAG_END_STREAM)
            stream->isComplete = stream->hasHead;
        if (stream->isComplete && stream->bodySent < stream->body.size())
            of(data).m_over.emplace_back(stream, stream->id); // whatever becomes of the rest of the request
        return 0;
    }

    static int body(nghttp2_session *session, std::uint8_t, std::int32_t id, const std::uint8_t *bytes,
                    std::size_t length, void *data)
    {
        Stream *stream = streamOf(session, id);
        if (!stream)
            return 0;
        stream->keeper.takeBody(QByteArrayView(bytes, qsizetype(length)));
        if (stream->keeper.isToBeCut())
            of(data).m_over.emplace_back(stream, id);
        return 0;
    }

    static int closed(nghttp2_session *session, std::int32_t id, std::uint32_t error, void *data)
    {
        if (Stream *stream = streamOf(session, id)) {
            stream->error = error;
            of(data).m_over.emplace_back(stream, id);
        }
        return 0;
    }

    static int notSent(nghttp2_session *session, const nghttp2_frame *frame, int, void *data)
    {
        Stream *stream = frame->hd.type == NGHTTP2_HEADERS ? streamOf(session, frame->hd.stream_id) : nullptr;
        if (stream) {
            stream->isUnsendable = true;
            of(data).m_over.emplace_back(stream, frame->hd.stream_id);
        }
        return 0;
    }

    /// What is wrong with frames, in the library's words.
    static int problem(nghttp2_session *, int, const char *words, std::size_t length, void *data)
    {
        of(data).m_problem = QString::fromLatin1(words, qsizetype(std::min(length, kLongestProblem)));
        return 0;
    }

    static nghttp2_session_callbacks *make()
    {
        nghttp2_session_callbacks *made = nullptr;
        nghttp2_session_callbacks_new(&made);
        nghttp2_session_callbacks_set_on_begin_headers_callback(made, beginHeaders);
        nghttp2_session_callbacks_set_on_header_callback(made, header);
        nghttp2_session_callbacks_set_on_frame_recv_callback(made, frame);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, body);
        nghttp2_session_callbacks_set_on_stream_close_callback(made, closed);
        nghttp2_session_callbacks_set_on_frame_not_send_callback(made, notSent);
        nghttp2_session_callbacks_set_error_callback2(made, problem);
        return made;
    }
};

nghttp2_ssize Http2Connection::Callbacks::readBody(nghttp2_session *, std::int32_t, std::uint8_t *into,
                                                   std::size_t room, std::uint32_t *flags,
                                                   nghttp2_data_source *source, void *)
{
    auto *stream = static_cast<Stream *>(source->ptr);
    const qsizetype count = std::min(qsizetype(room), stream->body.size() - stream->bodySent);
    std::memcpy(into, stream->body.constData() + stream->bodySent, std::size_t(count));
    stream->bodySent += count;
    if (stream->bodySent == stream->body.size())
        *flags |= NGHTTP2_DATA_FLAG_EOF;
    return count;
}

const nghttp2_session_callbacks *Http2Connection::Callbacks::all()
{
    static const std::unique_ptr<nghttp2_session_callbacks, decltype(&nghttp2_session_callbacks_del)> made(
        Told::make(), nghttp2_session_callbacks_del);
    return made.get();
}

} // namespace Headroom
