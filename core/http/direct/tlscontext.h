// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/connectionoptions.h"

#include <expected>
#include <memory>
#include <vector>

struct ssl_st;
struct ssl_ctx_st;
struct ssl_session_st;

namespace Headroom {

struct SslDeleter
{
    void operator()(ssl_st *ssl) const;
    void operator()(ssl_ctx_st *context) const;
    void operator()(ssl_session_st *session) const;
};
using SslPtr = std::unique_ptr<ssl_st, SslDeleter>;

/// What the encrypted connections of a transport share: whom they trust, who they are, and the sessions that new ones go
/// on with.
///
/// Thread: one. Must outlive the connections.
class TlsContext
{
public:
    /// Errors: a sentence, when a certificate or key cannot be used.
    static std::expected<std::unique_ptr<TlsContext>, QString> make(const TlsOptions &options, bool isHttp2);
    Q_DISABLE_COPY_MOVE(TlsContext)
    ~TlsContext();

    /// The client's end of a new connection over a descriptor, which stays the caller's. Null: out of memory.
    SslPtr newClient(int descriptor, const QString &host);

private:
    TlsContext(const TlsOptions &options, bool isHttp2);
    std::expected<void, QString> trust();
    std::expected<void, QString> identify();
    void resume();
    ssl_session_st *sessionOf(const QString &host) const;
    static int keepSession(ssl_st *ssl, ssl_session_st *session);

    struct Session
    {
        QString host;
        std::unique_ptr<ssl_session_st, SslDeleter> session;
    };
    const TlsOptions m_options;
    const bool m_isHttp2;
    std::unique_ptr<ssl_ctx_st, SslDeleter> m_context;
    std::vector<Session> m_sessions; // the newest of each host
};

/// Why the library refused: its own newest words, in one clause. Empties its list of errors.
QString tlsProblem();
/// The same of a handshake, whose certificate may be what was refused.
QString handshakeProblem(const ssl_st *ssl);

} // namespace Headroom
