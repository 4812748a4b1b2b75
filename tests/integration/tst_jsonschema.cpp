// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/preparation.h"
#include "core/scenario/suite.h"
#include "tests/integration/brokenscenarios.h"
#include "tests/support/headroomprocess.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Headroom;

namespace {

const QString kBoth = QStringLiteral("refused-by-both.txt");
const QString kReader = QStringLiteral("refused-by-reader.txt");

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isIn(const TextRange &place, const TextPosition &position)
{
    return place.start <= position && position <= place.end;
}

} // namespace

/// What `headroom schema` prints, by a validator that knows nothing of Headroom, and our own reader beside it.
class JsonSchemaTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void acceptsEveryBundledScenario();
    void acceptsWhatTheBrokenOnesAreMadeFrom();
    void refusesBrokenScenarios();
    void acceptsWhatOnlyTheReaderCanKnow();
    void readerPointsAtWhatIsBroken_data();
    void readerPointsAtWhatIsBroken();
    void refusesBrokenSuites();

private:
    QString save(const QString &name, const QByteArray &text);
    QStringList answers(const QString &schema, const QStringList &paths);
    QStringList answersOnBroken(const QString &file);

    QTemporaryDir m_folder;
};

void JsonSchemaTest::initTestCase()
{
    for (const QString &name : {QStringLiteral("scenario"), QStringLiteral("suite")}) {
        const ProcessResult result = runHeadroom({QStringLiteral("schema"), name}, m_folder.path());
        QCOMPARE(result.exitCode, 0);
        save(name + QStringLiteral(".json"), result.out.toUtf8());
    }
}

QString JsonSchemaTest::save(const QString &name, const QByteArray &text)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s cannot be written", qUtf8Printable(file.fileName()));
    return file.fileName();
}

/// One a file: "accepted", or "refused" and where and why.
QStringList JsonSchemaTest::answers(const QString &schema, const QStringList &paths)
{
    QProcess validator;
    validator.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    validator.start(QStringLiteral("python3"),
                    QStringList{QStringLiteral(HEADROOM_SOURCE_DIR "/tests/support/programs/validate.py"),
                                m_folder.filePath(schema)}
                        + paths);
    if (!validator.waitForFinished(60'000) || validator.exitCode() != 0)
        return {};
    return QString::fromUtf8(validator.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}

QStringList JsonSchemaTest::answersOnBroken(const QString &file)
{
    QStringList paths;
    for (const BrokenScenario &broken : brokenScenarios(file))
        paths.append(save(QStringLiteral("%1-%2.yaml").arg(file).arg(paths.size()), broken.text));
    return answers(QStringLiteral("scenario.json"), paths);
}

void JsonSchemaTest::acceptsEveryBundledScenario()
{
    const QDir folder(QStringLiteral(HEADROOM_SOURCE_DIR "/resources/scenarios"));
    QStringList scenarios;
    QStringList suites;
    for (const QFileInfo &file : folder.entryInfoList({QStringLiteral("*.yaml")}))
        (isSuite(contentOf(file.filePath())) ? suites : scenarios).append(file.filePath());
    QVERIFY(scenarios.size() >= 10);
    QVERIFY(!suites.isEmpty());
    const QString accepted = QStringLiteral("accepted");
    QCOMPARE(answers(QStringLiteral("scenario.json"), scenarios), QStringList(scenarios.size(), accepted));
    QCOMPARE(answers(QStringLiteral("suite.json"), suites), QStringList(suites.size(), accepted));
}

void JsonSchemaTest::acceptsWhatTheBrokenOnesAreMadeFrom()
{
    const QString base = QStringLiteral(HEADROOM_SOURCE_DIR "/tests/data/broken/base.yaml");
    QCOMPARE(answers(QStringLiteral("scenario.json"), {base}), QStringList{QStringLiteral("accepted")});
    if (const auto preparation = prepare(contentOf(base)); !preparation)
        QFAIL(qPrintable(formatDiagnostic(base, preparation.error().front())));
}

void JsonSchemaTest::refusesBrokenScenarios()
{
    const std::vector<BrokenScenario> broken = brokenScenarios(kBoth);
    QVERIFY(broken.size() >= 100);
    const QStringList answers = answersOnBroken(kBoth);
    QCOMPARE(std::size_t(answers.size()), broken.size());
    for (qsizetype i = 0; i < answers.size(); ++i)
        QVERIFY2(answers[i].startsWith(QLatin1String("refused ")), broken[std::size_t(i)].name.constData());
}

void JsonSchemaTest::acceptsWhatOnlyTheReaderCanKnow()
{
    // Where this fails the schema has learned something: the case belongs into the other file.
    const std::vector<BrokenScenario> broken = brokenScenarios(kReader);
    const QStringList answers = answersOnBroken(kReader);
    QCOMPARE(std::size_t(answers.size()), broken.size());
    for (qsizetype i = 0; i < answers.size(); ++i)
        QVERIFY2(answers[i] == QLatin1String("accepted"), broken[std::size_t(i)].name + ": " + answers[i].toUtf8());
}

void JsonSchemaTest::readerPointsAtWhatIsBroken_data()
{
    QTest::addColumn<BrokenScenario>("broken");
    for (const QString &file : {kBoth, kReader}) {
        for (const BrokenScenario &broken : brokenScenarios(file))
            QTest::newRow(broken.name.constData()) << broken;
    }
}

void JsonSchemaTest::readerPointsAtWhatIsBroken()
{
    QFETCH(BrokenScenario, broken);
    const auto preparation = prepare(broken.text);
    QVERIFY(!preparation);
    const Diagnostics &diagnostics = preparation.error();
    const auto error = std::ranges::find(diagnostics, Diagnostic::Severity::Error, &Diagnostic::severity);
    QVERIFY(error != diagnostics.end());
    const bool isThere =
        std::ranges::any_of(broken.places, [&](const TextRange &place) { return isIn(place, error->range.start); });
    QVERIFY2(isThere, qPrintable(formatDiagnostic({}, *error)));
}

void JsonSchemaTest::refusesBrokenSuites()
{
    const QByteArray head = "headroom: 1\nname: Nightly\n";
    const QByteArrayList broken = {
        head, // no members
        head + "suite: []\n",
        head + "suite: [ { name: smoke } ]\n",
        head + "suite: [ { scenario: a.yaml, needs: b } ]\n",
        head + "suite: [ { scenario: a.yaml, set: [ load.rate ] } ]\n",
        head + "suite: [ { scenario: a.yaml, profiles: stub } ]\n",
        head + "suite: [ { scenario: a.yaml, profile: [ stub ] } ]\n",
        head + "suite: [ a.yaml ]\n",
        "headroom: 2\nsuite: [ { scenario: a.yaml } ]\n",
        head + "suite: [ { scenario: a.yaml } ]\nobjectives: [ p95 ]\n",
        head + "suite: [ { scenario: a.yaml } ]\nload: { users: 5 }\n",
    };
    QStringList paths;
    for (const QByteArray &text : broken) {
        QVERIFY2(hasErrors(readSuite(text).diagnostics), text.constData());
        paths.append(save(QStringLiteral("suite-%1.yaml").arg(paths.size()), text));
    }
    const QStringList answers = this->answers(QStringLiteral("suite.json"), paths);
    QCOMPARE(answers.size(), broken.size());
    for (qsizetype i = 0; i < answers.size(); ++i)
        QVERIFY2(answers[i].startsWith(QLatin1String("refused ")), broken[i].constData());
}

QTEST_GUILESS_MAIN(JsonSchemaTest)
#include "tst_jsonschema.moc"
