// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenariochecker.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <memory>

using namespace Headroom;

namespace {

/// A check that stands still until it is let go; it answers with the text it was given.
struct Gate
{
    QSemaphore entered;
    QSemaphore mayLeave;
    std::atomic<int> count = 0;

    ScenarioChecker::Check check()
    {
        return [this](const QByteArray &text) -> Diagnostics {
            ++count;
            entered.release();
            mayLeave.acquire();
            return {{Diagnostic::Severity::Error, {}, QString::fromUtf8(text)}};
        };
    }
};

QString answerOf(const QSignalSpy &checked, int index)
{
    return checked[index].first().value<Diagnostics>().at(0).message;
}

} // namespace

class ScenarioCheckerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void checksOnceAfterManyChanges();
    void dropsTheAnswerForAnOlderText();
    void skipsTheTextsThatCameDuringALongCheck();
    void endsWhileACheckIsOn();
    void saysWhatARunWouldSay();
};

void ScenarioCheckerTest::checksOnceAfterManyChanges()
{
    QByteArray text("a");
    int asked = 0;
    const auto source = [&] {
        ++asked;
        return text;
    };
    ScenarioChecker checker(source, [](const QByteArray &bytes) -> Diagnostics {
        return {{Diagnostic::Severity::Error, {}, QString::fromUtf8(bytes)}};
    });
    QSignalSpy checked(&checker, &ScenarioChecker::checked);
    QVERIFY(!checker.isChecking());
    for (const char *typed : {"ab", "abc", "abcd"}) {
        text = typed;
        checker.checkSoon();
        QVERIFY(checker.isChecking());
    }
    QTRY_COMPARE(checked.count(), 1);
    QCOMPARE(answerOf(checked, 0), QStringLiteral("abcd"));
    QCOMPARE(asked, 1);
    QVERIFY(!checker.isChecking());
}

void ScenarioCheckerTest::dropsTheAnswerForAnOlderText()
{
    Gate gate;
    QByteArray text("old");
    ScenarioChecker checker([&] { return text; }, gate.check());
    QSignalSpy checked(&checker, &ScenarioChecker::checked);
    checker.checkNow();
    gate.entered.acquire();
    text = "new";
    checker.checkSoon();
    gate.mayLeave.release(2);
    QTRY_COMPARE(checked.count(), 1);
    QCOMPARE(answerOf(checked, 0), QStringLiteral("new"));
    QCOMPARE(gate.count, 2);
}

void ScenarioCheckerTest::skipsTheTextsThatCameDuringALongCheck()
{
    Gate gate;
    QByteArray text("1");
    ScenarioChecker checker([&] { return text; }, gate.check());
    QSignalSpy checked(&checker, &ScenarioChecker::checked);
    checker.checkNow();
    gate.entered.acquire();
    for (const char *typed : {"2", "3", "4"}) {
        text = typed;
        checker.checkNow(); // its pause is over, too
    }
    QVERIFY(checker.isChecking());
    gate.mayLeave.release(4);
    QTRY_COMPARE(checked.count(), 1);
    QCOMPARE(answerOf(checked, 0), QStringLiteral("4"));
    QCOMPARE(gate.count, 2); // "1" and "4"
}

void ScenarioCheckerTest::endsWhileACheckIsOn()
{
    Gate gate;
    auto checker = std::make_unique<ScenarioChecker>([] { return QByteArray("x"); }, gate.check());
    QSignalSpy checked(checker.get(), &ScenarioChecker::checked);
    checker->checkNow();
    gate.entered.acquire();
    checker->checkNow();
    gate.mayLeave.release();
    checker.reset();
    QCOMPARE(gate.count, 1); // what waited is not begun
    QCoreApplication::processEvents();
    QCOMPARE(checked.count(), 0);
}

void ScenarioCheckerTest::saysWhatARunWouldSay()
{
    const Diagnostics found = ScenarioChecker::checkScenario("headroom: 1\nnam: x\n");
    QVERIFY(hasErrors(found));
    QCOMPARE(found[0].range.start.line, 1); // what is missing in the whole comes first
    QVERIFY(!ScenarioChecker::checkScenario(QByteArray(5'000'000, 'x')).empty()); // above the reader's 4 MiB
}

QTEST_GUILESS_MAIN(ScenarioCheckerTest)
#include "tst_scenariochecker.moc"
