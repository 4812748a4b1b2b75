// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/secretfinder.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

class SecretFinderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theEnvironmentGoesBeforeTheKeyring();
    void takesTheKeyringWhereTheEnvironmentHasNothing();
    void looksOnlyWhereTheScenarioSays();
    void readsAFileWithoutItsLineEnd_data();
    void readsAFileWithoutItsLineEnd();
    void warnsOfAFileThatEverybodyCanRead();
    void refusesAFile_data();
    void refusesAFile();
    void refusesWhatCannotBeHidden();
    void tellsAllThatAreMissingAtOnce();
    void doesNotAskForWhatIsGiven();

private:
    void write(const QString &name, const QByteArray &text, QFile::Permissions permissions);
    SecretPlaces places() const;
    QHash<QString, QString> m_environment;
    QHash<QString, QString> m_keyring;
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

using Source = Scenario::Secret::Source;

constexpr QFile::Permissions kMine = QFile::ReadOwner | QFile::WriteOwner;

Scenario::Secret secret(const QString &name, Source source = Source::Environment, const QString &location = {})
{
    return {name, source, location, {}};
}

QString valueOf(const SecretFinding &finding)
{
    return finding.values.size() == 1 ? finding.values.front().value : QStringLiteral("(none)");
}

QString sentenceOf(const SecretFinding &finding)
{
    return finding.missing.size() == 1 ? finding.missing.front().sentence : QString();
}

} // namespace

void SecretFinderTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_environment.clear();
    m_keyring.clear();
}

void SecretFinderTest::write(const QString &name, const QByteArray &text, QFile::Permissions permissions)
{
    QFile file(m_folder->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    QVERIFY(file.setPermissions(permissions));
}

SecretPlaces SecretFinderTest::places() const
{
    return {m_folder->path(),
            [this](const QString &name) {
                return m_environment.contains(name) ? std::optional(m_environment[name]) : std::nullopt;
            },
            [this](const QString &location) -> Result<QString> {
                if (m_keyring.contains(location))
                    return m_keyring[location];
                return failure(Error::Code::NotFound, QStringLiteral("no such entry"));
            }};
}

void SecretFinderTest::theEnvironmentGoesBeforeTheKeyring()
{
    m_environment[QStringLiteral("TOKEN")] = QStringLiteral("of this call");
    m_keyring[QStringLiteral("headroom/TOKEN")] = QStringLiteral("kept");
    QCOMPARE(valueOf(findSecrets({secret(QStringLiteral("TOKEN"))}, places())), QStringLiteral("of this call"));
}

void SecretFinderTest::takesTheKeyringWhereTheEnvironmentHasNothing()
{
    m_keyring[QStringLiteral("headroom/TOKEN")] = QStringLiteral("kept");
    QCOMPARE(valueOf(findSecrets({secret(QStringLiteral("TOKEN"))}, places())), QStringLiteral("kept"));
}

void SecretFinderTest::looksOnlyWhereTheScenarioSays()
{
    m_environment[QStringLiteral("TOKEN")] = QStringLiteral("wrong place");
    m_keyring[QStringLiteral("headroom/TOKEN")] = QStringLiteral("wrong place");
    m_environment[QStringLiteral("OTHER")] = QStringLiteral("right place");
    m_keyring[QStringLiteral("bank/entry")] = QStringLiteral("vault");
    const QString name = QStringLiteral("TOKEN");
    QCOMPARE(valueOf(findSecrets({secret(name, Source::Environment, QStringLiteral("OTHER"))}, places())),
             QStringLiteral("right place"));
    QCOMPARE(valueOf(findSecrets({secret(name, Source::Keyring, QStringLiteral("bank/entry"))}, places())),
             QStringLiteral("vault"));
    const QString unset = sentenceOf(findSecrets({secret(name, Source::Environment, QStringLiteral("UNSET"))}, places()));
    QVERIFY2(unset.contains(QStringLiteral("'TOKEN'")) && unset.contains(QStringLiteral("UNSET")), qPrintable(unset));
    const QString absent = sentenceOf(findSecrets({secret(name, Source::Keyring, QStringLiteral("bank/none"))}, places()));
    QVERIFY2(absent.contains(QStringLiteral("service bank username none")), qPrintable(absent));
}

void SecretFinderTest::readsAFileWithoutItsLineEnd_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("value");
    QTest::newRow("none") << QByteArray("s3cret") << QStringLiteral("s3cret");
    QTest::newRow("line feed") << QByteArray("s3cret\n") << QStringLiteral("s3cret");
    QTest::newRow("Windows") << QByteArray("s3cret\r\n") << QStringLiteral("s3cret");
    QTest::newRow("only one") << QByteArray("s3cret\n\n") << QStringLiteral("s3cret\n");
    QTest::newRow("blanks stay") << QByteArray(" s3 cret \n") << QStringLiteral(" s3 cret ");
}

