// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/bytestream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace Headroom {

namespace {

QString systemWords(int error) { return QString::fromLocal8Bit(strerror(error)); }

ConnectionLoss reset() { return {FailureKind::Closed, QStringLiteral("The target reset the connection before the answer was complete")}; }
ConnectionLoss ended() { return {FailureKind::Closed, QStringLiteral("The target closed the connection before the answer was complete")}; }

/// What connect(2), socket(2) and bind(2) say.
ConnectionLoss refusal(int error)
{
    switch (error) {
    case ECONNREFUSED:
        return {FailureKind::ConnectRefused, failureKindText(FailureKind::ConnectRefused)};
    case ENOENT: // a Unix socket's path
        return {FailureKind::ConnectRefused, QStringLiteral("There is no socket at the path that connections go to")};
    case ETIMEDOUT:
        return {FailureKind::ConnectTimeout, failureKindText(FailureKind::ConnectTimeout)};
    case ECONNRESET:
        return {FailureKind::Closed, QStringLiteral("The target reset the connection while it was made")};
    case EMFILE:
    case ENFILE:
        return {FailureKind::Connect, QStringLiteral("The connection could not be made (no descriptor is left; raise ulimit -n)")};
    case EADDRNOTAVAIL:
        return {FailureKind::Connect, QStringLiteral("The connection could not be made (no local port or address is left; "
                                                     "use more source addresses, or keep connections)")};
    default:
        return {FailureKind::Connect, failureKindText(FailureKind::Connect) + QStringLiteral(" (%1)").arg(systemWords(error))};
    }
}

ByteStream::Moved lost(ConnectionLoss loss, bool isEnd = false) { return {0, std::move(loss), isEnd}; }

ByteStream::Moved lostBy(int error)
{
    if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR)
        return {};
    if (error == ECONNRESET || error == EPIPE)
        return lost(reset());
    return lost({FailureKind::Closed, failureKindText(FailureKind::Closed) + QStringLiteral(" (%1)").arg(systemWords(error))});
}

constexpr std::uint32_t kEnds = EPOLLRDHUP | EPOLLHUP | EPOLLERR;
constexpr Nanoseconds kBeforeFailure = 1ms; // so that who tries again at once leaves time for others
constexpr std::size_t kLongestRecord = 16 * 1024; // of TLS (RFC 8446, 5.1)

} // namespace

ByteStream::ByteStream(Origin origin, DirectParts &parts, Owner &owner)
    : m_origin(std::move(origin))
    , m_parts(parts)
    , m_owner(owner)
{
}

ByteStream::~ByteStream() { close(); }

// --- Opening -------------------------------------------------------------------------------------------------------

void ByteStream::open()
{
    Q_ASSERT(m_state == State::Closed);
    m_state = State::Resolving;
    m_isEnding = false;
    m_opening = {};
    m_stepBegan = m_parts.clock.now();
    m_parts.addresses.find(m_origin, *this);
}

void ByteStream::addressesFound(const std::expected<SocketAddresses, QString> &found, Nanoseconds took)
{
    if (m_state != State::Resolving)
        return;
    if (!found)
        return failLater({FailureKind::Dns, found.error()});
    m_opening.resolve = took;
    m_stepBegan = m_parts.clock.now();
    m_untried = std::make_unique<SocketAddresses>(found->rbegin(), found->rend());
    connectToNext();
}

void ByteStream::connectToNext()
{
    m_state = State::Connecting;
    int error = EHOSTUNREACH;
    while (!m_untried->empty()) {
        const SocketAddress address = m_untried->back();
        m_untried->pop_back();
        if (connectTo(address))
            return;
        error = errno;
        dropDescriptor();
        if (error == EAGAIN && address.isPath()) { // a local socket's queue is full: TCP would wait in the system
            m_untried->push_back(address);
            m_failTicket = m_parts.alarms.callAt(m_parts.clock.now() + kBeforeFailure, {[](void *self) {
                static_cast<ByteStream *>(self)->connectAgain();
            }, this});
            return;
        }
    }
    failLater(refusal(error));
}

void ByteStream::connectAgain()
{
    m_failTicket = 0;
    connectToNext();
}

