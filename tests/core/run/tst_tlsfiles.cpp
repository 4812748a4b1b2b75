// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/preparation.h"
#include "tests/support/certificates.h"

#include <QFile>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

QByteArray scenarioWith(const QByteArray &transport, const QByteArray &tls)
{
    return "headroom: 1\ntarget: { url: https://h, transport: " + transport + ", tls: { " + tls
        + " } }\nflows: [ { steps: [ { get: / } ] } ]\nload: { rate: 5/s, for: 10 s }\n";
}

QByteArray pair(const QByteArray &certificate, const QByteArray &key)
{
    return "certificate: " + certificate + ", key: " + key;
}

} // namespace

/// Certificates and keys that a scenario names: read into the plan, or refused with one sentence before the start.
class TlsFilesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void takesThemIntoThePlan();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void readsNothingOfAFolderThatIsNotKnown();
    void warnsOfCertificatesThatAreNotVerified();

private:
    void write(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QTemporaryDir m_folder;
    Certificates m_made{m_folder.path()};
};

void TlsFilesTest::initTestCase()
{
    for (const char *name : {"authority", "other"})
        QVERIFY(m_made.make(QLatin1String(name)));
    QVERIFY(m_made.make(QStringLiteral("client"), QStringLiteral("authority")));
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
    QVERIFY(m_made.openssl(words("pkey -in client.key -aes256 -passout pass:secret -out locked.key")));
    QVERIFY(m_made.openssl(words("x509 -in client.pem -outform der -out client.der")));
    QVERIFY(m_made.openssl(words("genpkey -algorithm ed25519 -out modern.key")));
    QVERIFY(m_made.openssl(words("req -x509 -new -key modern.key -subj /CN=modern -out modern.pem")));
    write(QStringLiteral("empty.pem"), {});
    write(QStringLiteral("half.pem"), m_made.content(QStringLiteral("client.pem")).first(200));
    write(QStringLiteral("spoilt.pem"),
          m_made.content(QStringLiteral("client.pem"))
              + "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    write(QStringLiteral("huge.pem"), QByteArray(4 * 1024 * 1024 + 1, '#'));
}

void TlsFilesTest::takesThemIntoThePlan()
{
    const QByteArray tls =
        "authorities: authority.pem, server_name: api.h, resume: false, " + pair("client.pem", "client.key");
    const auto prepared = prepare(scenarioWith("qnam", tls), {}, {}, 1, m_folder.path());
    QVERIFY(prepared);
    const TlsOptions &options = prepared->plan->connections.tls;
    QCOMPARE(options.authorities, m_made.content(QStringLiteral("authority.pem")));
    QCOMPARE(options.certificate, m_made.content(QStringLiteral("client.pem")));
    QCOMPARE(options.key, m_made.content(QStringLiteral("client.key")));
    QCOMPARE(options.serverName, QStringLiteral("api.h"));
    QVERIFY(options.isVerified);
    QVERIFY(!options.isResumed);
    const RunFacts facts = factsOf(*prepared->plan, {}, {}, 1);
    QVERIFY(facts.connections.isTls && facts.connections.hasAuthorities && facts.connections.hasCertificate);
    QCOMPARE(facts.connections.serverName, QStringLiteral("api.h"));
    QVERIFY(prepared->warnings.empty());
    QVERIFY(prepare(scenarioWith("direct", pair("modern.pem", "modern.key")), {}, {}, 1, m_folder.path()));
}

void TlsFilesTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("transport");
    QTest::addColumn<QByteArray>("tls"); // begins at 2:51 with qnam
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QByteArray &tls, const char *problem,
                        const QByteArray &transport = "qnam") {
        QTest::newRow(name) << transport << tls << QString::fromLatin1(problem);
    };
    row("no such file", "authorities: nothing.pem",
        "2:64: there is no file 'nothing.pem' in the scenario's folder; paths start from there");
    row("too large", "authorities: huge.pem", "2:64: the file 'huge.pem' is larger than 4.0 MiB; make it smaller");
    row("empty", "authorities: empty.pem", "2:64: the file 'empty.pem' is empty; name a file of certificates in PEM");
    row("binary", "authorities: client.der",
        "2:64: the file 'client.der' holds no certificate in PEM, the text that begins with -----BEGIN "
        "CERTIFICATE-----; "
        "convert it with openssl x509 -inform der");
    row("cut off", "authorities: half.pem", "2:64: the file 'half.pem' is damaged: its certificate 1 cannot be read");
    row("damaged behind the first", "authorities: spoilt.pem",
        "2:64: the file 'spoilt.pem' is damaged: its certificate 2 cannot be read");
    row("key as certificate", pair("client.key", "client.key"),
        "2:64: the file 'client.key' holds no certificate in PEM, the text that begins with -----BEGIN "
        "CERTIFICATE-----; "
        "convert it with openssl x509 -inform der");
    row("certificate as key", pair("client.pem", "client.pem"),
        "2:81: the file 'client.pem' holds no private key in PEM, the text that begins with -----BEGIN PRIVATE "
        "KEY-----");
    row("empty key", pair("client.pem", "empty.pem"),
        "2:81: the file 'empty.pem' is empty; name a file with a private key in PEM");
    row("locked key", pair("client.pem", "locked.key"),
        "2:81: the file 'locked.key' is locked by a passphrase, and nobody can be asked for that in a run; write the "
        "key "
        "without one, as openssl pkey -in KEY -out NEW does");
    row("key of another", pair("client.pem", "other.key"),
        "2:81: the key 'other.key' does not belong to the certificate 'client.pem'; name two that were made together, "
        "the "
        "own certificate first in its file");
    row("key of another, direct", pair("client.pem", "other.key"),
        "2:83: the key 'other.key' does not belong to the certificate 'client.pem'; name two that were made together, "
        "the "
        "own certificate first in its file",
        "direct");
    row("key that Qt does not know", pair("modern.pem", "modern.key"),
        "2:81: the transport qnam cannot use a key of the kind in 'modern.key', only RSA, elliptic curves of NIST and "
        "DSA; "
        "transport: direct can");
}

void TlsFilesTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, transport);
    QFETCH(QByteArray, tls);
    QFETCH(QString, problem);
    const auto prepared = prepare(scenarioWith(transport, tls), {}, {}, 1, m_folder.path());
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().size(), 1u);
    QCOMPARE(formatDiagnostic({}, prepared.error().front()), u':' + problem);
}

void TlsFilesTest::readsNothingOfAFolderThatIsNotKnown()
{
    QVERIFY(prepare(scenarioWith("qnam", pair("nothing.pem", "nothing.key")))); // as an editor does before it is saved
}

void TlsFilesTest::warnsOfCertificatesThatAreNotVerified()
{
    const auto prepared = prepare(scenarioWith("qnam", "verify: false"));
    QVERIFY(prepared);
    QCOMPARE(prepared->warnings.size(), 1u);
    QVERIFY(prepared->warnings[0].message.startsWith(QLatin1String("the certificates of the target are not verified")));
    QByteArray plain = scenarioWith("qnam", "verify: false");
    plain.replace("https://", "http://");
    const auto withoutTls = prepare(plain);
    QVERIFY(withoutTls && withoutTls->warnings.empty()); // nothing is encrypted that could be verified
}

QTEST_GUILESS_MAIN(TlsFilesTest)
#include "tst_tlsfiles.moc"
