// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionwriter.h"

#include "core/session/framerowswriter.h"
#include "core/session/headrows.h"
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
    bool isFinished = false;
    std::optional<FrameRowsWriter> rows{}; // last: its statements go before the database

    template <typename Write> Result<void> commit(const SessionChain &longer, Write write);
    Result<void> close();
};

namespace {

std::unexpected<Error> ourMistake(const QString &what, const QString &path)
{
    return failure(Error::Code::Internal, what, path);
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

SessionWriter::~SessionWriter() = default;

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
    state->rows.emplace(*state->database);
    if (const auto prepared = state->database->takeResult(); !prepared)
        return std::unexpected(prepared.error());
    return std::unique_ptr<SessionWriter>(new SessionWriter(std::move(state)));
}

template <typename Write> Result<void> SessionWriter::State::commit(const SessionChain &longer, Write write)
{
    if (isFinished)
        return ourMistake(QStringLiteral("the session is finished already"), file.path());
    if (const auto inPlace = file.checkInPlace(); !inPlace)
        return inPlace;
    Transaction transaction(*database);
    write();
    const auto done = transaction.commit();
    if (done)
        chain = longer;
    else
        rows->forgetMessages();
    return done;
}

Result<void> SessionWriter::append(const MetricsFrame &frame)
{
    State &state = *m_state;
    QString misfit = misfitOf(frame, state.facts);
    if (misfit.isEmpty() && frame.second <= state.lastSecond)
        misfit = QStringLiteral("second %1 was written before it").arg(state.lastSecond);
    if (!misfit.isEmpty())
        return ourMistake(QStringLiteral("second %1 cannot be recorded: %2").arg(frame.second).arg(misfit), path());
    SessionChain chain = state.chain;
    chain.add(frame);
    return state.commit(chain, [&] { state.rows->write(frame, chain.lastFrame); }).transform([&] {
        state.lastSecond = frame.second;
    });
}

Result<void> SessionWriter::append(const RunEvent &event)
{
    if (const QString misfit = misfitOf(event); !misfit.isEmpty())
        return ourMistake(QStringLiteral("an event cannot be recorded: %1").arg(misfit), path());
    SessionChain chain = m_state->chain;
    chain.add(event);
    return m_state->commit(chain, [&] { m_state->rows->write(event); });
}

Result<void> SessionWriter::setRules(const QStringList &rules)
{
    if (std::size_t(rules.size()) > kMaxJudgedEntries)
        return ourMistake(QStringLiteral("there are more than %1 rules").arg(kMaxJudgedEntries), path());
    SessionChain chain = m_state->chain;
    chain.rules = digestOf(rules);
    return m_state->commit(chain, [&] { writeSteeredRules(*m_state->database, rules); });
}

Result<void> SessionWriter::finish(const RunEnding &ending, qint64 endedAtMs)
{
    if (const QString misfit = misfitOf(ending, endedAtMs); !misfit.isEmpty())
        return ourMistake(QStringLiteral("the ending cannot be recorded: %1").arg(misfit), path());
    State &state = *m_state;
    const SessionClosing closing{ending, endedAtMs, state.chain.closedWith(ending, endedAtMs)};
    return state.commit(state.chain, [&] { writeClosing(*state.database, closing); })
        .and_then([&] { return state.close(); })
        .and_then([&] { return state.file.publish(); });
}

// Leaves WAL, so that one file is left that can be copied.
Result<void> SessionWriter::State::close()
{
    isFinished = true;
    rows.reset();
    database->execute("PRAGMA wal_checkpoint(TRUNCATE)");
    const QString mode = database->textOf("PRAGMA journal_mode = DELETE");
    if (database->isOk() && mode != QLatin1String("delete"))
        database->fail(
            {Error::Code::Unwritable, QStringLiteral("the session's log cannot be merged into it"), database->path()});
    database->close();
    return database->takeResult();
}

QString SessionWriter::path() const { return m_state->file.path(); }

QString SessionWriter::partPath() const { return m_state->file.partPath(); }

} // namespace Headroom
