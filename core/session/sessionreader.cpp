// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionreader.h"

#include "core/metrics/steeredrules.h"
#include "core/session/framerowsreader.h"
#include "core/session/headrows.h"
#include "core/session/sessiondigest.h"
#include "core/session/sessionlimits.h"
#include "core/session/sessionschema.h"

#include <QFileInfo>

#include <algorithm>

namespace Headroom {

struct SessionReader::State
{
    std::unique_ptr<Database> database;
    SessionHead head{};
    RunFactsPtr facts{};
    QByteArray headDigest{};
    int frameCount = 0;
    std::optional<RunEnding> ending{};
    qint64 endedAtMs = 0;
    std::vector<RunEvent> events{}; // by time

    void readAll();
    SessionChain readChain();
    void readEnd(const SessionChain &chain);
};

namespace {

Result<std::unique_ptr<Database>> openDatabase(const QString &path)
{
    const QFileInfo file(path);
    if (!file.exists())
        return failure(Error::Code::NotFound, QStringLiteral("there is no such file"), path);
    if (!file.isFile())
        return failure(Error::Code::Unreadable, QStringLiteral("this is not a file"), path);
    if (!file.isReadable())
        return failure(Error::Code::Unreadable, QStringLiteral("you have no right to read this file"), path);
    if (file.size() == 0)
        return failure(Error::Code::InvalidInput, QStringLiteral("the file is empty, nothing was recorded"), path);
    // A run that goes on or was killed has its last seconds in a log beside the file.
    const bool hasLog = QFileInfo::exists(path + QLatin1String("-wal"));
    return Database::open(path, hasLog ? Database::Mode::Read : Database::Mode::ReadImmutable);
}

void checkQuickly(Database &database)
{
    const QString verdict = database.textOf("PRAGMA quick_check(1)");
    if (database.isOk() && verdict != QLatin1String("ok"))
        database.failDamaged(verdict.simplified());
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
    state->readAll();
    if (const auto done = state->database->takeResult(); !done)
        return std::unexpected(done.error());
    return std::unique_ptr<SessionReader>(new SessionReader(std::move(state)));
}

void SessionReader::State::readAll()
{
    checkSessionSchema(*database);
    checkQuickly(*database);
    if (!database->isOk())
        return;
    head = readHead(*database);
    headDigest = digestOf(head);
    SessionChain chain = readChain();
    if (const auto rules = readSteeredRules(*database)) {
        replaceRules(head.facts, *rules);
        chain.rules = digestOf(*rules);
    }
    facts = std::make_shared<const RunFacts>(head.facts);
    readEnd(chain);
    std::ranges::stable_sort(events, {}, &RunEvent::at);
}

/// What the records add up to, by their digests; also takes all events.
SessionChain SessionReader::State::readChain()
{
    SessionChain chain{headDigest, {}, 0};
    Statement event(*database, "SELECT at_ns, kind, text, digest FROM events ORDER BY rowid");
    while (event.next()) {
        events.push_back({Nanoseconds(event.takeInteger()), event.takeText(), event.takeText()});
        chain.add(events.back());
        if (event.takeBlob() != digestOf(events.back()) || !misfitOf(events.back()).isEmpty())
            database->failDamaged(QStringLiteral("an event does not fit its digest"));
    }
    const std::int64_t frames = database->integerOf("SELECT count(*) FROM frames");
    if (frames > kMaxSessionTime / 1s)
        database->failDamaged(QStringLiteral("it has too many seconds"));
    else
        chain.frames = int(frames);
    return chain;
}

void SessionReader::State::readEnd(const SessionChain &chain)
{
    SessionChain whole = chain;
    frameCount = chain.frames;
    endedAtMs = head.startedAtMs;
    Statement last(*database, "SELECT digest, second, length_ns FROM frames ORDER BY second DESC LIMIT 1");
    if (last.next()) {
        whole.lastFrame = last.takeBlob();
        const std::chrono::seconds second(last.takeInt());
        const Nanoseconds length(last.takeInteger());
        if (second > kMaxSessionTime || second < 0s || length > kMaxSessionTime || length < 0ns)
            return database->failDamaged(QStringLiteral("the last second's time is out of range"));
        endedAtMs += std::chrono::duration_cast<std::chrono::milliseconds>(second + length).count();
    }
    const auto closing = readClosing(*database);
    if (!closing)
        return;
    ending = closing->ending;
    endedAtMs = closing->endedAtMs;
    if (closing->digest != whole.closedWith(*ending, endedAtMs))
        database->failDamaged(QStringLiteral("its seconds and events do not fit its closing digest"));
}

const SessionHead &SessionReader::head() const { return m_state->head; }

RunFactsPtr SessionReader::facts() const { return m_state->facts; }

bool SessionReader::wasClosedCleanly() const { return m_state->ending.has_value(); }

std::optional<RunEnding> SessionReader::ending() const { return m_state->ending; }

qint64 SessionReader::endedAtMs() const { return m_state->endedAtMs; }

int SessionReader::frameCount() const { return m_state->frameCount; }

Result<void> SessionReader::forEachFrame(const std::function<bool(const FramePtr &)> &use) const
{
    Database &database = *m_state->database;
    database.renewAllowance();
    FrameRowsReader rows(database, *m_state->facts);
    QByteArray digest = m_state->headDigest;
    while (const auto stored = rows.next()) {
        digest = digestOf(digest, *stored->frame);
        if (stored->digest != digest) {
            database.failDamaged(QStringLiteral("second %1 does not fit its digest").arg(stored->frame->second));
            break;
        }
        if (!use(stored->frame))
            break;
    }
    return database.takeResult();
}

Result<std::vector<RunEvent>> SessionReader::events() const { return m_state->events; }

} // namespace Headroom
