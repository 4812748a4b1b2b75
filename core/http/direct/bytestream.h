// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"
#include "core/http/direct/addressbook.h"
#include "core/http/direct/readywatch.h"
#include "core/http/direct/tlscontext.h"
#include "core/http/exchange.h"

#include <vector>

namespace Headroom {

/// Why a connection was lost.
struct ConnectionLoss
{
    FailureKind kind = FailureKind::Closed;
    QString message; ///< One sentence.
};

/// What all connections of a transport share; outlives them.
struct DirectParts
{
    const ConnectionOptions &options;
    const Clock &clock;
    AlarmQueue &alarms;
    ReadyWatch &watch;
    AddressBook &addresses;
    /// Made for the first that is encrypted; or why it cannot be.
    std::expected<std::unique_ptr<TlsContext>, QString> &tls;
    std::vector<char> &scratch; ///< Where what was received lies until it was looked at. For whoever reads at the moment.
    std::size_t sourcesUsed = 0; ///< Of the options' sources.
};

/// A connection below HTTP: looked up, connected, encrypted; then bytes go out and come in.
///
/// Thread: one. Lifetime: longer than everything it may tell its owner; it can be opened again after it was closed.
class ByteStream final : ReadyListener, AddressSeeker
{
public:
    class Owner
    {
    public:
        /// May come from within open(), and begin to write.
        virtual void streamOpened() = 0;
        /// It could not be opened, and is closed. Never from within open().
        virtual void streamFailed(const ConnectionLoss &loss) = 0;
        /// Open, and there may be something to read, or room to write.
        virtual void streamReady() = 0;

    protected:
        ~Owner() = default;
    };

    ByteStream(Origin origin, DirectParts &parts, Owner &owner);
    ~ByteStream();
    Q_DISABLE_COPY_MOVE(ByteStream)

    void open();
    void close();
    bool isClosed() const { return m_state == State::Closed; }
    bool isOpen() const { return m_state == State::Open; }
    const ConnectionOpening &opening() const { return m_opening; } ///< Of an open one: what that took.
    const Origin &origin() const { return m_origin; }
    /// Whether the two sides agreed on HTTP/2; without encryption they have not talked of it, and true.
    bool speaksHttp2() const;

    /// What a transfer came to. Bytes: above 0 when some were moved; else it is over or has to wait for streamReady().
    struct Moved
    {
        std::size_t bytes = 0;
        std::optional<ConnectionLoss> loss{};
        bool isEnd = false; ///< The other side has ended in order; a loss says so too.
    };
    Moved read(char *into, std::size_t room);
    /// Both, one behind the other, as far as there is room.
    Moved write(QByteArrayView first, QByteArrayView second = {});
    /// Whether more may have come than was read: without it, a read that did not fill its room has taken all.
    bool mayHaveMore() const { return m_ssl || m_isEnding; }
    /// The other side has ended: behind what may still be read comes nothing.
    bool isEnding() const { return m_isEnding; }
    /// Whether something that was read with what was taken waits to be taken.
    bool hasMore() const;
    /// Has streamReady() called once more, later.
    void readAgain();

private:
    enum class State : std::uint8_t { Closed, Resolving, Connecting, Encrypting, Open, Failing };

    void addressesFound(const std::expected<SocketAddresses, QString> &found, Nanoseconds took) override;
    void ready(std::uint32_t events) override;
    void connectToNext();
    void connectAgain();
    bool connectTo(const SocketAddress &address);
    bool takeSource(const SocketAddress &address);
    void connecting(std::uint32_t events);
    void connected();
    void encrypt();
    void shakeHands();
    void opened();
    void refused(int error);
    void failLater(ConnectionLoss loss);
    void fail();
    void dropDescriptor();
    Moved readEncrypted(char *into, std::size_t room);
    Moved writeEncrypted(QByteArrayView first, QByteArrayView second);
    Moved encryptedLoss(int result);

    const Origin m_origin;
    DirectParts &m_parts;
    Owner &m_owner;
    State m_state = State::Closed;
    bool m_isEnding = false;
    int m_descriptor = -1;
    SslPtr m_ssl;
    std::unique_ptr<SocketAddresses> m_untried; // while connecting; the next one last
    ConnectionOpening m_opening;
    SteadyTime m_stepBegan; // of opening
    std::unique_ptr<ConnectionLoss> m_loss; // to be told
    AlarmQueue::Ticket m_failTicket = 0;
};

} // namespace Headroom
