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
