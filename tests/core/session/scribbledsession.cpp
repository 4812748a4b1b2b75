// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/session/scribbledsession.h"

#include "core/base/random.h"
#include "core/stats/histogramcodec.h"
#include "tests/core/session/samplesession.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr std::uint64_t kMostRequests = 160; // in a second: above and below what a sample of a second keeps

RawSample requestOf(std::uint64_t seed, int second, std::uint64_t number)
{
    const auto random = [&](std::uint64_t what, std::uint64_t below) {
        return randomAt(seed, std::uint64_t(second) * 1000 + number, what) % below;
    };
    RawSample sample;
    // Ends in its second: 160 x 2 ms + 1 ms + 2 x 200 ms.
    sample.planned = second * 1s + int(number) * 2ms;
    sample.sent = std::chrono::microseconds(random(0, 1000));
    sample.firstByte = std::chrono::microseconds(random(1, 200'000));
    sample.finished = sample.firstByte + std::chrono::microseconds(random(2, 200'000));
    sample.bytesIn = random(3, 100'000);
    sample.bytesOut = random(4, 1000);
    sample.step = StepIndex{int(random(5, 3))};
    sample.resends = random(6, 50) == 0;
    sample.status = 200;
    if (const std::uint64_t fate = random(7, 20); fate == 0) {
        sample.outcome = Outcome::Rejected;
        sample.status = 429;
    } else if (fate == 1) {
        sample.outcome = Outcome::Error;
        sample.failure = FailureKind::Status;
        sample.status = 503;
    } else if (fate == 2) {
        sample.outcome = Outcome::Error;
        sample.failure = FailureKind::Timeout; // in the middle of its body
        sample.status = 0;
    }
    return sample;
}

std::vector<RawSample> requestsOf(std::uint64_t seed, int second)
{
    std::vector<RawSample> requests;
    const std::uint64_t count = 1 + randomAt(seed, std::uint64_t(second)) % kMostRequests;
    for (std::uint64_t number = 0; number < count; ++number)
        requests.push_back(requestOf(seed, second, number));
    return requests;
}

/// As LANGUAGE counts it, section 3.
void count(const RawSample &sample, LatencySet &set, HdrHistogram &firstBytes)
{
    RequestCounts &counts = set.counts;
    ++counts.requests;
    counts.resends += sample.resends;
    counts.bytesIn += sample.bytesIn;
    counts.bytesOut += sample.bytesOut;
    if (sample.status > 0)
        ++counts.byStatus[sample.status];
    const bool isTimed = sample.outcome == Outcome::Answered || isCensored(sample.failure);
    if (isTimed) {
        set[LatencyKind::Response].record(sample.responseTime());
        set[LatencyKind::Service].record(sample.finished);
        firstBytes.record(sample.firstByte);
    }
    if (sample.outcome == Outcome::Answered)
        ++counts.answered;
    if (sample.outcome == Outcome::Rejected) {
        ++counts.rejected;
        set[LatencyKind::Rejected].record(sample.responseTime());
    }
    if (sample.outcome == Outcome::Error) {
        ++counts.errors;
        ++counts.byFailure[std::size_t(sample.failure)];
        counts.censored += isTimed;
        if (!isTimed)
            set[LatencyKind::Failed].record(sample.responseTime());
    }
}

} // namespace

SessionHead scribbledHead(std::uint64_t seed)
{
    SessionHead head = sampleHead();
    head.facts.seed = seed;
    head.facts.sampleKeeping = SampleKeeping::Sample;
    return head;
}

MetricsFrame scribbledFrame(std::uint64_t seed, int second)
{
    MetricsFrame frame = sampleFrame(second); // for all that comes of no request
    frame.length = 1s;
    const std::vector<RawSample> requests = requestsOf(seed, second);
    std::vector<LatencySet> sets(frame.steps.size());
    HdrHistogram firstBytes;
    HdrHistogram sendLag;
    for (const RawSample &sample : requests) {
        count(sample, sets[sample.step.at()], firstBytes);
        sendLag.record(sample.sent);
    }
    std::ranges::transform(sets, frame.steps.begin(), encode);
    frame.firstByteTimes = encodeHistogram(firstBytes);
    frame.sendLag = encodeHistogram(sendLag);
    frame.sends = requests.size();
    frame.lateSends = 0;
    frame.exemplars = {{requests.front(), QStringLiteral("GET"), QStringLiteral("http://127.0.0.1:8080/items/%1").arg(second),
                        ConnectionOpening{40us, 90us, 2ms, second % 2 == 0}}};
    return frame;
}

SecondSamples scribbledSamples(std::uint64_t seed, int second)
{
    SecondSamples samples{second, 0, requestsOf(seed, second)};
    samples.candidates = samples.kept.size();
    samples.kept.resize(std::min<std::size_t>(samples.kept.size(), kSampledPerSecond));
    return samples;
}

RunEvent scribbledEvent(std::uint64_t seed, int number)
{
    return {number * 3s + 1ms, QStringLiteral("note"), QStringLiteral("event %1 of %2").arg(number).arg(seed)};
}

Attachment scribbledAttachment(std::uint64_t seed, int number)
{
    Attachment attachment{QStringLiteral("log-%1.txt").arg(number), QStringLiteral("text/plain"), number * 7s, {}};
    const std::uint64_t most = number % 4 == 3 ? 40'000 : 400; // 320 kB: many pages in one transaction
    const std::uint64_t words = randomAt(seed, std::uint64_t(number), 1) % most;
    for (std::uint64_t i = 0; i < words; ++i) {
        const std::uint64_t word = randomAt(seed, std::uint64_t(number), i + 2);
        attachment.bytes.append(reinterpret_cast<const char *>(&word), sizeof word);
    }
    return attachment;
}

Result<void> scribble(SessionWriter &writer, std::uint64_t seed, int second, const Telling &tell)
{
    constexpr int kSecondsPerEvent = 3;
    constexpr int kSecondsPerAttachment = 7;
    const SecondSamples samples = scribbledSamples(seed, second);
    Result<void> done = writer.append(scribbledFrame(seed, second), &samples);
    if (done)
        tell("committed", second);
    if (done && second % kSecondsPerEvent == kSecondsPerEvent - 1) {
        done = writer.append(scribbledEvent(seed, second / kSecondsPerEvent));
        if (done)
            tell("event", second / kSecondsPerEvent);
    }
    if (done && second % kSecondsPerAttachment == kSecondsPerAttachment - 1) {
        done = writer.attach(scribbledAttachment(seed, second / kSecondsPerAttachment));
        if (done)
            tell("attached", second / kSecondsPerAttachment);
    }
    return done;
}

QString writeScribbledSession(const QString &path, std::uint64_t seed, int seconds)
{
    auto writer = SessionWriter::create(path, scribbledHead(seed));
    if (!writer)
        return writer.error().text();
    Result<void> done;
    for (int second = 0; done && second < seconds; ++second)
        done = scribble(**writer, seed, second, [](const char *, int) { });
    if (done)
        done = (*writer)->finish(sampleEnding(), kScribbledEndedAtMs);
    return done ? QString() : done.error().text();
}

} // namespace Headroom