void SecretFinderTest::readsAFileWithoutItsLineEnd()
{
    QFETCH(QByteArray, bytes);
    write(QStringLiteral("pw"), bytes, kMine);
    const SecretFinding finding =
        findSecrets({secret(QStringLiteral("PW"), Source::File, QStringLiteral("pw"))}, places());
    QTEST(valueOf(finding), "value");
    QVERIFY(finding.warnings.empty());
}

void SecretFinderTest::warnsOfAFileThatEverybodyCanRead()
{
    write(QStringLiteral("pw"), "s3cret", kMine | QFile::ReadOther);
    const SecretFinding finding =
        findSecrets({secret(QStringLiteral("PW"), Source::File, QStringLiteral("pw"))}, places());
    QCOMPARE(valueOf(finding), QStringLiteral("s3cret"));
    QCOMPARE(finding.warnings.size(), 1u);
    QVERIFY(!finding.warnings.front().message.contains(QStringLiteral("s3cret")));
}

void SecretFinderTest::refusesAFile_data()
{
    QTest::addColumn<QString>("location");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("not there") << QStringLiteral("none") << QByteArray("s3cret");
    QTest::newRow("outside") << QStringLiteral("../pw") << QByteArray("s3cret");
    QTest::newRow("absolute") << QStringLiteral("/etc/hostname") << QByteArray("s3cret");
    QTest::newRow("no UTF-8") << QStringLiteral("pw") << QByteArray("s3cret\xff");
    QTest::newRow("too long") << QStringLiteral("pw") << QByteArray(64 * 1024 + 1, 'x');
}

void SecretFinderTest::refusesAFile()
{
    QFETCH(QString, location);
    QFETCH(QByteArray, bytes);
    write(QStringLiteral("pw"), bytes, kMine);
    const SecretFinding finding = findSecrets({secret(QStringLiteral("PW"), Source::File, location)}, places());
    QVERIFY(finding.values.empty());
    QVERIFY(sentenceOf(finding).startsWith(QStringLiteral("secret 'PW': ")));
    QVERIFY(!sentenceOf(finding).contains(QStringLiteral("s3cret")));
}

void SecretFinderTest::refusesWhatCannotBeHidden()
{
    const QString name = QStringLiteral("TOKEN");
    for (const char *value : {"", "abc"}) {
        m_environment[name] = QString::fromLatin1(value);
        QVERIFY(findSecrets({secret(name)}, places()).values.empty());
    }
    m_environment[name] = QStringLiteral("abcd");
    QCOMPARE(valueOf(findSecrets({secret(name)}, places())), QStringLiteral("abcd"));
}

void SecretFinderTest::tellsAllThatAreMissingAtOnce()
{
    m_environment[QStringLiteral("THERE")] = QStringLiteral("value of it");
    const auto found = findAllSecrets(
        {secret(QStringLiteral("ONE")), secret(QStringLiteral("THERE")), secret(QStringLiteral("TWO"))}, places());
    QVERIFY(!found);
    QCOMPARE(found.error().code, Error::Code::InvalidInput);
    QVERIFY(found.error().message.contains(QStringLiteral("'ONE'")));
    QVERIFY(found.error().message.contains(QStringLiteral("'TWO'")));
    QVERIFY(!found.error().message.contains(QStringLiteral("THERE")));
}

void SecretFinderTest::doesNotAskForWhatIsGiven()
{
    const SecretFinding finding =
        findSecrets({secret(QStringLiteral("TOKEN"))}, places(), {{QStringLiteral("TOKEN"), QStringLiteral("typed in")}});
    QCOMPARE(valueOf(finding), QStringLiteral("typed in"));
}

QTEST_GUILESS_MAIN(SecretFinderTest)
#include "tst_secretfinder.moc"
