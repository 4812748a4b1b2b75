// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/newsession.h"

#include "core/metrics/steeredrules.h"

#include <QFile>

#include <algorithm>

namespace Headroom {

namespace {

/// Stands in the head for every rule that a hand had switched off; the rules that are set behind it do not have it, so
/// that it is switched off again.
const QString kSwitchedOff = QStringLiteral("(switched off by hand)");

/// As it can be written: objectives and requirements name their rule, also one that is gone. True when one was.
bool giveGoneRules(RunFacts &facts)
{
    bool isAnyGone = false;
    const auto give = [&](int &rule) {
        isAnyGone = isAnyGone || rule == kNoRule;
        if (rule == kNoRule)
            rule = int(facts.rules.size());
    };
    for (RunFacts::Objective &one : facts.objectives)
        give(one.rule);
    for (RunFacts::Requirement &one : facts.requirements)
        give(one.rule);
    if (isAnyGone)
        facts.rules << kSwitchedOff;
    return isAnyGone;
}

} // namespace

NewSession::NewSession(std::unique_ptr<SessionWriter> writer)
    : m_writer(std::move(writer))
{
}

NewSession::~NewSession()
{
    if (m_isFinished)
        return;
    const QString part = m_writer->partPath();
    m_writer.reset();
    for (const char *suffix : {"", "-wal", "-shm", "-journal"})
        QFile::remove(part + QLatin1String(suffix));
}

Result<std::unique_ptr<NewSession>> NewSession::create(const QString &path, const SessionHead &head)
{
    SessionHead written = head;
    const bool isAnyGone = giveGoneRules(written.facts);
    auto writer = SessionWriter::create(path, written);
    if (!writer)
        return std::unexpected(writer.error());
    std::unique_ptr<NewSession> session(new NewSession(std::move(*writer)));
    session->writer().writeInBulk();
    if (isAnyGone) {
        if (const auto set = session->writer().setRules(head.facts.rules); !set)
            return std::unexpected(set.error());
    }
    return session;
}

Error NewSession::gone(const Error &error) const
{
    if (m_isFinished || error.code != Error::Code::Unwritable || error.subject != m_writer->partPath())
        return error;
    return {error.code, error.message.section(QStringLiteral(" (what was recorded"), 0, 0), m_writer->path()};
}

Result<void> NewSession::finish(const RunEnding &ending, qint64 endedAtMs)
{
    m_isFinished = true; // whole, be it under another name
    return m_writer->finish(ending, endedAtMs);
}

} // namespace Headroom
