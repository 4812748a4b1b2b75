// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/gitrevision.h"

#include <QProcessEnvironment>

#include <algorithm>

namespace Headroom {

namespace {

constexpr qint64 kLimitMs = 2000;
constexpr qsizetype kShownDigits = 12;

using Settings = std::vector<std::pair<QByteArray, QByteArray>>;

/// Of the folder alone, and with these settings before all others: git's way to be told any name (git-config(1)).
QProcessEnvironment environmentWith(const Settings &settings)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG_PARAMETERS"})
        environment.remove(QLatin1String(name));
    environment.insert(QStringLiteral("GIT_NO_LAZY_FETCH"), QStringLiteral("1"));
    environment.insert(QStringLiteral("GIT_CONFIG_COUNT"), QString::number(settings.size()));
    for (std::size_t i = 0; i < settings.size(); ++i) {
        environment.insert(QStringLiteral("GIT_CONFIG_KEY_%1").arg(i), QString::fromUtf8(settings[i].first));
        environment.insert(QStringLiteral("GIT_CONFIG_VALUE_%1").arg(i), QString::fromUtf8(settings[i].second));
    }
    return environment;
}

void ask(QProcess &git, const QString &folder, const Settings &settings, const QStringList &question)
{
    git.setProcessEnvironment(environmentWith(settings));
    git.setWorkingDirectory(folder);
    git.setStandardInputFile(QProcess::nullDevice());
    git.setStandardErrorFile(QProcess::nullDevice());
    // Without a lock there is no index to write, and no hook that tells of it.
    git.start(
        QStringLiteral("git"),
        QStringList{QStringLiteral("-c"), QStringLiteral("core.fsmonitor=false"), QStringLiteral("--no-optional-locks")}
            + question);
}

} // namespace

GitRevision::GitRevision(const QString &folder)
    : m_folder(folder)
{
    m_since.start();
    if (m_folder.isEmpty())
        return;
    QObject::connect(&m_filters, &QProcess::finished, &m_filters, [this] { askForStatus(); });
    ask(m_filters, m_folder, {},
        {QStringLiteral("config"), QStringLiteral("--show-scope"), QStringLiteral("--null"),
         QStringLiteral("--name-only"), QStringLiteral("--get-regexp"),
         QStringLiteral("^filter\\..*\\.(clean|process|required)$")});
}

GitRevision::~GitRevision()
{
    for (QProcess *git : {&m_filters, &m_status}) {
        git->disconnect();
        if (git->state() == QProcess::NotRunning)
            continue;
        git->kill();
        git->waitForFinished(int(kLimitMs));
    }
}

void GitRevision::askForStatus()
{
    ask(m_status, m_folder, withoutOwnFilters(m_filters.readAllStandardOutput()),
        {QStringLiteral("status"), QStringLiteral("--porcelain=v2"), QStringLiteral("--branch"),
         QStringLiteral("--untracked-files=no"), QStringLiteral("--ignore-submodules=dirty"),
         QStringLiteral("--no-renames")});
}

QString GitRevision::take()
{
    for (QProcess *git : {&m_filters, &m_status}) {
        const int left = int(std::max<qint64>(0, kLimitMs - m_since.elapsed()));
        if (git->state() != QProcess::NotRunning && !git->waitForFinished(left))
            return {};
    }
    const bool isAnswered =
        m_status.isOpen() && m_status.exitStatus() == QProcess::NormalExit && m_status.exitCode() == 0;
    return isAnswered ? revisionIn(m_status.readAllStandardOutput()) : QString();
}

QString revisionIn(const QByteArray &status)
{
    QByteArray revision;
    bool isChanged = false;
    for (const QByteArray &line : status.split('\n')) {
        if (line.startsWith("# branch.oid "))
            revision = line.sliced(13).trimmed();
        isChanged = isChanged || (!line.isEmpty() && !line.startsWith('#'));
    }
    const bool isDigits =
        std::ranges::all_of(revision, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (revision.size() < kShownDigits || !isDigits) // "(initial)"
        return {};
    return QString::fromLatin1(revision.first(kShownDigits)) + (isChanged ? QStringLiteral(" (changed)") : QString());
}

std::vector<std::pair<QByteArray, QByteArray>> withoutOwnFilters(const QByteArray &listed)
{
    Settings settings;
    const QList<QByteArray> parts = listed.split('\0'); // scope, name, scope, name ...
    for (qsizetype i = 0; i + 1 < parts.size(); i += 2) {
        if (parts[i] != "system" && parts[i] != "global")
            settings.emplace_back(parts[i + 1], parts[i + 1].endsWith(".required") ? "false" : "");
    }
    return settings;
}

} // namespace Headroom
