// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/alarmqueue.h"
#include "core/base/pooledtask.h"
#include "core/base/steadyclock.h"
#include "core/http/direct/directtransport.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>

using namespace Headroom;

namespace {

/// A server that says what it is told, and ends.
class Server
{
public:
    Server()
        : m_listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const auto address = SocketAddress::ofPath(path());
        if (!address || bind(m_listener, address->get(), address->length) != 0 || listen(m_listener, 8) != 0)
            std::abort();
    }
    ~Server() { ::close(m_listener); }
    Q_DISABLE_COPY_MOVE(Server)
    QString path() const { return m_folder.filePath(QStringLiteral("s")); }

    int accept() const { return ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK); }

private:
    QTemporaryDir m_folder;
    int m_listener;
};

PooledTask<> make(Transport &transport, const HttpRequest &request, int &finished)
{
    const Exchange exchange = co_await PendingExchange(transport, request);
    if ((exchange.failure == FailureKind::None) != exchange.message.isEmpty() || exchange.finished < exchange.sent)
        std::abort();
    ++finished;
}

} // namespace

/// Frames, or anything else, in answer to three requests at once: each is finished once, at the latest when the
/// connection ends.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static int count = 1;
    static char name[] = "fuzz_http2frames";
    static char *arguments[] = {name, nullptr};
    static const QCoreApplication application(count, arguments);
    static const Server server;
    constexpr std::size_t kMost = 100 * 1024; // lies in the socket's own room
    if (size > kMost)
        return 0;
    SteadyClock clock;
    AlarmQueue alarms(clock);
    DirectTransport transport({.isHttp2 = true, .streams = 3, .socket = server.path()}, 3, clock, alarms);
    HttpRequest request{
        .method = "POST", .url = QUrl(QStringLiteral("http://a/")), .headers = {}, .body = "hello", .timeouts = {}};
    request.wantsHeaders = request.wantsBody = request.wantsCookies = true;
    int finished = 0;
    for (int i = 0; i < 3; ++i)
        make(transport, request, finished).letGo();
    const int connection = server.accept(); // connect(2) has already been called
    if (connection < 0)
        std::abort();
    while (alarms.pending() == 0)
        QCoreApplication::processEvents();
    if (::send(connection, data, size, MSG_NOSIGNAL) < 0 && errno != EPIPE)
        std::abort();
    shutdown(connection, SHUT_WR);
    const SteadyTime patience = clock.now() + 5s;
    while (finished < 3) {
        QCoreApplication::processEvents();
        if (clock.now() > patience)
            std::abort();
    }
    ::close(connection);
    if (transport.inFlight() != 0)
        std::abort();
    return 0;
}
