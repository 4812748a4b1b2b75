// SPDX-License-Identifier: GPL-3.0-or-later
// An HTTP server to test supervision with: slow to listen, unwilling to end, or dead too soon.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

struct Options
{
    int port = 0;
    int listenAfterMs = 0;
    int dieAfterMs = -1; ///< Then exit code 7, with last words.
    bool ignoresTerm = false;
    bool hasChild = false; ///< Which ignores SIGTERM and lives for ever.
};

Options optionsFrom(int argc, char **argv)
{
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const int value = atoi(argv[i + 1]);
        if (!strcmp(argv[i], "--port"))
            options.port = value;
        else if (!strcmp(argv[i], "--listen-after-ms"))
            options.listenAfterMs = value;
        else if (!strcmp(argv[i], "--die-after-ms"))
            options.dieAfterMs = value;
        else if (!strcmp(argv[i], "--ignore-term"))
            options.ignoresTerm = value;
        else if (!strcmp(argv[i], "--child"))
            options.hasChild = value;
    }
    return options;
}

void dieAfter(int milliseconds)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    fprintf(stderr, "warming up\nno such database\n");
    if (const char *secret = getenv("HEADROOM_TEST_SECRET")) // what a program prints that dumps its environment
        fprintf(stderr, "the secret is %s\n", secret);
    fflush(stderr);
    _exit(7);
}

void answer(int connection)
{
    char request[4096];
    const char response[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    while (read(connection, request, sizeof request) > 0) {
        if (write(connection, response, sizeof response - 1) < 0)
            break;
    }
    close(connection);
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = optionsFrom(argc, argv);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, SIG_IGN); // so that the child never is without it
    if (options.hasChild && fork() == 0) {
        for (;;)
            pause();
    }
    if (!options.ignoresTerm)
        signal(SIGTERM, SIG_DFL);
    if (options.dieAfterMs >= 0)
        std::thread(dieAfter, options.dieAfterMs).detach();
    std::this_thread::sleep_for(std::chrono::milliseconds(options.listenAfterMs));
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<in_port_t>(options.port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 || listen(listener, 100) != 0)
        return 1;
    for (;;)
        std::thread(answer, accept(listener, nullptr, nullptr)).detach();
}
