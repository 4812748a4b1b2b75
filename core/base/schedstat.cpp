// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/schedstat.h"

#include <charconv>
#include <cstdint>

#include <fcntl.h>
#include <unistd.h>

namespace Headroom {

namespace {

/// Takes a whole number and the blank or line feed behind it.
std::optional<std::uint64_t> takeNumber(std::string_view &text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = std::size_t(end - text.data());
    if (error != std::errc() || length == text.size() || (*end != ' ' && *end != '\n'))
        return std::nullopt;
    text.remove_prefix(length + 1);
    return number;
}

} // namespace

std::optional<SchedStat> parseSchedStat(std::string_view text)
{
    const auto cpu = takeNumber(text);
    const auto wait = cpu ? takeNumber(text) : std::nullopt;
    const auto turns = wait ? takeNumber(text) : std::nullopt;
    if (!turns || !text.empty())
        return std::nullopt;
    return SchedStat{double(*cpu) / 1e9, double(*wait) / 1e9};
}

OwnSchedStat::OwnSchedStat()
    : m_file(open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC))
{
}

OwnSchedStat::~OwnSchedStat()
{
    if (m_file >= 0)
        close(m_file);
}

double OwnSchedStat::waitSeconds() const
{
    char text[128];
    const ssize_t length = m_file < 0 ? -1 : pread(m_file, text, sizeof text, 0);
    if (length <= 0)
        return 0.0;
    return parseSchedStat({text, std::size_t(length)}).value_or(SchedStat{}).waitSeconds;
}

} // namespace Headroom
