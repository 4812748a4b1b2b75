// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a session as fast as it can, to be killed meanwhile: tests-sessionscribbler PATH SEED SECONDS. What is
// committed is told on standard output, unbuffered and only after the writer has returned.
#include "tests/core/session/samplesession.h"
#include "tests/core/session/scribbledsession.h"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

using namespace Headroom;

namespace {

void tell(const char *what, int number)
{
    char line[64];
    const int length = std::snprintf(line, sizeof line, "%s %d\n", what, number);
    if (write(STDOUT_FILENO, line, std::size_t(length)) != length)
        std::exit(3); // nobody listens any more
}

template <typename T> void expect(const Result<T> &done)
{
    if (done)
        return;
    std::fprintf(stderr, "%s\n", qPrintable(done.error().text()));
    std::exit(1);
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 4)
        return 2;
    const std::uint64_t seed = std::strtoull(argv[2], nullptr, 10);
    const int seconds = std::atoi(argv[3]);
    const auto writer = SessionWriter::create(QString::fromLocal8Bit(argv[1]), scribbledHead(seed));
    expect(writer);
    tell("created", 0);
    for (int second = 0; second < seconds; ++second)
        expect(scribble(**writer, seed, second, tell));
    tell("finishing", seconds);
    expect((*writer)->finish(sampleEnding(), kScribbledEndedAtMs));
    tell("finished", seconds);
}
