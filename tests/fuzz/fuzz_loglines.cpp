// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/csvsum.h"
#include "core/probes/logmeasure.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

using namespace Headroom;

namespace {

using As = Scenario::Probe::As;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// The same text at once and in pieces comes to the same, also when lines are cut there.
void addUp(QByteArrayView text, qsizetype piece)
{
    CsvSum whole({"a", "b"});
    CsvSum parts({"a", "b"});
    whole.take(text);
    for (qsizetype at = 0; at < text.size(); at += piece)
        parts.take(text.sliced(at, std::min(piece, text.size() - at)));
    for (const auto &sum : whole.sums())
        require(!sum || std::isfinite(*sum));
    if (text.size() < CsvSum::kMostRecordBytes)
        require(whole.sums() == parts.sums() && whole.problem() == parts.problem());
}

} // namespace

/// The first line is a pattern for all others; they are a CSV text as well. What comes of both is finite or nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView all(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype end = all.indexOf('\n');
    const QByteArrayView lines = end < 0 ? QByteArrayView() : all.sliced(end + 1);
    const QString pattern = QString::fromUtf8(end < 0 ? all : all.first(end));
    for (const As as : {As::Rate, As::Last, As::Mean, As::Sum, As::Max, As::Quantile}) {
        auto measure = LogMeasure::make(pattern, as, 0.95);
        require(measure || !measure.error().message.isEmpty());
        if (!measure)
            break;
        measure->take(lines.first(lines.size() / 2));
        measure->take(lines.sliced(lines.size() / 2));
        const auto value = measure->end(1.0);
        require(!value || std::isfinite(*value));
    }
    addUp(lines, 3);
    return 0;
}
