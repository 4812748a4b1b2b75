// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/csvrow.h"
#include "core/sessiontools/exports.h"

#include <algorithm>

namespace Headroom {

namespace {

QByteArray heading()
{
    CsvRow row;
    for (const char *name : {"second", "planned_at", "planned_s", "step", "outcome", "failure", "status", "send_lag_ms",
                             "first_byte_ms", "service_ms", "response_ms", "bytes_in", "bytes_out", "resends"})
        row.text(QLatin1String(name));
    return row.take();
}

QString outcomeText(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Answered:
        return QStringLiteral("answered");
    case Outcome::Rejected:
        return QStringLiteral("rejected");
    case Outcome::Error:
        break;
    }
    return QStringLiteral("error");
}

QByteArray rowOf(int second, const RawSample &sample, const SessionHead &head)
{
    const bool hasFailed = sample.failure != FailureKind::None;
    CsvRow row;
    row.count(std::uint64_t(second)).text(wallClockText(head, sample.planned)).seconds(sample.planned);
    row.text(head.facts.steps[sample.step.at()].name).text(outcomeText(sample.outcome));
    row.text(hasFailed ? QString(failureKindName(sample.failure)) : QString()).count(sample.status);
    row.milliseconds(sample.sent).milliseconds(sample.firstByte).milliseconds(sample.finished);
    row.milliseconds(sample.responseTime());
    return row.count(sample.bytesIn).count(sample.bytesOut).count(sample.resends).take();
}

} // namespace

Result<void> checkSamples(const SessionReader &session)
{
    if (session.facts()->sampleKeeping != SampleKeeping::Off)
        return {};
    return failure(Error::Code::InvalidInput,
                   QStringLiteral("the session holds no raw samples; a run keeps them with --samples all"));
}

Result<void> exportSamples(const SessionReader &session, ExportSink &sink, const ExportProgress &progress)
{
    const SessionHead &head = session.head();
    if (const auto checked = checkSamples(session); !checked)
        return checked;
    const double all = std::max(1, session.frameCount());
    if (!sink.write(heading()))
        return sink.result();
    const auto read = session.forEachSamples([&](const SecondSamples &samples) {
        if (progress)
            progress(std::min(1.0, double(samples.second) / all));
        return std::ranges::all_of(
            samples.kept, [&](const RawSample &sample) { return sink.write(rowOf(samples.second, sample, head)); });
    });
    return read ? sink.result() : read;
}

} // namespace Headroom
