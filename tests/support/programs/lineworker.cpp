// SPDX-License-Identifier: GPL-3.0-or-later
// A pipeline to test with: answers every line of standard input, or of a local socket, with one line.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

struct Options
{
    int delayMs = 0; ///< Before each answer.
    int dieAfter = -1; ///< Answers, then exit code 3.
    long endlessAfter = -1; ///< Answers, then bytes without a line feed.
    std::string socket; ///< Empty: standard input and output.
};

Options optionsFrom(int argc, char **argv)
{
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (!strcmp(argv[i], "--delay-ms"))
            options.delayMs = atoi(argv[i + 1]);
        else if (!strcmp(argv[i], "--die-after"))
            options.dieAfter = atoi(argv[i + 1]);
        else if (!strcmp(argv[i], "--endless-after"))
            options.endlessAfter = atol(argv[i + 1]);
        else if (!strcmp(argv[i], "--socket"))
            options.socket = argv[i + 1];
    }
    return options;
}

void work(int in, int out, const Options &options)
{
    FILE *lines = fdopen(in, "r");
    char *line = nullptr;
    std::size_t room = 0;
    for (long answered = 0; getline(&line, &room, lines) > 0; ++answered) {
        if (answered == options.dieAfter) {
            fprintf(stderr, "the model is lost\n");
            exit(3);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(options.delayMs));
        if (answered == options.endlessAfter) {
            const std::string much(1 << 20, 'x');
            while (write(out, much.data(), much.size()) > 0) { }
        }
        const std::string answer = "done: " + std::string(line);
        if (write(out, answer.data(), answer.size()) < 0)
            break;
    }
    free(line);
    fclose(lines);
}

[[noreturn]] void serve(const Options &options)
{
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    strncpy(address.sun_path, options.socket.c_str(), sizeof address.sun_path - 1);
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 || listen(listener, 100) != 0)
        exit(1);
    for (;;) {
        const int connection = accept(listener, nullptr, nullptr);
        std::thread([=] { work(connection, connection, options); }).detach();
    }
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = optionsFrom(argc, argv);
    if (!options.socket.empty())
        serve(options);
    work(STDIN_FILENO, STDOUT_FILENO, options);
}
