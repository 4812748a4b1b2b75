// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/session/recordedsession.h"

#include "core/base/random.h"
#include "core/session/database.h"
#include "core/stats/samplerecorder.h"
#include "core/stats/samplereservoir.h"

namespace Headroom {

namespace {

constexpr int kSteps = 3;

void makeFail(RawSample &sample, std::uint64_t random)
{
    constexpr FailureKind kKinds[] = {FailureKind::Timeout, FailureKind::Template, FailureKind::Status,
                                      FailureKind::Dns};
    sample.outcome = Outcome::Error;
    sample.failure = kKinds[random % 4];
    sample.status = sample.failure == FailureKind::Status ? 500 : 0;
}

RawSample rawSampleOf(int second, std::uint64_t number)
{
    const auto random = [&](std::uint64_t what) { return randomAt(what, std::uint64_t(second), number); };
    RawSample sample;
    sample.planned = second * 1s + Nanoseconds(random(1) % 1'000'000'000);
    sample.sent = Nanoseconds(random(2) % 100'000);
    sample.finished = Nanoseconds(1'000'000 + random(3) % 50'000'000);
    sample.firstByte = sample.finished - Nanoseconds(random(4) % 1'000'000);
    sample.bytesIn = random(5) % 5000;
    sample.bytesOut = random(6) % 3;
    sample.step = StepIndex{int(random(7) % 2) * 2}; // the second step is never used
    sample.status = 200;
    sample.resends = std::uint16_t(random(8) % 10 == 0);
    if (random(9) % 10 == 0)
        makeFail(sample, random(10));
    else if (random(9) % 10 == 1)
        std::tie(sample.outcome, sample.status) = std::pair(Outcome::Rejected, std::uint16_t(429));
    return sample;
}

bool isKept(const RawSample &sample, SampleKeeping keeping)
{
    return keeping == SampleKeeping::All || (keeping == SampleKeeping::Errors && sample.outcome != Outcome::Answered);
}

} // namespace

RecordedSecond recordedSecond(int second, SampleKeeping keeping)
{
    RecordedSecond recorded;
    recorded.samples.second = second;
    SampleRecorder recorder(kSteps);
    const std::uint64_t requests = randomAt(11, std::uint64_t(second)) % 40;
    for (std::uint64_t number = 0; number < requests; ++number) {
        const RawSample sample = rawSampleOf(second, number);
        recorder.record(sampleOf(sample, SteadyTime(1h)));
        if (isKept(sample, keeping))
            recorded.samples.kept.push_back(sample);
    }
    recorded.samples.candidates = recorded.samples.kept.size();
    IntervalSnapshot snapshot;
    recorder.takeInterval(snapshot);
    recorded.frame.second = second;
    recorded.frame.stage = {0};
    recorded.frame.steps = snapshot.steps;
    recorded.frame.steps[0].counts.redirects = requests > 20 ? 2 : 0;
    recorded.frame.firstByteTimes = snapshot.firstByteTimes;
    recorded.frame.flows = {{requests, requests, requests, 0}};
    return recorded;
}

SessionHead recordedHead(SampleKeeping keeping)
{
    SessionHead head;
    RunFacts &facts = head.facts;
    facts.name = QStringLiteral("recorded");
    facts.target = QStringLiteral("http://127.0.0.1:8080");
    facts.transport = QStringLiteral("direct");
    facts.flows = {{QStringLiteral("flow"), 1.0, {}}};
    facts.stages = {{QStringLiteral("hold"), 0s, 10min, 1.0, 1.0, false}};
    facts.plannedLength = 10min;
    facts.sampleKeeping = keeping;
    for (int step = 0; step < kSteps; ++step)
        facts.steps.push_back(
            {QStringLiteral("step %1").arg(step), QStringLiteral("GET"), QStringLiteral("/"), FlowIndex{0}});
    head.startedAtMs = 1'700'000'000'000;
    return head;
}

QString writeRecorded(const QString &path, const std::vector<int> &seconds, Ended ended, SampleKeeping keeping)
{
    const auto writer = SessionWriter::create(path, recordedHead(keeping));
    if (!writer)
        return {};
    for (const int second : seconds) {
        const RecordedSecond recorded = recordedSecond(second, keeping);
        if (!(*writer)->append(recorded.frame, &recorded.samples))
            return {};
    }
    if (!(*writer)->attach(
            {QStringLiteral("notes.txt"), QStringLiteral("text/plain"), 2s, "first line\nsecond line\n"}))
        return {};
    if (ended == Ended::Killed)
        return (*writer)->partPath();
    return (*writer)->finish({}, 1'700'000'600'000) ? path : QString();
}

QString changeSession(const QString &path, const QByteArray &sql)
{
    auto database = Database::open(path, Database::Mode::Write);
    if (!database)
        return database.error().text();
    (*database)->execute(sql);
    (*database)->execute("PRAGMA journal_mode = DELETE");
    const auto changed = (*database)->takeResult();
    return changed ? QString() : changed.error().text();
}

} // namespace Headroom
