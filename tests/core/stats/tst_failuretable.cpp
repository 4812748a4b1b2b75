// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/failuretable.h"

#include <QTest>

using namespace Headroom;

class FailureTableTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsEqualFailuresOnce();
    void tellsStepKindStatusAndTextApart();
    void countsTextsBeyondTheHundredthAsFurther();
    void isEmptyAfterTaking();
    void asksForOneExampleOfAKind();
    void asksForNoMoreExamplesThanItsLimit();
    void makesHostileTextsPresentable_data();
    void makesHostileTextsPresentable();
};

void FailureTableTest::countsEqualFailuresOnce()
{
    FailureTable table;
    table.count(StepIndex{0}, FailureKind::Tls, 0, u"expired");
    table.count(StepIndex{0}, FailureKind::Tls, 0, u"expired");
    const auto failures = table.take();
    QCOMPARE(failures.size(), std::size_t(1));
    QCOMPARE(failures[0].message, QStringLiteral("expired"));
    QCOMPARE(failures[0].count, std::uint64_t(2));
}

void FailureTableTest::tellsStepKindStatusAndTextApart()
{
    FailureTable table;
    table.count(StepIndex{0}, FailureKind::Status, 500, u"a");
    table.count(StepIndex{1}, FailureKind::Status, 500, u"a");
    table.count(StepIndex{0}, FailureKind::Check, 500, u"a");
    table.count(StepIndex{0}, FailureKind::Status, 501, u"a");
    table.count(StepIndex{0}, FailureKind::Status, 500, u"b");
    const auto failures = table.take();
    QCOMPARE(failures.size(), std::size_t(5));
    for (const FailureCount &failure : failures)
        QCOMPARE(failure.count, std::uint64_t(1));
}

void FailureTableTest::countsTextsBeyondTheHundredthAsFurther()
{
    // 250 different texts of one step and kind: 100 are kept, 150 are further ones; a known text still counts as
    // itself.
    FailureTable table;
    for (int i = 0; i < 250; ++i)
        table.count(StepIndex{3}, FailureKind::Check, 200 + i, QString::number(i));
    table.count(StepIndex{3}, FailureKind::Check, 200, u"0");
    const auto failures = table.take();
    QCOMPARE(failures.size(), std::size_t(101));
    QCOMPARE(failures.front().count, std::uint64_t(2));
    QCOMPARE(failures[99].message, QStringLiteral("99"));
    QCOMPARE(failures.back().message, QStringLiteral("further failures"));
    QCOMPARE(failures.back().count, std::uint64_t(150));
    QCOMPARE(failures.back().step, StepIndex{3});
    QCOMPARE(failures.back().status, 0);
}

void FailureTableTest::isEmptyAfterTaking()
{
    FailureTable table;
    for (int i = 0; i < 101; ++i)
        table.count(StepIndex{0}, FailureKind::Check, 200, QString::number(i));
    QCOMPARE(table.take().size(), std::size_t(101));
    QCOMPARE(table.take().size(), std::size_t(0));
}

void FailureTableTest::asksForOneExampleOfAKind()
{
    const auto example = std::make_shared<const FailureExample>(FailureExample{.method = QStringLiteral("GET")});
    FailureTable table;
    QVERIFY(table.count(StepIndex{0}, FailureKind::Status, 500, u"a"));
    table.keepExample(example);
    QVERIFY(!table.count(StepIndex{0}, FailureKind::Status, 500, u"a"));
    QVERIFY(table.count(StepIndex{1}, FailureKind::Status, 500, u"a"));
    const auto failures = table.take();
    QCOMPARE(failures[0].example, example);
    QCOMPARE(failures[0].count, 2u);
    QVERIFY(!failures[1].example); // it was not given
    QVERIFY(!table.count(StepIndex{0}, FailureKind::Status, 500, u"a")); // nor in a later interval
    QVERIFY(!table.take()[0].example);
}

void FailureTableTest::asksForNoMoreExamplesThanItsLimit()
{
    FailureTable table;
    int asked = 0;
    for (int i = 0; i < 150; ++i) {
        asked += table.count(StepIndex{0}, FailureKind::Check, 200, QString::number(i));
        if (i % 10 == 9)
            table.take();
    }
    QCOMPARE(asked, 100);
}

void FailureTableTest::makesHostileTextsPresentable_data()
{
    QTest::addColumn<QString>("hostile");
    QTest::addColumn<QString>("presentable");
    const QString emoji = QString::fromUcs4(U"\U0001F600");
    const QString longest(200, QLatin1Char('x'));
    const QString cut = QString(199, QLatin1Char('x')) + QChar(0x2026);
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("plain text and umlauts stay") << QStringLiteral("Über 1 %") << QStringLiteral("Über 1 %");
    QTest::newRow("terminal escape") << QStringLiteral("a\x1b[2Jb") << QStringLiteral("a\uFFFD[2Jb");
    QTest::newRow("line breaks") << QStringLiteral("a\r\nb\u2028c") << QStringLiteral("a\uFFFD\uFFFDb\uFFFDc");
    QTest::newRow("turned direction") << QStringLiteral("a\u202Eb") << QStringLiteral("a\uFFFDb");
    QTest::newRow("zero character") << QString(QChar(0)) << QStringLiteral("\uFFFD");
    QTest::newRow("pair stays") << emoji << emoji;
    QTest::newRow("half a pair") << emoji.first(1) << QStringLiteral("\uFFFD");
    QTest::newRow("invisible beyond 16 bits") << QString::fromUcs4(U"\U000E0041") << QStringLiteral("\uFFFD");
    QTest::newRow("200 characters stay") << longest << longest;
    QTest::newRow("201 characters are cut") << longest + QLatin1Char('x') << cut;
    QTest::newRow("no half pair at the cut")
        << QString(198, QLatin1Char('x')) + emoji + emoji << QString(198, QLatin1Char('x')) + QChar(0x2026);
}

void FailureTableTest::makesHostileTextsPresentable()
{
    QFETCH(QString, hostile);
    QFETCH(QString, presentable);
    QCOMPARE(presentableMessage(hostile), presentable);
    QVERIFY(presentableMessage(hostile).size() <= 200);
}

QTEST_GUILESS_MAIN(FailureTableTest)
#include "tst_failuretable.moc"
