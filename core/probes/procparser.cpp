// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/procparser.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace Headroom {

namespace {

// Places in /proc/PID/stat, counted from the field after the command; proc_pid_stat(5) calls that one number 3.
constexpr std::size_t kState = 0;
constexpr std::size_t kUserTime = 14 - 3;
constexpr std::size_t kSystemTime = 15 - 3;
constexpr std::size_t kChildUserTime = 16 - 3;
constexpr std::size_t kChildSystemTime = 17 - 3;
constexpr std::size_t kStartTime = 22 - 3;

// Places in a line of /proc/net/tcp.
constexpr std::size_t kLocalAddress = 1;
constexpr std::size_t kSocketState = 3;
constexpr std::size_t kInode = 9;
constexpr QByteArrayView kListening("0A"); // TCP_LISTEN in the kernel's include/net/tcp_states.h

std::optional<std::uint64_t> number(QByteArrayView text, int base = 10)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value, base);
    if (error != std::errc() || end != text.end())
        return std::nullopt;
    return value;
}

bool isBlank(char c) { return c == ' ' || c == '\t'; }

std::vector<QByteArrayView> words(QByteArrayView line)
{
    std::vector<QByteArrayView> found;
    const auto *at = line.begin();
    while ((at = std::find_if_not(at, line.end(), isBlank)) != line.end()) {
        const auto *end = std::find_if(at, line.end(), isBlank);
        found.emplace_back(at, end);
        at = end;
    }
    return found;
}

template <typename Function> void forEachLine(QByteArrayView text, Function function)
{
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\n');
        function(end < 0 ? text : text.first(end));
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
    }
}

/// The number in "Key:  123 kB" or "key: 123"; nothing when the line is another's or the unit differs.
std::optional<std::uint64_t> valueOf(QByteArrayView line, QByteArrayView key, QByteArrayView unit = {})
{
    const auto parts = words(line);
    const std::size_t expected = unit.isEmpty() ? 2 : 3;
    if (parts.size() != expected || parts[0] != key || (!unit.isEmpty() && parts[2] != unit))
        return std::nullopt;
    return number(parts[1]);
}

std::optional<std::uint64_t> anyValueOf(QByteArrayView line, std::initializer_list<QByteArrayView> keys)
{
    for (const QByteArrayView key : keys) {
        if (const auto value = valueOf(line, key))
            return value;
    }
    return std::nullopt;
}

/// The address bytes in network order. The kernel prints each 32-bit word of them as a number of this machine.
template <std::size_t Size> std::optional<std::array<unsigned char, Size>> addressBytes(QByteArrayView hex)
{
    std::array<unsigned char, Size> bytes{};
    for (std::size_t at = 0; at < Size; at += 4) {
        const auto word = number(hex.sliced(static_cast<qsizetype>(at) * 2, 8), 16);
        if (!word)
            return std::nullopt;
        const auto value = static_cast<std::uint32_t>(*word);
        std::memcpy(bytes.data() + at, &value, 4);
    }
    return bytes;
}

bool isZero(const unsigned char *begin, std::size_t count)
{
    return std::all_of(begin, begin + count, [](unsigned char byte) { return byte == 0; });
}

bool isLoopbackOrAny4(const unsigned char *bytes) { return bytes[0] == 127 || isZero(bytes, 4); }

bool isLoopbackOrAny6(const std::array<unsigned char, 16> &bytes)
{
    if (isZero(bytes.data(), 15))
        return bytes[15] <= 1; // :: and ::1
    const bool isMapped = isZero(bytes.data(), 10) && bytes[10] == 0xff && bytes[11] == 0xff;
    return isMapped && isLoopbackOrAny4(bytes.data() + 12);
}

bool isReachedByLoopback(QByteArrayView hex)
{
    if (hex.size() == 8) {
        const auto bytes = addressBytes<4>(hex);
        return bytes && isLoopbackOrAny4(bytes->data());
    }
    if (hex.size() == 32) {
        const auto bytes = addressBytes<16>(hex);
        return bytes && isLoopbackOrAny6(*bytes);
    }
    return false;
}

/// The port of an address that the loopback interface leads to.
std::optional<int> loopbackPort(QByteArrayView address)
{
    const qsizetype colon = address.indexOf(':');
    const auto port = colon > 0 ? number(address.sliced(colon + 1), 16) : std::nullopt;
    if (!port || *port == 0 || *port > 65535 || !isReachedByLoopback(address.first(colon)))
        return std::nullopt;
    return int(*port);
}

} // namespace

