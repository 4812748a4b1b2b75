// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/qnam/networklane.h"

#include "core/base/laterptr.h"
#include "core/http/impliedheaders.h"
#include "core/http/qnam/failuremapping.h"

#include <QCoroNetworkReply>
#include <QHttpHeaders>
#include <QNetworkProxyFactory>
#include <QNetworkReply>

namespace Headroom {

namespace {

/// Answers "the default proxy", which is none, so that Qt opens its sockets buffered. Without any proxy it opens them
/// unbuffered and its header reader then costs one read(2) per header byte: about half the rate.
class BufferedSockets final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override
    {
        return {QNetworkProxy(QNetworkProxy::DefaultProxy)};
    }
};

/// Qt would name a port in Host that the scheme has by itself (RFC 9110, 4.2.3).
QUrl withoutOwnPort(QUrl url)
{
    if (url.port() == (url.scheme() == QLatin1String("https") ? 443 : 80))
        url.setPort(-1);
    return url;
}

/// Each Set-Cookie line by itself; Qt joins them by line feeds, which no header can hold.
QList<QByteArray> setCookiesOf(const QNetworkReply &reply)
{
    QList<QByteArray> lines;
    for (const QByteArray &value : reply.headers().values(QHttpHeaders::WellKnownHeader::SetCookie))
        lines += value.split('\n');
    return lines;
}

std::vector<std::pair<QByteArray, QByteArray>> headersOf(const QNetworkReply &reply)
{
    const auto lines = reply.headers().toListOfPairs();
    return {lines.begin(), lines.end()};
}

constexpr qint64 kLargeBody = 1024 * 1024; // above it a body is read and dropped while it comes, not kept to its end

} // namespace

struct NetworkLane::Sending
{
    Exchange exchange;
    QNetworkReply *reply = nullptr;
    int sends = 0;
    const HttpRequest *request = nullptr;
    FailureKind cutBecause = FailureKind::None; ///< Set by whoever calls abort().
    AlarmQueue::Ticket connectDeadline = 0;
    AlarmQueue::Ticket firstByteDeadline = 0;
    AlarmQueue::Ticket totalDeadline = 0;

    void cut(FailureKind reason)
    {
        if (cutBecause != FailureKind::None || exchange.finished != SteadyTime{})
            return;
        cutBecause = reason;
        if (isWanted())
            keepBody();
        skipBody(); // abort() drops what was not read
        reply->abort();
    }

    bool isHeadWanted() const { return request->keepBodyOf.contains(statusOf(*reply)); }
    bool isWanted() const { return request->wantsBody || isHeadWanted(); }

    /// Takes the next bytes into the body, or its head, while it has room.
    void keepBody()
    {
        QByteArray &kept = request->wantsBody ? exchange.body : exchange.bodyHead;
        const qsizetype most = request->wantsBody ? Exchange::kMaxBody : Exchange::kMaxBodyHead;
        const qsizetype room = reply->isReadable() ? std::min(most - kept.size(), qsizetype(reply->bytesAvailable())) : 0;
        if (room <= 0)
            return;
        QByteArray taken = reply->read(room);
        exchange.bytesIn += std::uint64_t(taken.size());
        if (kept.isEmpty())
            kept = std::move(taken);
        else
            kept += taken;
    }

    /// Completes the exchange with what the request wants of a finished reply.
    void keepRest()
    {
        if (isWanted()) {
            keepBody();
            exchange.contentType = reply->rawHeader("Content-Type");
        }
        if (isHeadWanted() && request->wantsBody)
            exchange.bodyHead = exchange.body.first(std::min<qsizetype>(exchange.body.size(), Exchange::kMaxBodyHead));
        if (request->wantsHeaders)
            exchange.headers = headersOf(*reply);
        else if (request->wantsBody && reply->hasRawHeader("Content-Encoding")) // or nobody could read it
            exchange.headers.emplace_back("Content-Encoding", reply->rawHeader("Content-Encoding"));
        if (request->wantsCookies)
            exchange.setCookies = setCookiesOf(*reply);
    }

    bool isToBeCut() const { return request->cutsLongBody && exchange.hasLongBody(); }

    void skipBody()
    {
        if (reply->isReadable())
            exchange.bytesIn += std::uint64_t(reply->skip(reply->bytesAvailable()));
    }

    template <FailureKind reason> AlarmQueue::Call cutLater()
    {
        return {[](void *sending) { static_cast<Sending *>(sending)->cut(reason); }, this};
    }
};

NetworkLane::NetworkLane(int connections, const Clock &clock, AlarmQueue &alarms, const TlsOptions &tls)
    : m_connections(connections)
    , m_clock(clock)
    , m_alarms(alarms)
    , m_tls(tls)
{
    Q_ASSERT(connections >= 1 && connections <= kMaxConnections);
    m_network.setProxyFactory(new BufferedSockets); // the manager owns it
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_http1.setNumberOfConnectionsPerHost(connections);
    m_underWay.reserve(std::size_t(connections));
}

QNetworkRequest NetworkLane::networkRequest(const HttpRequest &request)
{
    if (request.form == 0)
        return madeFor(request);
    const auto form = std::size_t(request.form);
    if (form >= m_forms.size())
        m_forms.resize(form + 1);
    if (!m_forms[form])
        m_forms[form] = madeFor(request);
    return *m_forms[form];
}

