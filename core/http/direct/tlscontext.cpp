// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/tlscontext.h"

#include <QHostAddress>
#include <QUrl>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <csignal>

namespace Headroom {

namespace {

struct BioDeleter
{
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};

using BioPtr = std::unique_ptr<BIO, BioDeleter>;
using CertificatePtr = std::unique_ptr<X509, BioDeleter>;
using KeyPtr = std::unique_ptr<EVP_PKEY, BioDeleter>;

BioPtr reader(const QByteArray &bytes) { return BioPtr(BIO_new_mem_buf(bytes.constData(), int(bytes.size()))); }

CertificatePtr nextCertificate(BIO *from)
{
    return CertificatePtr(PEM_read_bio_X509(from, nullptr, nullptr, nullptr));
}

/// A key with a passphrase is refused: there is nobody to ask for it.
int noPassphrase(char *, int, int, void *) { return -1; }

const unsigned char kHttp2[] = {2, 'h', '2'}; // ALPN's list of names, each behind its length (RFC 7301, 3.1)

} // namespace

/// Without a word to the other side; one that counts as said, or OpenSSL would not go on with the session again.
void SslDeleter::operator()(ssl_st *ssl) const
{
    SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN);
    SSL_free(ssl);
}
void SslDeleter::operator()(ssl_ctx_st *context) const { SSL_CTX_free(context); }
void SslDeleter::operator()(ssl_session_st *session) const { SSL_SESSION_free(session); }

QString tlsProblem()
{
    const unsigned long code = ERR_peek_last_error();
    const char *words = code ? ERR_reason_error_string(code) : nullptr;
    ERR_clear_error();
    return words ? QString::fromLatin1(words) : QStringLiteral("no reason was given");
}

QString handshakeProblem(const ssl_st *ssl)
{
    const long verified = SSL_get_verify_result(ssl);
    const bool isVerified = SSL_get_verify_mode(ssl) != SSL_VERIFY_NONE; // else it is known, and nobody minds
    const QString problem = tlsProblem();
    return !isVerified || verified == X509_V_OK ? problem : QString::fromLatin1(X509_verify_cert_error_string(verified));
}

TlsContext::TlsContext(const TlsOptions &options, bool isHttp2)
    : m_options(options)
    , m_isHttp2(isHttp2)
    , m_context(SSL_CTX_new(TLS_client_method()))
{
}

TlsContext::~TlsContext() = default;

std::expected<std::unique_ptr<TlsContext>, QString> TlsContext::make(const TlsOptions &options, bool isHttp2)
{
    std::unique_ptr<TlsContext> made(new TlsContext(options, isHttp2));
    if (!made->m_context)
        return std::unexpected(tlsProblem());
    signal(SIGPIPE, SIG_IGN); // the library writes with write(2), which has no MSG_NOSIGNAL; Qt does so for its sockets
    SSL_CTX *context = made->m_context.get();
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF); // HTTP says itself where an answer ends
    SSL_CTX_set_read_ahead(context, 1); // else each record costs two read(2)
    if (auto trusted = made->trust(); !trusted)
        return std::unexpected(trusted.error());
    if (auto identified = made->identify(); !identified)
        return std::unexpected(identified.error());
    made->resume();
    return made;
}

std::expected<void, QString> TlsContext::trust()
{
    SSL_CTX_set_verify(m_context.get(), m_options.isVerified ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    if (m_options.authorities.isEmpty()) {
        SSL_CTX_set_default_verify_paths(m_context.get());
        return {};
    }
    const BioPtr bytes = reader(m_options.authorities);
    int count = 0;
    for (CertificatePtr authority = nextCertificate(bytes.get()); authority; authority = nextCertificate(bytes.get()))
        count += X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context.get()), authority.get());
    ERR_clear_error(); // that there is no further one
    if (count == 0)
        return std::unexpected(QStringLiteral("there is no certificate among the authorities"));
    return {};
}

std::expected<void, QString> TlsContext::identify()
{
    if (m_options.certificate.isEmpty())
        return {};
    SSL_CTX *context = m_context.get();
    const BioPtr chain = reader(m_options.certificate);
    const CertificatePtr own = nextCertificate(chain.get());
    if (!own || SSL_CTX_use_certificate(context, own.get()) != 1)
        return std::unexpected(QStringLiteral("the client's certificate cannot be used: ") + tlsProblem());
    while (CertificatePtr next = nextCertificate(chain.get())) {
        if (SSL_CTX_add1_chain_cert(context, next.get()) != 1)
            return std::unexpected(QStringLiteral("the chain of the client's certificate cannot be used: ") + tlsProblem());
    }
    ERR_clear_error();
    const KeyPtr key(PEM_read_bio_PrivateKey(reader(m_options.key).get(), nullptr, noPassphrase, nullptr));
    if (!key || SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        return std::unexpected(QStringLiteral("the client's key cannot be used: ") + tlsProblem());
    return {};
}

void TlsContext::resume()
{
    SSL_CTX *context = m_context.get();
    SSL_CTX_set_session_cache_mode(context, m_options.isResumed ? SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL
                                                                : SSL_SESS_CACHE_OFF);
    if (!m_options.isResumed) {
        SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
        return;
    }
    SSL_CTX_set_app_data(context, this);
    SSL_CTX_sess_set_new_cb(context, keepSession);
}

int TlsContext::keepSession(ssl_st *ssl, ssl_session_st *session)
{
    auto *self = static_cast<TlsContext *>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    const auto *host = static_cast<const QString *>(SSL_get_app_data(ssl));
    const auto kept = std::ranges::find(self->m_sessions, *host, &Session::host);
    if (kept != self->m_sessions.end())
        kept->session.reset(session);
    else
        self->m_sessions.push_back({*host, std::unique_ptr<ssl_session_st, SslDeleter>(session)});
    return 1; // it is ours now
}

ssl_session_st *TlsContext::sessionOf(const QString &host) const
{
    const auto kept = std::ranges::find(m_sessions, host, &Session::host);
    return kept != m_sessions.end() ? kept->session.get() : nullptr;
}

SslPtr TlsContext::newClient(int descriptor, const QString &host)
{
    SslPtr ssl(SSL_new(m_context.get()));
    if (!ssl || SSL_set_fd(ssl.get(), descriptor) != 1)
        return {};
    SSL_set_app_data(ssl.get(), const_cast<QString *>(&host)); // for keepSession()
    const QString &name = m_options.serverName.isEmpty() ? host : m_options.serverName;
    const QByteArray ascii = QUrl::toAce(name).isEmpty() ? name.toLatin1() : QUrl::toAce(name);
    if (QHostAddress(name).isNull()) {
        SSL_set_tlsext_host_name(ssl.get(), ascii.constData());
        if (SSL_set1_host(ssl.get(), ascii.constData()) != 1)
            return {};
    } else if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl.get()), ascii.split('%').first().constData()) != 1) {
        return {}; // or nobody would verify it
    }
    if (m_isHttp2)
        SSL_set_alpn_protos(ssl.get(), kHttp2, sizeof kHttp2);
    if (ssl_session_st *session = m_options.isResumed ? sessionOf(host) : nullptr)
        SSL_set_session(ssl.get(), session);
    SSL_set_connect_state(ssl.get());
    return ssl;
}

} // namespace Headroom