std::optional<ProcStat> parseProcStat(QByteArrayView text)
{
    // The command may hold blanks, parentheses and line feeds: its end is the last closing one.
    if (text.isEmpty())
        return std::nullopt; // Qt 6.8 looks at the byte behind an empty view
    const qsizetype commandEnd = text.lastIndexOf(')');
    if (commandEnd < 0)
        return std::nullopt;
    QByteArrayView rest = text.sliced(commandEnd + 1);
    if (rest.endsWith('\n'))
        rest.chop(1);
    const auto fields = words(rest);
    if (fields.size() <= kStartTime || fields[kState].size() != 1)
        return std::nullopt;
    const auto user = number(fields[kUserTime]);
    const auto system = number(fields[kSystemTime]);
    const auto start = number(fields[kStartTime]);
    if (!user || !system || !start)
        return std::nullopt;
    // Signed in the kernel's text; what is odd there counts as none.
    const std::uint64_t ofChildren =
        number(fields[kChildUserTime]).value_or(0) + number(fields[kChildSystemTime]).value_or(0);
    return ProcStat{fields[kState].front(), *user, *system, *start, ofChildren};
}

QByteArrayView processName(QByteArrayView stat)
{
    const qsizetype begin = stat.indexOf('(');
    const qsizetype end = stat.lastIndexOf(')');
    return begin < 0 || end < begin ? QByteArrayView() : stat.sliced(begin + 1, end - begin - 1);
}

ProcStatus parseProcStatus(QByteArrayView text)
{
    ProcStatus status;
    forEachLine(text, [&status](QByteArrayView line) {
        if (const auto kibibytes = valueOf(line, "VmRSS:", "kB"))
            status.rssBytes = *kibibytes * 1024;
        else if (const auto threads = valueOf(line, "Threads:"))
            status.threads = threads;
        else if (const auto switches = anyValueOf(line, {"voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:"}))
            status.switches = status.switches.value_or(0) + *switches;
    });
    return status;
}

ProcIo parseProcIo(QByteArrayView text)
{
    ProcIo io;
    forEachLine(text, [&io](QByteArrayView line) {
        if (const auto read = valueOf(line, "read_bytes:"))
            io.readBytes = read;
        else if (const auto written = valueOf(line, "write_bytes:"))
            io.writeBytes = written;
    });
    return io;
}

std::optional<std::uint64_t> parsePss(QByteArrayView text)
{
    std::optional<std::uint64_t> bytes;
    forEachLine(text, [&bytes](QByteArrayView line) {
        if (const auto kibibytes = valueOf(line, "Pss:", "kB"))
            bytes = *kibibytes * 1024;
    });
    return bytes;
}

std::vector<int> parsePids(QByteArrayView text)
{
    std::vector<int> pids;
    forEachLine(text, [&pids](QByteArrayView line) {
        for (const QByteArrayView word : words(line)) {
            const auto pid = number(word);
            if (pid && *pid > 0 && *pid <= 4'194'304) // PID_MAX_LIMIT in the kernel's include/linux/threads.h
                pids.push_back(int(*pid));
        }
    });
    return pids;
}

std::vector<LoopbackListener> loopbackListeners(QByteArrayView text)
{
    std::vector<LoopbackListener> listeners;
    forEachLine(text, [&listeners](QByteArrayView line) {
        const auto fields = words(line);
        if (fields.size() <= kInode || fields[kSocketState] != kListening)
            return;
        const auto inode = number(fields[kInode]);
        const auto port = loopbackPort(fields[kLocalAddress]);
        if (inode && *inode != 0 && port)
            listeners.push_back({*port, *inode});
    });
    return listeners;
}

std::vector<std::uint64_t> loopbackListeners(QByteArrayView text, int port)
{
    std::vector<std::uint64_t> inodes;
    for (const LoopbackListener &listener : loopbackListeners(text)) {
        if (listener.port == port)
            inodes.push_back(listener.inode);
    }
    return inodes;
}

std::optional<std::uint64_t> socketInode(QByteArrayView link)
{
    constexpr QByteArrayView kPrefix("socket:[");
    if (!link.startsWith(kPrefix) || !link.endsWith(']'))
        return std::nullopt;
    return number(link.sliced(kPrefix.size()).chopped(1));
}

} // namespace Headroom
