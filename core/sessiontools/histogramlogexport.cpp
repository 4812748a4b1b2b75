// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"
#include "core/sessiontools/exports.h"
#include "core/stats/histogramcodec.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

namespace Headroom {

namespace {

// Source: HistogramLogWriter and HistogramLogReader of HdrHistogram 2.1: seconds with three decimals, tags without
// commas, blanks and line ends, lines with # in front are notes.

QByteArray secondsText(qint64 milliseconds) { return QByteArray::number(double(milliseconds) / 1e3, 'f', 3); }

qint64 millisecondsOf(Nanoseconds time) { return std::chrono::round<std::chrono::milliseconds>(time).count(); }

/// The steps' names as tags: of plain letters, each another one.
std::vector<QByteArray> tagsOf(const RunFacts &facts)
{
    static const QRegularExpression kUnsafe(QStringLiteral("[^A-Za-z0-9._/:{}$-]"));
    std::vector<QByteArray> tags;
    QSet<QByteArray> taken;
    QHash<QByteArray, int> numbers; // the last one behind each name
    for (const RunFacts::Step &step : facts.steps) {
        QByteArray name = QString(step.name).replace(kUnsafe, QStringLiteral("_")).toLatin1();
        if (name.isEmpty())
            name = "step";
        QByteArray tag = name;
        for (int &number = numbers[name]; taken.contains(tag);)
            tag = name + '_' + QByteArray::number(++number + 1);
        taken.insert(tag);
        tags.push_back(tag);
    }
    return tags;
}

QByteArray kindText(LatencyKind kind)
{
    switch (kind) {
    case LatencyKind::Response:
        return "response times";
    case LatencyKind::Service:
        return "service times";
    case LatencyKind::Rejected:
        return "response times of rejections";
    case LatencyKind::Failed:
        break;
    }
    return "response times of answers that were errors";
}

QByteArray heading(const SessionHead &head, LatencyKind kind)
{
    const QByteArray start = secondsText(head.startedAtMs) + " (seconds since epoch)";
    return "#[Headroom " + QByteArray(kVersion) + ": " + kindText(kind)
        + " in us, tagged by step; Interval_Max is in ms]\n"
          "#[Histogram log format version 1.3]\n"
          "#[StartTime: "
        + start + ", " + wallClockText(head, 0ns).toLatin1()
        + "]\n"
          "#[BaseTime: "
        + start
        + "]\n"
          "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n";
}

/// Without what we put behind HdrHistogram's own bytes. `bytes`: of a frame, which the reader has looked through.
QByteArray lineOf(const QByteArray &tag, const MetricsFrame &frame, const QByteArray &bytes)
{
    const auto histogram = decodeHistogram(bytes);
    if (!histogram)
        return {};
    const QByteArray max = QByteArray::number(double(histogram->max().count()) / 1e6, 'f', 3);
    return "Tag=" + tag + ',' + secondsText(qint64(frame.second) * 1000) + ','
        + secondsText(millisecondsOf(frame.length)) + ',' + max + ',' + plainHistogram(bytes).toBase64() + '\n';
}

} // namespace

Result<void> exportHistogramLog(const SessionReader &session, LatencyKind kind, ExportSink &sink,
                                const ExportProgress &progress)
{
    const std::vector<QByteArray> tags = tagsOf(session.head().facts);
    if (!sink.write(heading(session.head(), kind)))
        return sink.result();
    const auto read = forEachFrame(session, progress, [&](const MetricsFrame &frame) {
        for (std::size_t step = 0; step < frame.steps.size(); ++step) {
            const QByteArray &bytes = frame.steps[step].histograms[std::size_t(kind)];
            if (!bytes.isEmpty() && !sink.write(lineOf(tags[step], frame, bytes)))
                return false;
        }
        return true;
    });
    return read ? sink.result() : read;
}

} // namespace Headroom