QNetworkRequest NetworkLane::madeFor(const HttpRequest &request) const
{
    QNetworkRequest made(withoutOwnPort(request.url));
    made.setHttp1Configuration(m_http1);
    made.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    made.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    m_tls.applyTo(made);
    for (const auto &header : request.headers) {
        const auto &[name, value] = header;
        if (!isAsNone(header))
            made.setRawHeader(name, value.isNull() ? QByteArray("") : value); // null would be no header
    }
    if (!made.hasRawHeader("Accept-Encoding"))
        made.setRawHeader("Accept-Encoding", "identity"); // else Qt asks for gzip and unpacks it
    if (!made.hasRawHeader("Accept-Language"))
        made.setRawHeader("Accept-Language", "*"); // as nothing; else Qt puts the machine's own there
    return made;
}

QNetworkReply *NetworkLane::start(const HttpRequest &request)
{
    const QNetworkRequest made = networkRequest(request);
    if (request.body)
        return m_network.sendCustomRequest(made, request.method, *request.body);
    if (request.method == "GET")
        return m_network.get(made);
    if (request.method == "HEAD")
        return m_network.head(made);
    if (announcesEmptyBody(request.method))
        return m_network.sendCustomRequest(made, request.method, QByteArray(""));
    return m_network.sendCustomRequest(made, request.method);
}

// The slots stamp times; they run before the coroutine goes on, because they are connected before its await.
void NetworkLane::watch(Sending &sending)
{
    QNetworkReply *reply = sending.reply;
    QObject::connect(reply, &QNetworkReply::requestSent, reply, [this, &sending] {
        ++sending.sends;
        m_alarms.cancel(std::exchange(sending.connectDeadline, 0));
    });
    QObject::connect(reply, &QNetworkReply::metaDataChanged, reply, [this, &sending] {
        if (sending.exchange.firstByte != SteadyTime{})
            return;
        sending.exchange.firstByte = m_clock.now();
        m_alarms.cancel(std::exchange(sending.firstByteDeadline, 0));
        const QVariant length = sending.reply->header(QNetworkRequest::ContentLengthHeader);
        if (length.isValid() && length.toLongLong() <= kLargeBody)
            return;
        const bool isWanted = sending.isWanted();
        QObject::connect(sending.reply, &QNetworkReply::readyRead, sending.reply, [&sending, isWanted] {
            if (isWanted)
                sending.keepBody();
            sending.skipBody();
            if (sending.isToBeCut())
                sending.cut(FailureKind::Other);
        });
    });
    QObject::connect(reply, &QNetworkReply::finished, reply,
                     [this, &sending] { sending.exchange.finished = m_clock.now(); });
}

QCoro::Task<Exchange> NetworkLane::send(HttpRequest request)
{
    Sending sending;
    sending.exchange.sent = m_clock.now();
    const LaterPtr<QNetworkReply> reply(start(request));
    sending.reply = reply.get();
    sending.request = &request;
    m_underWay.push_back(&sending);
    watch(sending); // the reference is safe: this frame does not end before finished() was emitted
    const SteadyTime sent = sending.exchange.sent;
    sending.connectDeadline =
        m_alarms.callAt(sent + request.timeouts.connect, sending.cutLater<FailureKind::ConnectTimeout>());
    sending.firstByteDeadline =
        m_alarms.callAt(sent + request.timeouts.firstByte, sending.cutLater<FailureKind::FirstByteTimeout>());
    sending.totalDeadline = m_alarms.callAt(sent + request.timeouts.total, sending.cutLater<FailureKind::Timeout>());

    co_await reply.get();

    for (const AlarmQueue::Ticket ticket : {sending.connectDeadline, sending.firstByteDeadline, sending.totalDeadline})
        m_alarms.cancel(ticket);
    std::erase(m_underWay, &sending);
    reply->disconnect();
    Exchange &exchange = sending.exchange;
    if (exchange.finished == SteadyTime{})
        exchange.finished = m_clock.now(); // failed before it began: finished() came inside start()
    if (exchange.firstByte == SteadyTime{})
        exchange.firstByte = exchange.finished;
    exchange.failure =
        sending.cutBecause != FailureKind::None ? sending.cutBecause : failureKindOf(*reply, sending.sends > 0);
    if (exchange.failure != FailureKind::None)
        exchange.message = exchange.failure == FailureKind::Other && sending.isToBeCut()
            ? QLatin1String(Exchange::kCutLongBody)
            : failureMessage(exchange.failure, *reply);
    exchange.status = statusOf(*reply);
    sending.keepRest();
    exchange.bytesIn += std::uint64_t(reply->bytesAvailable());
    exchange.bytesOut = request.body ? std::uint64_t(request.body->size()) : 0;
    exchange.resends = std::max(0, sending.sends - 1);
    co_return exchange;
}

void NetworkLane::abortAll()
{
    const std::vector<Sending *> underWay = m_underWay; // an abort may take its own entry out at once
    for (Sending *sending : underWay)
        sending->cut(FailureKind::Aborted);
}

} // namespace Headroom
