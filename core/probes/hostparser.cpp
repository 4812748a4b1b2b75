// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/hostparser.h"

#include <QByteArray>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <vector>

namespace Headroom {

namespace {

constexpr std::uint64_t kMostNumber = 1ULL << 53; // whole in a double, and sums and multiples of it overflow nothing

std::optional<std::uint64_t> number(QByteArrayView text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    const bool isGood = error == std::errc() && end == text.end() && value <= kMostNumber;
    return isGood ? std::optional(value) : std::nullopt;
}

/// The words of the first line that begins with one; empty when there is none.
std::vector<QByteArrayView> lineOf(QByteArrayView text, QByteArrayView first)
{
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\n');
        QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        std::vector<QByteArrayView> words;
        while (!line.isEmpty()) {
            const qsizetype blank = line.indexOf(' ');
            if (const QByteArrayView word = blank < 0 ? line : line.first(blank); !word.isEmpty())
                words.push_back(word);
            line = blank < 0 ? QByteArrayView() : line.sliced(blank + 1);
        }
        if (!words.empty() && words.front() == first)
            return words;
    }
    return {};
}

std::optional<std::uint64_t> kibibytesOf(QByteArrayView text, QByteArrayView key)
{
    const auto words = lineOf(text, key);
    return words.size() == 3 && words[2] == QByteArrayView("kB") ? number(words[1]) : std::nullopt;
}

} // namespace

std::optional<HostTicks> parseHostTicks(QByteArrayView text)
{
    // user nice system idle iowait irq softirq steal; guests behind them are in user and nice already.
    constexpr std::size_t kIdle = 3;
    constexpr std::size_t kWaiting = 4;
    constexpr std::size_t kSteal = 7;
    const auto words = lineOf(text, "cpu");
    std::vector<std::uint64_t> ticks;
    for (std::size_t i = 1; i < std::min<std::size_t>(words.size(), kSteal + 2); ++i)
        ticks.push_back(number(words[i]).value_or(0));
    if (ticks.size() <= kSteal)
        return std::nullopt;
    const std::uint64_t all = std::accumulate(ticks.begin(), ticks.end(), std::uint64_t(0));
    return HostTicks{all - ticks[kIdle] - ticks[kWaiting] - ticks[kSteal], all};
}

std::optional<HostMemory> parseHostMemory(QByteArrayView text)
{
    const auto total = kibibytesOf(text, "MemTotal:");
    const auto available = kibibytesOf(text, "MemAvailable:");
    if (!total || !available || *total == 0 || *available > *total)
        return std::nullopt;
    return HostMemory{*total * 1024, *available * 1024};
}

std::optional<double> parsePressure(QByteArrayView text)
{
    constexpr QByteArrayView kTotal("total=");
    for (const QByteArrayView word : lineOf(text, "some")) {
        if (!word.startsWith(kTotal))
            continue;
        const auto microseconds = number(word.sliced(kTotal.size()));
        return microseconds ? std::optional(double(*microseconds) / 1e6) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> parseFlatKey(QByteArrayView text, QByteArrayView key)
{
    const auto words = lineOf(text, key);
    return words.size() == 2 ? number(words[1]) : std::nullopt;
}

std::optional<std::uint64_t> parseLoneNumber(QByteArrayView text)
{
    while (text.endsWith('\n'))
        text.chop(1);
    return number(text);
}

} // namespace Headroom
