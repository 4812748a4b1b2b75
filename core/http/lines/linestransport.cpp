// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/lines/linestransport.h"

#include "core/http/lines/linechannel.h"
#include "core/http/pendingexchange.h"

#include <algorithm>

namespace Headroom {

struct LinesTransport::Sending
{
    LineItem item;
    LineChannel *channel = nullptr; // null: nothing was sent
    const Clock &clock;
    AlarmQueue::Ticket deadlines[3]{};

    void cut(FailureKind reason, const QString &sentence = {})
    {
        if (item.isFinished())
            return;
        if (channel)
            channel->giveUp(item);
        item.finish(clock.now(), reason, sentence);
    }

    void cutUnconnected()
    {
        if (!channel->isConnected())
            cut(FailureKind::ConnectTimeout);
    }

    void cutUnanswered()
    {
        if (item.firstByte == SteadyTime{})
            cut(FailureKind::FirstByteTimeout);
    }

    template <void (Sending::*function)()> AlarmQueue::Call later()
    {
        return {[](void *sending) { (static_cast<Sending *>(sending)->*function)(); }, this};
    }

    void cutInTotal() { cut(FailureKind::Timeout); }
    void refuseBroken()
    {
        cut(FailureKind::Template, QStringLiteral("the line has a line break in it; nothing was sent"));
    }
    void refuseLost() { cut(FailureKind::Connect, QStringLiteral("the target has ended, or takes no more lines")); }
};

namespace {

bool wasSent(FailureKind failure)
{
    constexpr FailureKind kBefore[] = {FailureKind::Template, FailureKind::Connect, FailureKind::ConnectRefused,
                                       FailureKind::ConnectTimeout};
    return std::ranges::find(kBefore, failure) == std::end(kBefore);
}

} // namespace

LinesTransport::LinesTransport(const TransportSetup &setup, int capacity, const Clock &clock, AlarmQueue &alarms)
    : m_socketPath(setup.socket)
    , m_clock(clock)
    , m_alarms(alarms)
    , m_capacity(capacity)
{
    Q_ASSERT(m_socketPath.isEmpty() == (setup.stream >= 0));
    if (setup.stream >= 0)
        m_channels.emplace_back(new LineChannel(clock, setup.stream));
}

/// Nobody is inside a channel's signal any more, and the thread's event loop may have ended.
LinesTransport::~LinesTransport()
{
    for (auto &channel : m_channels)
        delete channel.release();
}

void LinesTransport::growTo(int capacity) { m_capacity = std::max(m_capacity, capacity); }

/// The stream, or a connection that nobody uses; null when the stream takes no more.
LineChannel *LinesTransport::freeChannel()
{
    if (m_socketPath.isEmpty())
        return m_channels.front()->takesMore() ? m_channels.front().get() : nullptr;
    std::erase_if(m_channels, [](const auto &channel) { return channel->isLost() && channel->isIdle(); });
    const auto isFree = [](const auto &channel) { return channel->isIdle() && channel->takesMore(); };
    if (const auto free = std::ranges::find_if(m_channels, isFree); free != m_channels.end())
        return free->get();
    return m_channels.emplace_back(new LineChannel(m_clock, m_socketPath)).get();
}

/// What is refused fails from the event loop too: a user that is refused at once must not turn in circles.
void LinesTransport::setOff(Sending &sending, const HttpRequest &request, const QByteArray &line)
{
    const SteadyTime now = m_clock.now();
    if (line.contains('\n')) {
        sending.deadlines[0] = m_alarms.callAt(now, sending.later<&Sending::refuseBroken>());
        return;
    }
    sending.channel = freeChannel();
    if (!sending.channel) {
        sending.deadlines[0] = m_alarms.callAt(now, sending.later<&Sending::refuseLost>());
        return;
    }
    sending.deadlines[0] = m_alarms.callAt(now + request.timeouts.connect, sending.later<&Sending::cutUnconnected>());
    sending.deadlines[1] = m_alarms.callAt(now + request.timeouts.firstByte, sending.later<&Sending::cutUnanswered>());
    sending.deadlines[2] = m_alarms.callAt(now + request.timeouts.total, sending.later<&Sending::cutInTotal>());
    sending.channel->submit(sending.item, line);
}

void LinesTransport::start(PendingExchange &pending) { exchange(pending).letGo(); }

PooledTask<> LinesTransport::exchange(PendingExchange &pending)
{
    const HttpRequest &request = pending.request();
    const QByteArray line = request.body.value_or(QByteArray());
    constexpr int kAnswered = 200;
    Exchange &exchange = pending.exchange();
    exchange.sent = m_clock.now();
    Sending sending{.item = {}, .clock = m_clock};
    const bool isHeadWanted = request.keepBodyOf.contains(kAnswered);
    sending.item.wantedHead = request.wantsBody ? Exchange::kMaxBody : isHeadWanted ? Exchange::kMaxBodyHead : 0;
    m_underWay.push_back(&sending);
    setOff(sending, request, line);

    co_await sending.item;

    letGoOf(sending);
    exchange.firstByte = sending.item.firstByte;
    exchange.finished = sending.item.finished;
    exchange.failure = sending.item.failure;
    if (exchange.failure == FailureKind::None)
        exchange.status = kAnswered;
    else
        exchange.message = sending.item.message.isEmpty() ? failureKindText(exchange.failure) : sending.item.message;
    exchange.bytesIn = sending.item.bytesIn;
    exchange.bytesOut = wasSent(exchange.failure) ? std::uint64_t(line.size()) : 0;
    if (isHeadWanted) {
        exchange.contentType = "text/plain";
        exchange.bodyHead = sending.item.head.first(std::min<qsizetype>(sending.item.head.size(), Exchange::kMaxBodyHead));
    }
    if (request.wantsBody)
        exchange.body = std::move(sending.item.head);
    pending.finish();
}

void LinesTransport::letGoOf(const Sending &sending)
{
    for (const AlarmQueue::Ticket ticket : sending.deadlines)
        m_alarms.cancel(ticket);
    std::erase(m_underWay, &sending);
    // On a connection of its own nobody else's answer may follow the one that was given up.
    if (sending.channel && !m_socketPath.isEmpty() && sending.item.failure != FailureKind::None)
        std::erase_if(m_channels, [&](const auto &channel) { return channel.get() == sending.channel; });
}

void LinesTransport::abortAll()
{
    const std::vector<Sending *> underWay = m_underWay; // an abort takes its own entry out at once
    for (Sending *sending : underWay)
        sending->cut(FailureKind::Aborted);
}

} // namespace Headroom
