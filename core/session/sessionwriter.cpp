// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionwriter.h"

#include "core/session/attachmentrows.h"
#include "core/session/framerowswriter.h"
#include "core/session/headrows.h"
#include "core/session/minuterows.h"
#include "core/session/samplerows.h"
#include "core/session/sessiondigest.h"
#include "core/session/sessionfile.h"
#include "core/session/sessionlimits.h"
#include "core/session/sessionschema.h"

namespace Headroom {

struct SessionWriter::State
{
    SessionFile file;
    std::unique_ptr<Database> database;
    RunFacts facts;
    SessionChain chain; // of what is committed
    int lastSecond = -1;
    int attachments = 0;
    bool isFinished = false;
    // Last: their statements go before the database.
    std::optional<FrameRowsWriter> rows{};
    std::optional<MinuteRowsWriter> minutes{};
    std::optional<SampleRowsWriter> samples{};

    void prepare();
    template <typename Write> Result<void> commit(Write write);
    void mergeMinutesBefore(int second, SessionChain &longer);
    Result<void> close();
    void leaveLog();
};

namespace {

std::unexpected<Error> ourMistake(const QString &what, const QString &path)
{
    return failure(Error::Code::Internal, what, path);
}

/// Of a failure while it is written.
Error keptUntilThen(Error error)
{
    error.message += QStringLiteral(" (what was recorded until then is in this file)");
    return error;
}

Result<std::unique_ptr<Database>> makeDatabase(const SessionFile &file, const SessionHead &head)
{
    auto database = Database::open(file.partPath(), Database::Mode::Write);
    if (!database)
        return database;
    Transaction transaction(**database);
    createSessionSchema(**database);
    writeHead(**database, head);
    if (const auto done = transaction.commit(); !done)
        return std::unexpected(done.error());
    // So that the part file says what it is even when it is moved without its log.
    (*database)->execute("PRAGMA wal_checkpoint(TRUNCATE)");
    if (const auto done = (*database)->takeResult(); !done)
        return std::unexpected(done.error());
    return database;
}

} // namespace

SessionWriter::SessionWriter(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

SessionWriter::~SessionWriter()
{
    if (!m_state->isFinished && m_state->file.checkInPlace())
        m_state->leaveLog(); // so that only a killed run's file says that there is one; where it fails the log stays
}

Result<std::unique_ptr<SessionWriter>> SessionWriter::create(const QString &path, const SessionHead &head)
{
    if (const QString misfit = misfitOf(head); !misfit.isEmpty())
        return ourMistake(QStringLiteral("the run cannot be recorded: %1").arg(misfit), path);
    const auto file = SessionFile::create(path);
    if (!file)
        return std::unexpected(file.error());
    auto database = makeDatabase(*file, head);
    if (!database) {
        file->discard();
        return std::unexpected(database.error());
    }
    const SessionChain chain{digestOf(head), {}, 0};
    std::unique_ptr<State> state(new State{*file, std::move(*database), head.facts, chain}); // cannot be moved
    state->prepare();
    if (const auto prepared = state->database->takeResult(); !prepared)
        return std::unexpected(prepared.error());
    return std::unique_ptr<SessionWriter>(new SessionWriter(std::move(state)));
}

void SessionWriter::State::prepare()
{
    rows.emplace(*database);
    minutes.emplace(*database, facts.steps.size());
    samples.emplace(*database);
}

/// Calls `write` within a transaction, with the chain that counts when all of it was committed.
template <typename Write> Result<void> SessionWriter::State::commit(Write write)
{
    if (isFinished)
        return ourMistake(QStringLiteral("the session is finished already"), file.path());
    if (const auto inPlace = file.checkInPlace(); !inPlace)
        return inPlace;
    SessionChain longer = chain;
    Transaction transaction(*database);
    write(longer);
    const auto done = transaction.commit();
    if (done)
        chain = longer;
    else
        rows->forgetMessages();
    return done.transform_error(keptUntilThen);
}

Result<void> SessionWriter::append(const MetricsFrame &frame, const SecondSamples *samples)
{
    State &state = *m_state;
    QString misfit = misfitOf(frame, state.facts);
    if (misfit.isEmpty() && samples)
        misfit = misfitOf(*samples, frame, state.facts);
    if (misfit.isEmpty() && frame.second <= state.lastSecond)
        misfit = QStringLiteral("second %1 was written before it").arg(state.lastSecond);
    if (!misfit.isEmpty())
        return ourMistake(QStringLiteral("second %1 cannot be recorded: %2").arg(frame.second).arg(misfit), path());
    const auto write = [&](SessionChain &longer) {
        state.mergeMinutesBefore(frame.second, longer);
        longer.add(frame);
        state.rows->write(frame, longer.lastFrame);
        if (samples)
            state.samples->write(*samples, longer);
        if (isMinuteMerged(frame.second / kMinuteSeconds, frame.second))
            state.minutes->write(frame.second / kMinuteSeconds, longer);
    };
    return state.commit(write).transform([&] { state.lastSecond = frame.second; });
}

/// A minute whose last second never came is over with the first second of a later one.
void SessionWriter::State::mergeMinutesBefore(int second, SessionChain &longer)
{
    const int minute = lastSecond / kMinuteSeconds;
    if (lastSecond >= 0 && !isMinuteMerged(minute, lastSecond) && minute < second / kMinuteSeconds)
        minutes->write(minute, longer);
}

Result<void> SessionWriter::append(const RunEvent &event)
{
    if (const QString misfit = misfitOf(event); !misfit.isEmpty())
        return ourMistake(QStringLiteral("an event cannot be recorded: %1").arg(misfit), path());
    return m_state->commit([&](SessionChain &longer) {
        longer.add(event);
        m_state->rows->write(event);
    });
}

void SessionWriter::writeInBulk() { m_state->database->execute("PRAGMA synchronous = OFF"); }

Result<void> SessionWriter::attach(const Attachment &attachment)
{
    State &state = *m_state;
    QString misfit = misfitOf(attachment);
    if (misfit.isEmpty() && state.attachments >= Attachment::kMostInSession)
        misfit = QStringLiteral("the session has %1 of them already").arg(state.attachments);
    if (!misfit.isEmpty())
        return ourMistake(QStringLiteral("the file %1 cannot be attached: %2").arg(attachment.name, misfit), path());
    const auto index = std::size_t(state.attachments);
    const auto write = [&](SessionChain &longer) { writeAttachment(*state.database, index, attachment, longer); };
    return state.commit(write).transform([&] { ++state.attachments; });
}

Result<void> SessionWriter::setRules(const QStringList &rules)
{
    if (std::size_t(rules.size()) > kMaxJudgedEntries)
        return ourMistake(QStringLiteral("there are more than %1 rules").arg(kMaxJudgedEntries), path());
    return m_state->commit([&](SessionChain &longer) {
        longer.rules = digestOf(rules);
        writeSteeredRules(*m_state->database, rules);
    });
}

Result<void> SessionWriter::finish(const RunEnding &ending, qint64 endedAtMs)
{
    if (const QString misfit = misfitOf(ending, endedAtMs); !misfit.isEmpty())
        return ourMistake(QStringLiteral("the ending cannot be recorded: %1").arg(misfit), path());
    State &state = *m_state;
    const SessionClosing closing{ending, endedAtMs, state.chain.closedWith(ending, endedAtMs)};
    return state.commit([&](SessionChain &) { writeClosing(*state.database, closing); })
        .and_then([&] { return state.close(); })
        .and_then([&] { return state.file.publish(); });
}

// So that one file is left that can be copied.
void SessionWriter::State::leaveLog()
{
    rows.reset();
    minutes.reset();
    samples.reset();
    database->execute("PRAGMA wal_checkpoint(TRUNCATE)");
    const QString mode = database->textOf("PRAGMA journal_mode = DELETE");
    if (database->isOk() && mode != QLatin1String("delete"))
        database->fail(
            {Error::Code::Unwritable, QStringLiteral("the session's log cannot be merged into it"), database->path()});
}

Result<void> SessionWriter::State::close()
{
    isFinished = true;
    leaveLog();
    database->close();
    return database->takeResult().transform_error(keptUntilThen);
}

QString SessionWriter::path() const { return m_state->file.path(); }

QString SessionWriter::partPath() const { return m_state->file.partPath(); }

} // namespace Headroom
