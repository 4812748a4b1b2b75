// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionreader.h"

#include "core/metrics/steeredrules.h"
#include "core/session/attachmentrows.h"
#include "core/session/framerowsreader.h"
#include "core/session/headrows.h"
#include "core/session/minuterows.h"
#include "core/session/samplerows.h"
#include "core/session/sessiondigest.h"
#include "core/session/sessionlimits.h"
#include "core/session/sessionschema.h"
#include "core/session/sessionverifier.h"

#include <QFileInfo>

#include <algorithm>
#include <limits>

namespace Headroom {

struct SessionReader::State
{
    std::unique_ptr<Database> database;
    SessionHead head{};
    RunFactsPtr facts{};
    QByteArray headDigest{};
    QByteArray origin{};
    bool isLogMissing = false;
    int lastSecond = -1;
    int frameCount = 0;
    std::optional<RunEnding> ending{};
    qint64 endedAtMs = 0;
    std::vector<RunEvent> events{}; // by time
    SampleTotals samples{};
    std::vector<AttachmentHead> attachmentHeads{};
    std::vector<AttachmentEntry> attachments{};

    void readAll();
    void readEvents(SessionChain &chain);
    void countFrames(SessionChain &chain);
    void readParts(SessionChain &chain);
    void readEnd(const SessionChain &chain);
    QByteArray digestBefore(int second);
    void mergeFrames(int from, int to, std::vector<LatencySet> &merged);
    void mergeMinutes(int from, int to, std::vector<LatencySet> &merged);
    void eachFrame(int from, int to, FrameRowsReader::Histograms histograms,
                   const std::function<bool(const FramePtr &)> &use);
};

namespace {

/// Why a path is none that a session could be read from; nothing when it may be.
std::optional<Error> obstacleAt(const QFileInfo &file)
{
    const auto obstacle = [&file](Error::Code code, const QString &what) { return Error{code, what, file.filePath()}; };
    if (!file.exists() && file.isSymLink())
        return obstacle(Error::Code::NotFound, QStringLiteral("this is a link that leads nowhere; check the path"));
    if (!file.exists())
        return obstacle(Error::Code::NotFound, QStringLiteral("there is no such file; check the path"));
    if (file.isDir())
        return obstacle(Error::Code::Unreadable, QStringLiteral("this is a folder; choose a .headroom file in it"));
    if (!file.isFile())
        return obstacle(Error::Code::Unreadable, QStringLiteral("this is not a file; choose a .headroom file"));
    if (!file.isReadable())
        return obstacle(Error::Code::Unreadable,
                        QStringLiteral("you have no right to read this file; ask its owner for it"));
    if (file.size() == 0)
        return obstacle(Error::Code::InvalidInput,
                        QStringLiteral("the file is empty, nothing was recorded; choose another one"));
    return std::nullopt;
}

bool hasLogBeside(const QString &path)
{
    return QFileInfo::exists(QFileInfo(path).canonicalFilePath() + QLatin1String("-wal"));
}

Result<std::unique_ptr<Database>> openDatabase(const QString &path)
{
    const QFileInfo file(path);
    if (const auto obstacle = obstacleAt(file))
        return std::unexpected(*obstacle);
    auto database = Database::open(path, Database::Mode::ReadImmutable);
    if (!database)
        return database;
    if ((*database)->isBeingWritten())
        return failure(Error::Code::Unreadable,
                       QStringLiteral("a run is still writing this session; wait for its end"), path);
    // A run that was killed has its last seconds in a log beside the file; beside a finished session lies none of its own.
    return hasLogBeside(path) && (*database)->usesLog() ? Database::open(path, Database::Mode::Read)
                                                         : std::move(database);
}

} // namespace

SessionReader::SessionReader(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

SessionReader::~SessionReader() = default;

Result<std::unique_ptr<SessionReader>> SessionReader::open(const QString &path)
{
    auto database = openDatabase(path);
    if (!database)
        return std::unexpected(database.error());
    auto state = std::make_unique<State>(State{std::move(*database)});
    state->isLogMissing = !hasLogBeside(path) && state->database->usesLog();
    state->readAll();
    if (const auto done = state->database->takeResult(); !done)
        return std::unexpected(done.error());
    return std::unique_ptr<SessionReader>(new SessionReader(std::move(state)));
}

// Not SQLite's own check first: it reads the whole file, however large. What it would find, verify() finds. Here every
// row that is read is validated, must stand behind the one before it, and counts against the allowance; pages that lead
// nowhere are SQLite's to refuse, and it does (cell_size_check).
void SessionReader::State::readAll()
{
    checkSessionSchema(*database);
    if (database->endsWithinAPage())
        database->failDamaged(QStringLiteral("its last page is cut"));
    if (!database->isOk())
        return;
    head = readHead(*database);
    headDigest = digestOf(head);
    SessionChain chain{headDigest, {}, 0};
    readEvents(chain);
    countFrames(chain);
    readParts(chain);
    if (const auto rules = readSteeredRules(*database)) {
        replaceRules(head.facts, *rules);
        chain.rules = digestOf(*rules);
    }
    facts = std::make_shared<const RunFacts>(head.facts);
    readEnd(chain);
    std::ranges::stable_sort(events, {}, &RunEvent::at);
}

void SessionReader::State::readEvents(SessionChain &chain)
{
    Statement event(*database, "SELECT at_ns, kind, text, digest FROM events ORDER BY rowid");
    while (event.next()) {
        events.push_back({Nanoseconds(event.takeInteger()), event.takeText(), event.takeText()});
        chain.add(events.back());
        if (event.takeBlob() != digestOf(events.back()) || !misfitOf(events.back()).isEmpty())
            database->failDamaged(QStringLiteral("an event does not fit its digest"));
    }
}

/// One by one: each must be later than the one before. Of the last one also the end and the digest.
void SessionReader::State::countFrames(SessionChain &chain)
{
    Statement frame(*database, "SELECT second FROM frames ORDER BY second");
    int firstSecond = 0;
    for (; frame.next(); ++chain.frames) {
        const int second = frame.takeInt();
        if (chain.frames == 0)
            firstSecond = second;
        if (second <= lastSecond)
            database->failDamaged(QStringLiteral("seconds are out of order"));
        lastSecond = second;
    }
    frameCount = chain.frames;
    origin = digestBefore(firstSecond + 1);
    endedAtMs = head.startedAtMs;
    Statement last(*database, "SELECT digest, length_ns FROM frames WHERE second = ?");
    last.start(lastSecond);
    if (frameCount == 0 || !last.next())
        return;
    chain.lastFrame = last.takeBlob();
    const std::chrono::seconds second(lastSecond);
    const Nanoseconds length(last.takeInteger());
    if (second > kMaxSessionTime || length > kMaxSessionTime || length < 0ns)
        return database->failDamaged(QStringLiteral("the last second's time is out of range"));
    endedAtMs += std::chrono::duration_cast<std::chrono::milliseconds>(second + length).count();
}

/// What is said of minutes, samples and attachments beside what is large.
void SessionReader::State::readParts(SessionChain &chain)
{
    addMinutes(*database, chain);
    const SampleCounts counts = countSamples(*database, head.facts, chain);
    samples = {counts.kept, counts.candidates};
    attachmentHeads = readAttachmentHeads(*database, chain);
    for (const AttachmentHead &one : attachmentHeads)
        attachments.push_back({one.described.name, one.described.mediaType, one.described.at, one.size});
}

void SessionReader::State::readEnd(const SessionChain &chain)
{
    const auto closing = readClosing(*database);
    if (!closing)
        return;
    ending = closing->ending;
    endedAtMs = closing->endedAtMs;
    if (closing->digest != chain.closedWith(*ending, endedAtMs))
        database->failDamaged(QStringLiteral("its parts do not fit its closing digest"));
}

const SessionHead &SessionReader::head() const { return m_state->head; }

RunFactsPtr SessionReader::facts() const { return m_state->facts; }

QByteArray SessionReader::origin() const { return m_state->origin; }

bool SessionReader::isLogMissing() const { return m_state->isLogMissing; }

bool SessionReader::wasClosedCleanly() const { return m_state->ending.has_value(); }

std::optional<RunEnding> SessionReader::ending() const { return m_state->ending; }

qint64 SessionReader::endedAtMs() const { return m_state->endedAtMs; }

int SessionReader::frameCount() const { return m_state->frameCount; }

SessionReader::SampleTotals SessionReader::sampleTotals() const { return m_state->samples; }

const std::vector<SessionReader::AttachmentEntry> &SessionReader::attachments() const { return m_state->attachments; }

Result<void> SessionReader::forEachFrame(const std::function<bool(const FramePtr &)> &use) const
{
    return forEachFrame(0, std::numeric_limits<int>::max(), use);
}

Result<void> SessionReader::forEachFrame(int from, int to, const std::function<bool(const FramePtr &)> &use) const
{
    m_state->database->renewAllowance();
    m_state->eachFrame(std::max(0, from), to, FrameRowsReader::Histograms::Checked, use);
    return m_state->database->takeResult();
}

void SessionReader::State::eachFrame(int from, int to, FrameRowsReader::Histograms histograms,
                                     const std::function<bool(const FramePtr &)> &use)
{
    QByteArray digest = digestBefore(from);
    FrameRowsReader rows(*database, *facts, from, to, histograms);
    while (const auto stored = rows.next()) {
        digest = digestOf(digest, *stored->frame);
        if (stored->digest != digest)
            return database->failDamaged(
                QStringLiteral("second %1 does not fit its digest").arg(stored->frame->second));
        if (!use(stored->frame))
            return;
    }
}

/// Of the frame before, as stored; the head's before the first.
QByteArray SessionReader::State::digestBefore(int second)
{
    Statement frame(*database, "SELECT digest FROM frames WHERE second < ? ORDER BY second DESC LIMIT 1");
    frame.start(second);
    return frame.next() ? frame.takeBlob() : headDigest;
}

Result<std::vector<LatencySet>> SessionReader::merged(int from, int to) const
{
    State &state = *m_state;
    const int first = std::max(0, from);
    const int end = std::min(to, state.lastSecond + 1);
    const int firstMinute = (first + kMinuteSeconds - 1) / kMinuteSeconds;
    const int endMinute = end / kMinuteSeconds; // whole, so they lie merged
    std::vector<LatencySet> merged(state.facts->steps.size());
    state.database->renewAllowance();
    if (firstMinute < endMinute) {
        state.mergeFrames(first, firstMinute * kMinuteSeconds, merged);
        state.mergeMinutes(firstMinute, endMinute, merged);
        state.mergeFrames(endMinute * kMinuteSeconds, end, merged);
    } else {
        state.mergeFrames(first, end, merged);
    }
    return state.database->takeResult().transform([&] { return std::move(merged); });
}

void SessionReader::State::mergeFrames(int from, int to, std::vector<LatencySet> &merged)
{
    if (from >= to)
        return;
    eachFrame(from, to, FrameRowsReader::Histograms::AsTheyAre, [&](const FramePtr &frame) {
        for (std::size_t step = 0; step < merged.size(); ++step)
            if (!mergeInto(merged[step], frame->steps[step]))
                database->failDamaged(QStringLiteral("a histogram cannot be decoded"));
        return database->isOk();
    });
}

void SessionReader::State::mergeMinutes(int from, int to, std::vector<LatencySet> &merged)
{
    MinuteRowsReader rows(*database, *facts, from);
    for (auto minute = rows.nextMinute(); minute && *minute < to; minute = rows.nextMinute())
        for (const StepRowsReader::Row &row : rows.read(*minute))
            if (database->isOk() && !mergeInto(merged[row.step], row.set))
                database->failDamaged(QStringLiteral("a histogram cannot be decoded"));
}

Result<void> SessionReader::forEachSamples(const std::function<bool(const SecondSamples &)> &use) const
{
    return forEachSamples(0, std::numeric_limits<int>::max(), use);
}

Result<void> SessionReader::forEachSamples(int from, int to,
                                           const std::function<bool(const SecondSamples &)> &use) const
{
    Database &database = *m_state->database;
    database.renewAllowance();
    SampleRowsReader rows(database, *m_state->facts, std::max(0, from));
    while (const auto samples = rows.next())
        if (samples->second >= to || !use(*samples))
            break;
    return database.takeResult();
}

Result<Attachment> SessionReader::attachment(std::size_t index) const
{
    Database &database = *m_state->database;
    if (index >= m_state->attachmentHeads.size())
        return failure(Error::Code::NotFound, QStringLiteral("the session has no attachment of this number"),
                       database.path());
    database.renewAllowance();
    Attachment attachment = readAttachment(database, index, m_state->attachmentHeads[index]);
    return database.takeResult().transform([&] { return std::move(attachment); });
}

Result<void> SessionReader::verify(const std::function<void(double)> &progress) const
{
    const State &state = *m_state;
    const SessionVerifier::Opened opened{*state.facts, state.headDigest, state.frameCount, state.lastSecond,
                                         state.attachmentHeads};
    SessionVerifier(*state.database, opened, progress).verify();
    return state.database->takeResult();
}

Result<std::vector<RunEvent>> SessionReader::events() const { return m_state->events; }

} // namespace Headroom
