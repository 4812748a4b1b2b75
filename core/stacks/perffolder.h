// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>

#include <cstdint>
#include <vector>

namespace Headroom {

/// What `perf script` writes, as folded stacks: the thread's name, then the functions from the outermost to the one
/// that ran, and how many samples had this stack.
///
/// The text comes in pieces of any size; any bytes may come in, and memory is bounded whatever they are. A function
/// that perf knows no name of stands as its library in brackets, one of the kernel ends in "_[k]", and unknown
/// functions that follow each other are one. Source: perf-script(1), fields comm, tid, ip, sym and dso, beside the
/// default ones.
class PerfFolder
{
public:
    static constexpr qsizetype kLongestLine = 64 * 1024; ///< What a line has beyond it is left out.
    static constexpr std::size_t kMostFrames =
        1'000; ///< Of a stack, from the innermost on; the outer ones are left out.
    static constexpr qsizetype kMostStackBytes =
        32 * 1024 * 1024; ///< Of all that differ; a new one behind it is left out.

    void feed(QByteArrayView text);
    /// All that came, one stack a line, in the order of their bytes. Nothing can be fed after it.
    QByteArray takeFolded();
    std::uint64_t samples() const { return m_samples; } ///< Those left out, too.
    std::uint64_t leftOut() const { return m_leftOut; } ///< Samples behind kMostStackBytes.

private:
    void takeLine(QByteArrayView line);
    void takeFrame(QByteArrayView line);
    void endSample();

    QByteArray m_begun; // of a line whose end has not come
    QByteArray m_thread;
    std::vector<QByteArray> m_frames; // of the sample, the innermost first
    QHash<QByteArray, std::uint64_t> m_counts;
    qsizetype m_stackBytes = 0;
    std::uint64_t m_samples = 0;
    std::uint64_t m_leftOut = 0;
    bool m_isInSample = false;
};

} // namespace Headroom
