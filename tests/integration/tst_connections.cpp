// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/tlsserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

const QStringList kReports{QStringLiteral("--report"),    QStringLiteral("json=r.json"), QStringLiteral("--report"),
                           QStringLiteral("html=r.html"), QStringLiteral("--out"),       QStringLiteral("r.headroom")};

QByteArray scenarioAgainst(const QByteArray &target)
{
    return "headroom: 1\nname: secure\ntarget: { " + target
        + " }\nflows: [ { steps: [ { get: /answer } ] } ]\nload: { users: 1, iterations: 3 }\n";
}

QString words(const char *text) { return QString::fromUtf8(text); }

/// In one line, however it was wrapped.
QString flat(const QString &text) { return QString(text).replace(u'\n', u' ').simplified(); }

} // namespace

/// How requests are made, as the command line is told and as its reports tell.
class ConnectionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void neverForgetsThatNobodyWasVerified();
    void trustsTheScenariosAuthorityAlsoBesideTheLoad();
    void refusesAServerThatNobodyVouchesFor();
    void saysHowRequestsWereMade_data();
    void saysHowRequestsWereMade();
    void doesNotCompareTransportsInSilence();
    void refusesWhatQnamCannot();

private:
    ProcessResult run(const QStringList &arguments, const QByteArray &scenario)
    {
        return runHeadroom(QStringList{words("run"), words("-")} + arguments, m_folder->path(), scenario);
    }
    QByteArray content(const char *file) const
    {
        QFile device(m_folder->filePath(QLatin1String(file)));
        return device.open(QIODevice::ReadOnly) ? device.readAll() : QByteArray();
    }
    QJsonObject report() const { return QJsonDocument::fromJson(content("r.json")).object(); }
    QJsonObject connections() const { return report()[words("load")][words("connections")].toObject(); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void ConnectionsTest::neverForgetsThatNobodyWasVerified()
{
    TlsServer server;
    QVERIFY(server.startAnswering({.isSelfSigned = true}));
    const auto result =
        run(kReports, scenarioAgainst("url: '" + server.url().toEncoded() + "', tls: { verify: false }"));
    QVERIFY2(result.exitCode == 0, qPrintable(result.err + result.out));
    QVERIFY2(result.err.contains(words("-:3:"))
                 && result.err.contains(words("certificates of the target are not verified")),
             qPrintable(result.err)); // before the run
    const QString caution = words("The certificates of the target were not verified");
    QVERIFY2(result.out.contains(words("TLS NOT VERIFIED")), qPrintable(result.out));
    QVERIFY(flat(result.out).contains(caution));
    QCOMPARE(connections()[words("tls")].toBool(), true);
    QCOMPARE(connections()[words("verified")], QJsonValue(false));
    QVERIFY(content("r.json").contains(caution.toUtf8()));
    QVERIFY(content("r.html").contains(caution.toUtf8()));
    const auto again = runHeadroom({words("report"), words("r.headroom")}, m_folder->path()); // from the session alone
    QVERIFY2(flat(again.out).contains(caution), qPrintable(again.out + again.err));
}

void ConnectionsTest::trustsTheScenariosAuthorityAlsoBesideTheLoad()
{
    TlsServer server;
    QVERIFY(server.startAnswering({}));
    QVERIFY(QFile::copy(server.authority(), m_folder->filePath(words("ca.pem"))));
    const auto result = run(kReports,
                            scenarioAgainst("url: '" + server.url().toEncoded()
                                            + "', ready: { url: /answer, within: 5 s }, tls: { authorities: ca.pem }"));
    QVERIFY2(result.exitCode == 0, qPrintable(result.err + result.out));
    QCOMPARE(connections()[words("own_authorities")].toBool(), true);
    QCOMPARE(connections()[words("verified")], QJsonValue(true));
    QVERIFY2(report()[words("totals")][words("errors")].toInt() == 0, qPrintable(result.out));
    QVERIFY(!content("r.headroom").contains("BEGIN CERTIFICATE"));
}

void ConnectionsTest::refusesAServerThatNobodyVouchesFor()
{
    TlsServer server;
    QVERIFY(server.startAnswering({}));
    run(kReports, scenarioAgainst("url: '" + server.url().toEncoded() + "'"));
    QCOMPARE(report()[words("totals")][words("errors")].toInt(), 3);
    QCOMPARE(report()[words("failures")][0][words("kind")].toString(), words("tls"));
}

void ConnectionsTest::saysHowRequestsWereMade_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("said");
    QTest::newRow("qnam") << QStringList() << words("qnam: HTTP/1.1, connections shared by all users");
    QTest::newRow("direct") << QStringList{words("--transport"), words("direct")}
                            << words("direct: HTTP/1.1, one connection for each user");
    QTest::newRow("direct, new ones") << QStringList{words("--transport"), words("direct"),
                                                     words("--set"),       words("target.connection.reuse=false"),
                                                     words("--http"),      words("1.1")}
                                      << words("direct: HTTP/1.1, a new connection for each request");
}

void ConnectionsTest::saysHowRequestsWereMade()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, said);
    const auto result = run(kReports + arguments, scenarioAgainst("practice: {}").replace("/answer", "/health/live"));
    QVERIFY2(result.exitCode == 0, qPrintable(result.err + result.out));
    QVERIFY2(result.out.contains(words("requests by ") + said), qPrintable(result.out));
    QCOMPARE(connections()[words("words")].toString(), said);
    QVERIFY(content("r.html").contains(said.toUtf8()));
}

void ConnectionsTest::doesNotCompareTransportsInSilence()
{
    const auto result =
        run({words("--sweep"), words("target.transport=qnam,direct"), words("--report"), words("json=r.json")},
            scenarioAgainst("practice: {}").replace("/answer", "/health/live"));
    QVERIFY2(result.exitCode == 0, qPrintable(result.err + result.out));
    const QString note = words("These runs did not make their requests alike");
    QVERIFY2(flat(result.out).contains(note), qPrintable(result.out));
    QVERIFY(report()[words("not_alike")].toString().startsWith(note));
}

void ConnectionsTest::refusesWhatQnamCannot()
{
    const auto http2 = run({words("--http"), words("2")}, scenarioAgainst("url: 'http://127.0.0.1:1'"));
    QCOMPARE(http2.exitCode, 2);
    QVERIFY2(http2.err.contains(words("transport: direct can")), qPrintable(http2.err));
    const auto other = run({words("--transport"), words("curl")}, scenarioAgainst("practice: {}"));
    QCOMPARE(other.exitCode, 2);
    QVERIFY2(other.err.contains(words("--transport: 'curl' is not qnam or direct")), qPrintable(other.err));
}

QTEST_GUILESS_MAIN(ConnectionsTest)
#include "tst_connections.moc"
