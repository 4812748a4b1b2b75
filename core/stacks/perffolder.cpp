// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stacks/perffolder.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr qsizetype kLongestFrame = 1'000; // as StackTree's names
constexpr qsizetype kKept = 64; // bytes that a stack takes beside its own

bool isBlank(char c) { return c == ' ' || c == '\t'; }

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// "1234" or "1234/1240".
bool isThreadNumber(QByteArrayView word)
{
    return !word.isEmpty() && isDigit(word.front()) && isDigit(word.back())
        && std::ranges::all_of(word, [](char c) { return isDigit(c) || c == '/'; });
}

/// "[003]", or the time "67904.137332:".
bool followsThreadNumber(QByteArrayView word) { return word.isEmpty() || word.startsWith('[') || word.endsWith(':'); }

QByteArrayView wordAt(QByteArrayView text, qsizetype &at)
{
    while (at < text.size() && isBlank(text[at]))
        ++at;
    const qsizetype from = at;
    while (at < text.size() && !isBlank(text[at]))
        ++at;
    return text.sliced(from, at - from);
}

/// The name of the thread, which may have blanks in it, before its number.
QByteArrayView threadOf(QByteArrayView head)
{
    qsizetype at = 0;
    wordAt(head, at);
    while (at < head.size()) {
        const qsizetype end = at;
        const QByteArrayView word = wordAt(head, at);
        qsizetype next = at;
        if (isThreadNumber(word) && followsThreadNumber(wordAt(head, next)))
            return head.first(end).trimmed();
    }
    return head.trimmed();
}

/// Where " (/usr/lib/libc.so.6)" begins; -1 without one. Names of functions have brackets as well.
qsizetype libraryStart(QByteArrayView frame)
{
    return std::max({frame.lastIndexOf(" (/"), frame.lastIndexOf(" (["), frame.lastIndexOf(" (inlined)")});
}

/// Cuts "+0x1c" off.
QByteArrayView withoutOffset(QByteArrayView name)
{
    const qsizetype plus = name.lastIndexOf("+0x");
    const bool isOffset = plus > 0 && plus + 3 < name.size() && std::ranges::all_of(name.sliced(plus + 3), isHex);
    return isOffset ? name.first(plus) : name;
}

bool isKernel(QByteArrayView library)
{
    return library.startsWith("[kernel") || library.startsWith("[guest.kernel") || library.endsWith(".ko")
        || library.endsWith(".ko.xz") || library.endsWith(".ko.zst") || library.endsWith(".ko.gz");
}

/// What may stand in a folded line.
QByteArray plain(QByteArrayView name)
{
    QByteArray result = name.first(std::min(name.size(), kLongestFrame)).toByteArray();
    for (char &c : result) {
        if (c == ';')
            c = ':';
        else if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
            c = '?';
    }
    return result;
}

QByteArray frameName(QByteArrayView name, QByteArrayView library)
{
    const bool isUnknown = name.isEmpty() || name == "[unknown]";
    const QByteArrayView file = library.sliced(library.lastIndexOf('/') + 1);
    QByteArray result;
    if (!isUnknown)
        result = plain(name);
    else if (file.isEmpty() || file == "inlined" || file.startsWith('['))
        result = file.isEmpty() || file == "inlined" ? "[unknown]" : plain(file);
    else
        result = '[' + plain(file) + ']';
    return isKernel(library) ? result + "_[k]" : result;
}

} // namespace

void PerfFolder::feed(QByteArrayView text)
{
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\n');
        const QByteArrayView part = end < 0 ? text : text.first(end);
        m_begun += part.first(std::min(part.size(), kLongestLine - m_begun.size()));
        if (end < 0)
            return;
        takeLine(m_begun);
        m_begun.clear();
        text = text.sliced(end + 1);
    }
}

void PerfFolder::takeLine(QByteArrayView line)
{
    if (line.trimmed().isEmpty())
        return endSample();
    if (isBlank(line.front()) && m_isInSample)
        return takeFrame(line.trimmed());
    endSample();
    if (line.front() == '#') // of a header
        return;
    m_thread = plain(threadOf(line));
    if (m_thread.isEmpty())
        m_thread = "[unknown]";
    m_isInSample = true;
}

/// "7f06670598d0 malloc+0x10 (/usr/lib/x86_64-linux-gnu/libc.so.6)"; what is inlined may have no address.
void PerfFolder::takeFrame(QByteArrayView frame)
{
    if (m_frames.size() >= kMostFrames)
        return;
    qsizetype at = 0;
    if (std::ranges::all_of(wordAt(frame, at), isHex))
        frame = frame.sliced(at).trimmed();
    QByteArrayView library;
    if (const qsizetype start = libraryStart(frame); start >= 0 || frame.startsWith('(')) {
        library = frame.sliced(start < 0 ? 1 : start + 2);
        library = library.endsWith(')') ? library.chopped(1) : library;
        library = library.endsWith(" (deleted)") ? library.chopped(10) : library;
        frame = start < 0 ? QByteArrayView() : frame.first(start);
    }
    QByteArray name = frameName(withoutOffset(frame.trimmed()), library);
    const bool isRepeated = name == "[unknown]" && !m_frames.empty() && m_frames.back() == name;
    if (!isRepeated)
        m_frames.push_back(std::move(name));
}

void PerfFolder::endSample()
{
    if (!std::exchange(m_isInSample, false))
        return;
    QByteArray stack = std::exchange(m_thread, {});
    for (auto frame = m_frames.rbegin(); frame != m_frames.rend(); ++frame)
        stack += ';' + *frame;
    m_frames.clear();
    ++m_samples;
    const auto known = m_counts.find(stack);
    if (known != m_counts.end()) {
        ++*known;
    } else if (m_stackBytes + stack.size() + kKept <= kMostStackBytes) {
        m_stackBytes += stack.size() + kKept;
        m_counts.insert(stack, 1);
    } else {
        ++m_leftOut;
    }
}

QByteArray PerfFolder::takeFolded()
{
    feed("\n\n");
    std::vector<QByteArray> stacks(m_counts.keyBegin(), m_counts.keyEnd());
    std::ranges::sort(stacks);
    QByteArray folded;
    for (const QByteArray &stack : stacks)
        folded += stack + ' ' + QByteArray::number(qulonglong(m_counts.value(stack))) + '\n';
    m_counts.clear();
    return folded;
}

} // namespace Headroom
