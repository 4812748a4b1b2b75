// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/loadpieces.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

namespace {

MetricsFrame frameAt(int second, int stage, const QString &event = {})
{
    MetricsFrame frame = FrameBuilder(second).stage(stage);
    if (!event.isEmpty())
        frame.events = {{second * Nanoseconds(1s), event, QStringLiteral("something happened")}};
    return frame;
}

} // namespace

class LoadPiecesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachStageIsAPiece();
    void aChangeByHandOrByASearchBeginsAPiece();
    void aPieceBeginsWhenTheLoadChanges();
    void aChangeOfRulesBeginsNone();
    void aRampIsOne();
};

void LoadPiecesTest::eachStageIsAPiece()
{
    LoadPieces pieces;
    const RunFacts facts = exampleFacts();
    const LoadPiece first = pieces.pieceOf(frameAt(0, 0), facts);
    QVERIFY(pieces.pieceOf(frameAt(1, 0), facts) == first);
    const LoadPiece second = pieces.pieceOf(frameAt(2, 1), facts);
    QVERIFY(second != first);
    QVERIFY(!second.isRamp);
    QVERIFY(pieces.pieceOf(frameAt(3, 1), facts) == second);
}

void LoadPiecesTest::aChangeByHandOrByASearchBeginsAPiece()
{
    LoadPieces pieces;
    const RunFacts facts = exampleFacts();
    LoadPiece last = pieces.pieceOf(frameAt(0, 1), facts);
    for (const char *kind : {"steer", "search"}) {
        const LoadPiece next = pieces.pieceOf(frameAt(1, 1, QString::fromLatin1(kind)), facts);
        QVERIFY2(next != last, kind);
        last = next;
    }
    QVERIFY(pieces.pieceOf(frameAt(2, 1, QStringLiteral("note")), facts) == last);
}

void LoadPiecesTest::aPieceBeginsWhenTheLoadChanges()
{
    // Known in second 1, it holds from 2.5 s on; a change of 3.5 s is known with the frame of second 4.
    LoadPieces pieces;
    const RunFacts facts = exampleFacts();
    const LoadPiece first = pieces.pieceOf(frameAt(0, 1), facts);
    MetricsFrame early = frameAt(1, 1);
    early.events = {{2500ms, QStringLiteral("search"), QStringLiteral("probe 1 tries 20/s")}};
    QVERIFY(pieces.pieceOf(early, facts) == first);
    const LoadPiece second = pieces.pieceOf(frameAt(2, 1), facts);
    QVERIFY(second != first);
    QVERIFY(pieces.pieceOf(frameAt(3, 1), facts) == second);
    MetricsFrame late = frameAt(4, 1);
    late.events = {{3500ms, QStringLiteral("steer"), QStringLiteral("rate set to 30/s by hand")}};
    const LoadPiece third = pieces.pieceOf(late, facts);
    QVERIFY(third != second);
    QVERIFY(pieces.pieceOf(frameAt(5, 1), facts) == third);
}

void LoadPiecesTest::aChangeOfRulesBeginsNone()
{
    LoadPieces pieces;
    const RunFacts facts = exampleFacts();
    const LoadPiece first = pieces.pieceOf(frameAt(0, 1), facts);
    QVERIFY(pieces.pieceOf(frameAt(1, 1, QStringLiteral("rule")), facts) == first);
}

void LoadPiecesTest::aRampIsOne()
{
    LoadPieces pieces;
    RunFacts facts = exampleFacts();
    facts.stages[1].to = 2.0 * facts.stages[1].from;
    QVERIFY(pieces.pieceOf(frameAt(0, 1), facts).isRamp);
    QVERIFY(!pieces.pieceOf(frameAt(1, 7), facts).isRamp); // of no stage
    QVERIFY(!pieces.pieceOf(frameAt(2, -1), facts).isRamp);
}

QTEST_GUILESS_MAIN(LoadPiecesTest)
#include "tst_loadpieces.moc"
