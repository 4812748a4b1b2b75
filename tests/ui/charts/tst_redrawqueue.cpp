// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/redrawqueue.h"

#include <QSignalSpy>
#include <QTest>

using namespace Headroom;
using namespace std::chrono_literals;

class RedrawQueueTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void drawsOnePanelATurn();
    void drawsAPanelWantedTwiceOnce();
    void letsARoundBeginAtOnceAndThenWait();
    void forgetsWhatWasWanted();
};

void RedrawQueueTest::drawsOnePanelATurn()
{
    RedrawQueue queue;
    QList<std::size_t> drawn;
    QList<qsizetype> drawnByTurn; // seen by an event that is posted anew in each turn
    connect(&queue, &RedrawQueue::due, this, [&](std::size_t panel) {
        drawn << panel;
        QMetaObject::invokeMethod(this, [&] { drawnByTurn << drawn.size(); }, Qt::QueuedConnection);
    });
    for (const std::size_t panel : {2U, 0U, 1U})
        queue.want(panel);
    QVERIFY(drawn.isEmpty());
    QTRY_COMPARE(drawnByTurn.size(), 3);
    QCOMPARE(drawn, (QList<std::size_t>{2, 0, 1}));
    QCOMPARE(drawnByTurn, (QList<qsizetype>{1, 2, 3})); // other events had their turn between any two
}

void RedrawQueueTest::drawsAPanelWantedTwiceOnce()
{
    RedrawQueue queue;
    QSignalSpy due(&queue, &RedrawQueue::due);
    queue.want(1);
    queue.want(1);
    QTRY_COMPARE(due.size(), 1);
    QCoreApplication::processEvents();
    QCOMPARE(due.size(), 1);
    queue.want(1); // after it was drawn it may be wanted again
    QTRY_COMPARE(due.size(), 2);
}

void RedrawQueueTest::letsARoundBeginAtOnceAndThenWait()
{
    RedrawQueue queue(24h);
    QSignalSpy rounds(&queue, &RedrawQueue::roundBegins);
    queue.wantRound();
    queue.wantRound();
    QTRY_COMPARE(rounds.size(), 1);
    queue.wantRound(); // a day from now
    for (int i = 0; i < 10; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(rounds.size(), 1);

    RedrawQueue quick(1ms);
    QSignalSpy quickRounds(&quick, &RedrawQueue::roundBegins);
    quick.wantRound();
    QTRY_COMPARE(quickRounds.size(), 1);
    quick.wantRound();
    QTRY_COMPARE(quickRounds.size(), 2);
}

void RedrawQueueTest::forgetsWhatWasWanted()
{
    RedrawQueue queue;
    QSignalSpy due(&queue, &RedrawQueue::due);
    QSignalSpy rounds(&queue, &RedrawQueue::roundBegins);
    queue.want(1);
    queue.wantRound();
    queue.clear();
    for (int i = 0; i < 10; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(due.size(), 0);
    QCOMPARE(rounds.size(), 0);
}

QTEST_GUILESS_MAIN(RedrawQueueTest)
#include "tst_redrawqueue.moc"