/// Whether it is on its way, or connected already. Else errno says why not.
bool ByteStream::connectTo(const SocketAddress &address)
{
    m_descriptor = socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        return false;
    const int on = 1;
    if (!address.isPath())
        setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!takeSource(address))
        return false;
    if (connect(m_descriptor, address.get(), address.length) != 0 && errno != EINPROGRESS)
        return false;
    return m_parts.watch.add(m_descriptor, *this); // and tells at once what has happened already
}

/// The next of the sources that can reach the address.
bool ByteStream::takeSource(const SocketAddress &address)
{
    const QList<QHostAddress> &sources = m_parts.options.sources;
    if (sources.isEmpty() || address.isPath())
        return true;
    const bool isIpv6 = address.family() == AF_INET6;
    for (qsizetype tries = 0; tries < sources.size(); ++tries) {
        const QHostAddress &source = sources[qsizetype(m_parts.sourcesUsed++ % std::size_t(sources.size()))];
        if ((source.protocol() == QAbstractSocket::IPv6Protocol) != isIpv6)
            continue;
        const int on = 1; // the port is chosen by connect(2), so that each target has all of them
        setsockopt(m_descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        const SocketAddress bound = SocketAddress::of(source, 0);
        return bind(m_descriptor, bound.get(), bound.length) == 0;
    }
    errno = EADDRNOTAVAIL;
    return false;
}

/// An end is told once, with what came before it.
void ByteStream::ready(std::uint32_t events)
{
    m_isEnding = (events & kEnds) != 0;
    if (m_state == State::Open)
        return m_owner.streamReady();
    if (m_state == State::Connecting)
        connecting(events);
    else if (m_state == State::Encrypting)
        shakeHands();
    if (m_state == State::Open && (events & EPOLLIN))
        m_owner.streamReady(); // it has spoken first: nothing else would tell
}

void ByteStream::connecting(std::uint32_t events)
{
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
        refused(error);
    else if (events & EPOLLOUT)
        connected();
}

void ByteStream::refused(int error)
{
    dropDescriptor();
    if (!m_untried->empty())
        return connectToNext();
    failLater(refusal(error));
}

void ByteStream::connected()
{
    m_untried.reset();
    const SteadyTime now = m_parts.clock.now();
    m_opening.connect = now - m_stepBegan;
    m_stepBegan = now;
    if (m_origin.isSecure)
        encrypt();
    else
        opened();
}

void ByteStream::encrypt()
{
    if (m_parts.tls && !*m_parts.tls)
        m_parts.tls = TlsContext::make(m_parts.options.tls, m_parts.options.isHttp2);
    if (!m_parts.tls)
        return failLater({FailureKind::Tls, failureKindText(FailureKind::Tls) + QStringLiteral(" (%1)").arg(m_parts.tls.error())});
    m_ssl = (*m_parts.tls)->newClient(m_descriptor, m_origin.host);
    if (!m_ssl)
        return failLater({FailureKind::Tls, failureKindText(FailureKind::Tls) + QStringLiteral(" (%1)").arg(tlsProblem())});
    m_state = State::Encrypting;
    shakeHands();
}

void ByteStream::shakeHands()
{
    errno = 0;
    const int result = SSL_do_handshake(m_ssl.get());
    if (result == 1) {
        m_opening.tls = m_parts.clock.now() - m_stepBegan;
        m_opening.isResumed = SSL_session_reused(m_ssl.get()) == 1;
        return opened();
    }
    const int error = errno;
    switch (SSL_get_error(m_ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return;
    case SSL_ERROR_SSL:
        return failLater({FailureKind::Tls, failureKindText(FailureKind::Tls)
                              + QStringLiteral(" (%1)").arg(handshakeProblem(m_ssl.get()))});
    default:
        ERR_clear_error();
        failLater({FailureKind::Closed, error == ECONNRESET
                       ? QStringLiteral("The target reset the connection in the TLS handshake")
                       : QStringLiteral("The target closed the connection in the TLS handshake")});
    }
}

void ByteStream::opened()
{
    m_state = State::Open;
    m_owner.streamOpened();
}

bool ByteStream::speaksHttp2() const
{
    if (!m_ssl)
        return true;
    const unsigned char *name = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(m_ssl.get(), &name, &length);
    return QByteArrayView(name, qsizetype(length)) == "h2";
}

/// A failure comes from the event loop, so that who tries again at once does not turn in circles.
void ByteStream::failLater(ConnectionLoss loss)
{
    dropDescriptor();
    m_state = State::Failing;
    m_loss = std::make_unique<ConnectionLoss>(std::move(loss));
    m_failTicket = m_parts.alarms.callAt(m_parts.clock.now() + kBeforeFailure,
                                         {[](void *self) { static_cast<ByteStream *>(self)->fail(); }, this});
}

void ByteStream::fail()
{
    m_failTicket = 0;
    m_state = State::Closed;
    const std::unique_ptr<ConnectionLoss> loss = std::move(m_loss);
    m_owner.streamFailed(*loss);
}

void ByteStream::close()
{
    if (m_state == State::Closed)
        return;
    if (m_state == State::Resolving)
        m_parts.addresses.forget(*this);
    m_parts.alarms.cancel(std::exchange(m_failTicket, 0));
    dropDescriptor();
    m_untried.reset();
    m_loss.reset();
    m_state = State::Closed;
}

void ByteStream::dropDescriptor()
{
    m_ssl.reset(); // without a last word: who closes has nobody to wait for
    if (m_descriptor < 0)
        return;
    m_parts.watch.remove(m_descriptor, *this);
    ::close(std::exchange(m_descriptor, -1));
}

// --- Bytes ---------------------------------------------------------------------------------------------------------

bool ByteStream::hasMore() const { return m_ssl && SSL_pending(m_ssl.get()) > 0; }

void ByteStream::readAgain() { m_parts.watch.again(m_descriptor, *this); }

ByteStream::Moved ByteStream::read(char *into, std::size_t room)
{
    if (m_ssl)
        return readEncrypted(into, room);
    const ssize_t count = recv(m_descriptor, into, room, 0);
    if (count > 0)
        return {std::size_t(count)};
    return count == 0 ? lost(ended(), true) : lostBy(errno);
}

ByteStream::Moved ByteStream::write(QByteArrayView first, QByteArrayView second)
{
    if (m_ssl)
        return writeEncrypted(first, second);
    ssize_t count = 0;
    if (second.isEmpty()) {
        count = send(m_descriptor, first.data(), std::size_t(first.size()), MSG_NOSIGNAL);
    } else {
        std::array<iovec, 2> pieces{{{const_cast<char *>(first.data()), std::size_t(first.size())},
                                     {const_cast<char *>(second.data()), std::size_t(second.size())}}};
        msghdr message{};
        message.msg_iov = pieces.data();
        message.msg_iovlen = pieces.size();
        count = sendmsg(m_descriptor, &message, MSG_NOSIGNAL);
    }
    return count >= 0 ? Moved{std::size_t(count)} : lostBy(errno);
}

ByteStream::Moved ByteStream::readEncrypted(char *into, std::size_t room)
{
    errno = 0;
    const int count = SSL_read(m_ssl.get(), into, int(std::min<std::size_t>(room, INT_MAX)));
    return count > 0 ? Moved{std::size_t(count)} : encryptedLoss(count);
}

/// As one record where they fit: a request is then one packet.
ByteStream::Moved ByteStream::writeEncrypted(QByteArrayView first, QByteArrayView second)
{
    std::array<char, kLongestRecord> record;
    QByteArrayView bytes = first;
    if (!second.isEmpty() && std::size_t(first.size()) < record.size()) {
        const std::size_t more = std::min(record.size() - std::size_t(first.size()), std::size_t(second.size()));
        std::memcpy(record.data(), first.data(), std::size_t(first.size()));
        std::memcpy(record.data() + first.size(), second.data(), more);
        bytes = QByteArrayView(record.data(), first.size() + qsizetype(more));
    }
    errno = 0;
    const int count = SSL_write(m_ssl.get(), bytes.data(), int(std::min<qsizetype>(bytes.size(), kLongestRecord)));
    return count > 0 ? Moved{std::size_t(count)} : encryptedLoss(count);
}

ByteStream::Moved ByteStream::encryptedLoss(int result)
{
    const int error = errno;
    switch (SSL_get_error(m_ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return {};
    case SSL_ERROR_ZERO_RETURN:
        return lost(ended(), true);
    case SSL_ERROR_SSL:
        return lost({FailureKind::Tls, failureKindText(FailureKind::Tls) + QStringLiteral(" (%1)").arg(tlsProblem())});
    default:
        ERR_clear_error();
        return error == 0 ? lost(ended(), true) : lostBy(error);
    }
}

} // namespace Headroom
