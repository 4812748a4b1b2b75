// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/gitrevision.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

/// What a folder of a scenario is at. Repositories are made by the real git.
class GitRevisionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void readsWhatGitSays_data();
    void readsWhatGitSays();
    void switchesOffFiltersOfTheRepositoryAlone();
    void namesTheRevision();
    void looksAtTheFolderWhateverTheEnvironmentNames();
    void saysWhenAKnownFileHasChanged();
    void knowsNothingOutsideOfARepository();
    void knowsNothingBeforeTheFirstCommit();
    void runsNothingThatTheRepositoryNames();
    void canBeGivenUp();

private:
    bool git(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder->path());
        process.start(QStringLiteral("git"),
                      QStringList{QStringLiteral("-c"), QStringLiteral("user.name=n"), QStringLiteral("-c"),
                                  QStringLiteral("user.email=e@x"), QStringLiteral("-c"),
                                  QStringLiteral("commit.gpgsign=false")}
                          + arguments);
        return process.waitForFinished(20'000) && process.exitCode() == 0;
    }
    QString head() const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder->path());
        process.start(QStringLiteral("git"), {QStringLiteral("rev-parse"), QStringLiteral("HEAD")});
        process.waitForFinished(20'000);
        return QString::fromLatin1(process.readAllStandardOutput()).left(12);
    }
    void write(const char *name, const QByteArray &text) const
    {
        QFile file(m_folder->filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    bool commit(const char *name) const
    {
        return git({QStringLiteral("add"), QLatin1String(name)})
            && git({QStringLiteral("commit"), QStringLiteral("-q"), QStringLiteral("-m"), QStringLiteral("one")});
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void GitRevisionTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void GitRevisionTest::readsWhatGitSays_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QString>("revision");
    const QByteArray oid = "# branch.oid 1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d\n";
    QTest::newRow("clean") << oid + "# branch.head main\n" << "1a2b3c4d5e6f";
    QTest::newRow("changed") << oid + "# branch.head main\n1 .M N... 100644 100644 100644 a b s.yaml\n"
                             << "1a2b3c4d5e6f (changed)";
    QTest::newRow("in conflict") << oid + "u UU N... 100644 100644 100644 100644 a b c s.yaml\n"
                                 << "1a2b3c4d5e6f (changed)";
    QTest::newRow("no commit") << QByteArray("# branch.oid (initial)\n# branch.head main\n") << "";
    QTest::newRow("nothing") << QByteArray() << "";
    QTest::newRow("something else") << QByteArray("# branch.oid <script>alert(1)</script>\n") << "";
}

void GitRevisionTest::readsWhatGitSays()
{
    QFETCH(QByteArray, status);
    QFETCH(QString, revision);
    QCOMPARE(revisionIn(status), revision);
}

void GitRevisionTest::switchesOffFiltersOfTheRepositoryAlone()
{
    const QByteArray listed("global\0filter.lfs.clean\0local\0filter.a=b.clean\0worktree\0filter.x.required\0", 74);
    const auto settings = withoutOwnFilters(listed);
    QCOMPARE(settings.size(), 2U);
    QCOMPARE(settings[0], std::pair(QByteArray("filter.a=b.clean"), QByteArray()));
    QCOMPARE(settings[1], std::pair(QByteArray("filter.x.required"), QByteArray("false")));
}

void GitRevisionTest::namesTheRevision()
{
    QVERIFY(git({QStringLiteral("init"), QStringLiteral("-q")}));
    write("s.yaml", "headroom: 1\n");
    QVERIFY(commit("s.yaml"));
    write("r.html", "not known to git");
    QCOMPARE(GitRevision(m_folder->path()).take(), head());
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("below")));
    QCOMPARE(GitRevision(m_folder->filePath(QStringLiteral("below"))).take(), head());
}

void GitRevisionTest::looksAtTheFolderWhateverTheEnvironmentNames()
{
    QVERIFY(git({QStringLiteral("init"), QStringLiteral("-q")}));
    write("s.yaml", "headroom: 1\n");
    QVERIFY(commit("s.yaml"));
    const QString expected = head();
    for (const char *name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}) { // as within a hook of git
        qputenv(name, "/nowhere");
        const QString revision = GitRevision(m_folder->path()).take();
        qunsetenv(name);
        QCOMPARE(revision, expected);
    }
}

void GitRevisionTest::saysWhenAKnownFileHasChanged()
{
    QVERIFY(git({QStringLiteral("init"), QStringLiteral("-q")}));
    write("s.yaml", "headroom: 1\n");
    QVERIFY(commit("s.yaml"));
    write("s.yaml", "headroom: 1\nname: other\n");
    QCOMPARE(GitRevision(m_folder->path()).take(), head() + QStringLiteral(" (changed)"));
}

void GitRevisionTest::knowsNothingOutsideOfARepository()
{
    QCOMPARE(GitRevision(m_folder->path()).take(), QString());
    QCOMPARE(GitRevision(QString()).take(), QString());
    QCOMPARE(GitRevision(m_folder->filePath(QStringLiteral("nowhere"))).take(), QString());
}

void GitRevisionTest::knowsNothingBeforeTheFirstCommit()
{
    QVERIFY(git({QStringLiteral("init"), QStringLiteral("-q")}));
    QCOMPARE(GitRevision(m_folder->path()).take(), QString());
}

void GitRevisionTest::runsNothingThatTheRepositoryNames()
{
    // A repository that somebody sent: with a filter, a file system monitor and a hook that leave a trace.
    QVERIFY(git({QStringLiteral("init"), QStringLiteral("-q")}));
    write("s.yaml", "headroom: 1\n");
    QVERIFY(commit("s.yaml"));
    const QString trace = m_folder->filePath(QStringLiteral("trace"));
    write("evil", "#!/bin/sh\ntouch '" + trace.toUtf8() + "'\ncat\n");
    const QString evil = m_folder->filePath(QStringLiteral("evil"));
    QVERIFY(QFile::setPermissions(evil, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(QFile::copy(evil, m_folder->filePath(QStringLiteral(".git/hooks/post-index-change"))));
    write(".git/info/attributes", "* filter=own\n");
    for (const char *key : {"filter.own.clean", "filter.own.process", "core.fsmonitor"})
        QVERIFY(git({QStringLiteral("config"), QLatin1String(key), evil}));
    QVERIFY(git({QStringLiteral("config"), QStringLiteral("filter.own.required"), QStringLiteral("true")}));
    write("s.yaml", "headroom: 2\n"); // as long as before, so that git has to look into it
    QFile::remove(trace);
    QCOMPARE(GitRevision(m_folder->path()).take(), head() + QStringLiteral(" (changed)"));
    QVERIFY(!QFile::exists(trace));
}

void GitRevisionTest::canBeGivenUp() { const GitRevision unasked(m_folder->path()); }

QTEST_GUILESS_MAIN(GitRevisionTest)
#include "tst_gitrevision.moc"
