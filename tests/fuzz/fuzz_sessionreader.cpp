// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionreader.h"

#include <QTemporaryFile>

#include <cstdint>
#include <cstdlib>

using namespace Headroom;

namespace {

/// The input as a file. Not a memfd: SQLite follows the link in /proc, which leads to no name.
QString fileWith(const uint8_t *data, size_t size)
{
    static QTemporaryFile file; // where TMPDIR says
    if (!file.isOpen() && !file.open())
        std::abort();
    file.resize(0);
    file.seek(0);
    if (file.write(reinterpret_cast<const char *>(data), qint64(size)) != qint64(size) || !file.flush())
        std::abort();
    return file.fileName();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto reader = SessionReader::open(fileWith(data, size));
    if (!reader)
        return 0;
    std::uint64_t sum = 0;
    const auto read = (*reader)->forEachFrame([&](const FramePtr &frame) {
        sum += frame->requests().requests + frame->iterations().started;
        sum += std::uint64_t((*reader)->facts()->stageAt(std::chrono::seconds(frame->second)).value);
        return true;
    });
    const auto events = (*reader)->events();
    return sum == UINT64_MAX && read && events ? -1 : 0;
}
