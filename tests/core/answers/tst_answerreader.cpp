// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/answerreader.h"
#include "core/scenario/checkreader.h"

#include <QTest>

using namespace Headroom;

class AnswerReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isNoneForAStepThatAsksNothing();
    void setsWhatItExtracts();
    void unsetsWhatItDoesNotFind();
    void setsNothingOfAnAnswerThatFailsACheck();
    void keepsNoVariableThatIsTooLong();
    void comparesTheIdentityAsText_data();
    void comparesTheIdentityAsText();
};

namespace {

Exchange answerWith(const QByteArray &body)
{
    Exchange exchange;
    exchange.status = 200;
    exchange.body = body;
    exchange.bytesIn = std::uint64_t(body.size());
    return exchange;
}

/// Extracts $.a into variable 0 and $.b into variable 2.
Plan::Step extracting()
{
    Plan::Step step;
    step.extract = {{0, *parsePlace(QStringLiteral("$.a"))}, {2, *parsePlace(QStringLiteral("$.b"))}};
    return step;
}

AnswerReader::Reading readingOf(const AnswerReader &reader, const QByteArray &body, const RequestValues &values = {})
{
    const Exchange exchange = answerWith(body);
    Answer answer(exchange);
    return reader.read(answer, values);
}

} // namespace

void AnswerReaderTest::isNoneForAStepThatAsksNothing()
{
    QVERIFY(!AnswerReader::forStep(Plan::Step()));
    QVERIFY(AnswerReader::forStep(extracting()));
}

void AnswerReaderTest::setsWhatItExtracts()
{
    const auto reader = AnswerReader::forStep(extracting());
    const auto reading = readingOf(*reader, R"({"a": 1, "b": "x y"})");
    QCOMPARE(reading.failure, FailureKind::None);
    Variables variables(3);
    variables[1] = "stays";
    reader->set(reading, variables);
    QCOMPARE(variables, (Variables{"1", "stays", "x y"}));
}

void AnswerReaderTest::unsetsWhatItDoesNotFind()
{
    const auto reader = AnswerReader::forStep(extracting());
    const auto reading = readingOf(*reader, R"({"a": 1})");
    QCOMPARE(reading.failure, FailureKind::Check);
    QCOMPARE(reading.problem.message, QStringLiteral("nothing was extracted from $.b: the body has nothing at $.b"));
    Variables variables{"old", "stays", "old"};
    reader->set(reading, variables);
    QCOMPARE(variables, (Variables{std::nullopt, "stays", std::nullopt}));
}

void AnswerReaderTest::setsNothingOfAnAnswerThatFailsACheck()
{
    Plan::Step step = extracting();
    step.checks = {{QStringLiteral("$.c exists"), *parsePlace(QStringLiteral("$.c")), Comparison::Exists, {}, {}, {}}};
    const auto reading = readingOf(*AnswerReader::forStep(step), R"({"a": 1, "b": 2})");
    QCOMPARE(reading.failure, FailureKind::Check);
    QVERIFY(reading.extracted.empty());
}

void AnswerReaderTest::keepsNoVariableThatIsTooLong()
{
    const auto reader = AnswerReader::forStep(extracting());
    const auto body = [](qsizetype size) { return R"({"b": 1, "a": ")" + QByteArray(size, 'x') + "\"}"; };
    QCOMPARE(readingOf(*reader, body(AnswerReader::kLongestVariable)).failure, FailureKind::None);
    const auto reading = readingOf(*reader, body(AnswerReader::kLongestVariable + 1));
    QCOMPARE(reading.failure, FailureKind::Check);
    QVERIFY2(reading.problem.message.contains(QLatin1String("is longer than 64")), qPrintable(reading.problem.message));
}

void AnswerReaderTest::comparesTheIdentityAsText_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("detail"); // empty: it is the user's own
    QTest::newRow("its own") << QByteArray(R"({"user": 7})") << "";
    QTest::newRow("its own, as text") << QByteArray(R"({"user": "7"})") << "";
    QTest::newRow("another's") << QByteArray(R"({"user": 8})") << "found '8' instead of '7'";
    QTest::newRow("the same number, another text") << QByteArray(R"({"user": "07"})") << "found '07' instead of '7'";
}

void AnswerReaderTest::comparesTheIdentityAsText()
{
    QFETCH(QByteArray, body);
    Plan::Step step;
    TextTemplate user;
    user.append(TemplateValue{.kind = TemplateValue::Kind::User, .written = QStringLiteral("user")});
    step.identity = Scenario::Identity{*parsePlace(QStringLiteral("$.user")), user, {}};
    const auto reading = readingOf(*AnswerReader::forStep(step), body, {.user = 7});
    QTEST(reading.problem.detail, "detail");
    QCOMPARE(reading.failure, reading.problem.detail.isEmpty() ? FailureKind::None : FailureKind::Identity);
}

QTEST_GUILESS_MAIN(AnswerReaderTest)
#include "tst_answerreader.moc"
