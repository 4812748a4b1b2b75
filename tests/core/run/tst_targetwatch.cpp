// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/targetwatch.h"

#include <QTest>

using namespace Headroom;

namespace {

/// A second with so many requests, some of which failed in one way.
MetricsFrame second(int index, std::uint64_t requests, std::uint64_t failed, FailureKind kind, Nanoseconds length = 1s)
{
    MetricsFrame frame;
    frame.second = index;
    frame.length = length;
    frame.steps.resize(1);
    frame.steps[0].counts.requests = requests;
    frame.steps[0].counts.byFailure[std::size_t(kind)] = failed;
    return frame;
}

} // namespace

class TargetWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsOnceThatTheTargetIsAwayAndOnceThatItIsBack();
    void needsAWholeSecondWithoutConnection_data();
    void needsAWholeSecondWithoutConnection();
};

void TargetWatchTest::tellsOnceThatTheTargetIsAwayAndOnceThatItIsBack()
{
    TargetWatch watch;
    QVERIFY(!watch.look(second(0, 10, 0, FailureKind::None)));
    const auto away = watch.look(second(1, 10, 10, FailureKind::ConnectRefused));
    QVERIFY(away);
    QCOMPARE(away->at, 1s);
    QCOMPARE(away->kind, QStringLiteral("target"));
    QVERIFY(away->text.contains(QStringLiteral("away")));
    QVERIFY(!watch.look(second(2, 10, 10, FailureKind::ConnectTimeout)));
    QVERIFY(!watch.look(second(3, 0, 0, FailureKind::None))); // nothing is known of it
    const auto back = watch.look(second(4, 10, 9, FailureKind::Dns));
    QVERIFY(back);
    QCOMPARE(back->at, 4s);
    QVERIFY(back->text.contains(QStringLiteral("back")));
}

void TargetWatchTest::needsAWholeSecondWithoutConnection_data()
{
    QTest::addColumn<std::uint64_t>("requests");
    QTest::addColumn<std::uint64_t>("failed");
    QTest::addColumn<FailureKind>("kind");
    QTest::addColumn<Nanoseconds>("length");
    QTest::addColumn<bool>("isAway");
    const auto row = [](const char *name, std::uint64_t requests, std::uint64_t failed, FailureKind kind,
                        Nanoseconds length,
                        bool isAway) { QTest::newRow(name) << requests << failed << kind << length << isAway; };
    row("all refused", 5, 5, FailureKind::ConnectRefused, 1s, true);
    row("out of ports", 5, 5, FailureKind::Connect, 1s, true);
    row("name unknown", 5, 5, FailureKind::Dns, 1s, true);
    row("one answered", 5, 4, FailureKind::ConnectRefused, 1s, false);
    row("all closed", 5, 5, FailureKind::Closed, 1s, false); // somebody was there
    row("all cut by us", 5, 5, FailureKind::Aborted, 1s, false);
    row("a short last second", 5, 5, FailureKind::ConnectRefused, 200ms, false);
    row("nothing sent", 0, 0, FailureKind::None, 1s, false);
}

void TargetWatchTest::needsAWholeSecondWithoutConnection()
{
    QFETCH(std::uint64_t, requests);
    QFETCH(std::uint64_t, failed);
    QFETCH(FailureKind, kind);
    QFETCH(Nanoseconds, length);
    QFETCH(bool, isAway);
    TargetWatch watch;
    QCOMPARE(watch.look(second(0, requests, failed, kind, length)).has_value(), isAway);
}

QTEST_GUILESS_MAIN(TargetWatchTest)
#include "tst_targetwatch.moc"
