// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stacks/flameboxes.h"
#include "core/stacks/perffolder.h"

#include <QTest>

using namespace Headroom;

namespace {

/// "name total self", with as many blanks in front as there are callers.
QStringList outline(const StackTree &tree)
{
    QStringList lines;
    for (int node = 1; node < int(tree.nodes().size()); ++node) {
        const StackTree::Node &one = tree.node(node);
        lines << QString(one.level - 1, u' ')
                + QStringLiteral("%1 %2 %3").arg(tree.nameOf(node)).arg(one.total).arg(one.self);
    }
    return lines;
}

QByteArray folded(const QByteArray &script)
{
    PerfFolder folder;
    folder.feed(script);
    return folder.takeFolded();
}

const QByteArray kStacks = "main;work;sort 3\n"
                           "main;idle 1\n"
                           "main;work;read 2\n"
                           "main;work 4\n";

} // namespace

/// Folded stacks as a tree, the tree as boxes, and what perf writes as folded stacks.
class StacksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsStacksUpAsATree();
    void leavesOutLinesThatAreNoStack_data();
    void leavesOutLinesThatAreNoStack();
    void tellsWhetherATextIsFolded();
    void staysWithinItsLimits();
    void findsTheHottestAndCountsRecursionOnce();
    void laysBoxesOutByTheirShares();
    void laysOutOneFunctionWithItsCallers();
    void leavesOutBoxesThatAreTooNarrow();
    void searchesWithoutCountingASampleTwice();
    void foldsWhatPerfWrites_data();
    void foldsWhatPerfWrites();
    void foldsTheSameWhateverThePieces();
    void boundsWhatPerfWrites();
};

void StacksTest::addsStacksUpAsATree()
{
    const StackTree tree = StackTree::parse(kStacks);
    QCOMPARE(outline(tree),
             QStringList({QStringLiteral("main 10 0"), QStringLiteral(" idle 1 1"), QStringLiteral(" work 9 4"),
                          QStringLiteral("  read 2 2"), QStringLiteral("  sort 3 3")}));
    QCOMPARE(tree.samples(), 10u);
    QCOMPARE(tree.levels(), 3);
    QCOMPARE(tree.node(0).end, 6);
    QCOMPARE(tree.node(2).end, 3); // idle called nothing
    QCOMPARE(tree.node(3).end, 6);
    QCOMPARE(tree.node(4).parent, 3);
    QCOMPARE(tree.shareOf(3), 0.9);
    QVERIFY(StackTree().isEmpty());
    QVERIFY(StackTree::parse({}).isEmpty());
    QCOMPARE(StackTree::parse("main;work 2\r\n;main;;work; 1\n").node(2).total,
             3u); // as other systems and tools write it
}

void StacksTest::leavesOutLinesThatAreNoStack_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint64>("skipped");
    QTest::addColumn<QStringList>("left");
    const QStringList one{QStringLiteral("a 1 1")};
    QTest::newRow("no count") << QByteArray("a;b\na 1\n") << quint64(1) << one;
    QTest::newRow("a count alone") << QByteArray("42\na 1\n") << quint64(1) << one;
    QTest::newRow("negative") << QByteArray("a -1\na 1\n") << quint64(1) << one;
    QTest::newRow("a fraction") << QByteArray("a 1.5\na 1\n") << quint64(1) << one;
    QTest::newRow("none at all") << QByteArray("a 0\na 1\n") << quint64(0) << one;
    QTest::newRow("beyond 64 bits") << QByteArray("a 99999999999999999999\na 1\n") << quint64(1) << one;
    QTest::newRow("beyond what a double holds") << QByteArray("a 9007199254740993\na 1\n") << quint64(1) << one;
    QTest::newRow("together beyond it") << QByteArray("a 1\na 9007199254740992\n") << quint64(1) << one;
    QTest::newRow("blanks") << QByteArray("   \n\n\ta 1 \n") << quint64(0) << one;
    QTest::newRow("blanks in a name") << QByteArray("operator new(unsigned long) 1\n") << quint64(0)
                                      << QStringList{QStringLiteral("operator new(unsigned long) 1 1")};
    QTest::newRow("not UTF-8") << QByteArray("a\xff\x01 1\n") << quint64(0)
                               << QStringList{QStringLiteral(u"a\uFFFD\uFFFD 1 1")};
}

void StacksTest::leavesOutLinesThatAreNoStack()
{
    QFETCH(QByteArray, text);
    const StackTree tree = StackTree::parse(text);
    QTEST(quint64(tree.skippedLines()), "skipped");
    QTEST(outline(tree), "left");
}

void StacksTest::tellsWhetherATextIsFolded()
{
    QCOMPARE(StackTree::samplesIn(kStacks), std::optional<std::uint64_t>(10));
    QCOMPARE(StackTree::samplesIn("main;work 5\nsomething else\n"), std::nullopt);
    QCOMPARE(StackTree::samplesIn({}), std::nullopt);
    QCOMPARE(StackTree::samplesIn("main 0\n"), std::nullopt);
}

void StacksTest::staysWithinItsLimits()
{
    const QByteArray deep = QByteArray("f;").repeated(2'000) + "g 7\n";
    const StackTree tree = StackTree::parse(deep);
    QVERIFY(tree.isCut());
    QCOMPARE(tree.levels(), StackTree::kMostLevels);
    QCOMPARE(tree.nodes().back().self, 7u);
    QByteArray broad;
    for (int i = 0; i < StackTree::kMostNodes + 10; ++i)
        broad += "f" + QByteArray::number(i) + " 1\n";
    const StackTree many = StackTree::parse(broad);
    QVERIFY(many.isCut());
    QCOMPARE(int(many.nodes().size()), StackTree::kMostNodes);
    QCOMPARE(many.samples(), std::uint64_t(StackTree::kMostNodes + 10));
    QCOMPARE(many.node(0).self, 11u); // the root is a node as well
    const StackTree wordy = StackTree::parse(QByteArray(100'000, 'x') + " 1\n");
    QCOMPARE(wordy.nameOf(1).size(), StackTree::kLongestName);
}

void StacksTest::findsTheHottestAndCountsRecursionOnce()
{
    const StackTree tree = StackTree::parse("main;walk;walk;walk 3\nmain;walk;leaf 2\nmain;leaf 2\n");
    const auto hottest = tree.hottest(5);
    QCOMPARE(hottest.size(), 2u); // main has no samples of its own
    QCOMPARE(hottest[0].name, QStringLiteral("leaf")); // 4 before 3
    QCOMPARE(hottest[0].self, 4u);
    QCOMPARE(hottest[1].name, QStringLiteral("walk"));
    QCOMPARE(hottest[1].self, 3u);
    QCOMPARE(hottest[1].total, 5u);
    QCOMPARE(tree.hottest(1).size(), 1u);
}

void StacksTest::laysBoxesOutByTheirShares()
{
    const StackTree tree = StackTree::parse(kStacks);
    const auto boxes = flameBoxes(tree, 0, 0.0);
    QCOMPARE(boxes.size(), 6u);
    QStringList shown;
    for (const FlameBox &box : boxes)
        shown << QStringLiteral("%1:%2 %3+%4").arg(box.level).arg(tree.nameOf(box.node)).arg(box.left).arg(box.breadth);
    QCOMPARE(shown,
             QStringList({QStringLiteral("0: 0+1"), QStringLiteral("1:main 0+1"), QStringLiteral("2:idle 0+0.1"),
                          QStringLiteral("2:work 0.1+0.9"), QStringLiteral("3:read 0.1+0.2"),
                          QStringLiteral("3:sort 0.3+0.3")}));
    QCOMPARE(flameBoxes(StackTree(), 0, 0.0).size(), 1u);
}

void StacksTest::laysOutOneFunctionWithItsCallers()
{
    const StackTree tree = StackTree::parse(kStacks);
    const auto boxes = flameBoxes(tree, 3, 0.0); // work: 9 samples
    QCOMPARE(boxes.size(), 5u);
    QCOMPARE(boxes[1].node, 1);
    QCOMPARE(boxes[2].node, 3);
    QCOMPARE(boxes[2].breadth, 1.0);
    QCOMPARE(boxes[3].breadth, 2.0 / 9.0);
    QCOMPARE(boxes[4].left, 2.0 / 9.0);
}

void StacksTest::leavesOutBoxesThatAreTooNarrow()
{
    const StackTree tree = StackTree::parse(kStacks);
    const auto boxes = flameBoxes(tree, 0, 0.25); // idle (0.1) and read (0.2) go
    QCOMPARE(boxes.size(), 4u);
    QCOMPARE(tree.nameOf(boxes[3].node), QStringLiteral("sort"));
    QCOMPARE(boxes[3].left, 0.3); // they leave their room behind
}

void StacksTest::searchesWithoutCountingASampleTwice()
{
    const StackTree tree = StackTree::parse("main;work;Work again 3\nmain;idle 1\nother;work 2\n");
    const FlameSearch search = searchFlame(tree, QStringLiteral("WORK"));
    QCOMPARE(search.samples, 5u); // of the first stack once, although two of its functions have it
    QCOMPARE(std::ranges::count(search.isFound, true), 3);
    QCOMPARE(searchFlame(tree, QStringLiteral("nothing")).samples, 0u);
    QVERIFY(searchFlame(tree, {}).isFound.empty());
    QVERIFY(isKernelFunction(QStringLiteral("do_syscall_64_[k]")));
    QVERIFY(!isKernelFunction(QStringLiteral("main")));
    QCOMPARE(flameShade(QStringLiteral("main")), flameShade(QStringLiteral("main")));
}

void StacksTest::foldsWhatPerfWrites_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("expected");
    // As perf 6.12 writes it with --fields comm,tid,ip,sym,dso.
    QTest::newRow("asked for") << QByteArray("bash   32038 \n"
                                             "\t    55f9fde469e2 print_simple_command (/usr/bin/bash)\n"
                                             "\t    55fa21728a80 [unknown] ([unknown])\n"
                                             "\n"
                                             "bash   32038 \n"
                                             "\t    7f06670598d0 malloc (/usr/lib/x86_64-linux-gnu/libc.so.6)\n"
                                             "\n"
                                             "bash   32038 \n"
                                             "\t    7f06670598d0 malloc (/usr/lib/x86_64-linux-gnu/libc.so.6)\n"
                                             "\n")
                               << QByteArray("bash;[unknown];print_simple_command 1\nbash;malloc 2\n");
    QTest::newRow("default fields") << QByteArray("Worker 3 12/14 [003] 67904.137332:   10101010 task-clock:ppp: \n"
                                                  "\tffffffff81000010 do_syscall_64+0x5c ([kernel.kallsyms])\n"
                                                  "\t    7f0667059 operator()(int) const+0x1c (/opt/a b/server)\n"
                                                  "\t    7f0667050 [unknown] (/opt/lib/libx.so.1 (deleted))\n"
                                                  "\n")
                                    << QByteArray("Worker 3;[libx.so.1];operator()(int) const;do_syscall_64_[k] 1\n");
    QTest::newRow("inlined, semicolons and a module")
        << QByteArray("a;b 1 \n"
                      "\t                 std::sort<a;b> (inlined)\n"
                      "\t    7f0667050 read (/lib/modules/6.12/xfs.ko.xz)\n\n")
        << QByteArray("a:b;read_[k];std::sort<a:b> 1\n");
    QTest::newRow("unknown ones in a row are one") << QByteArray("x 1 \n\t1 f (/x)\n\t0 [unknown] ([unknown])\n"
                                                                 "\t0 [unknown] ([unknown])\n\n")
                                                   << QByteArray("x;[unknown];f 1\n");
    QTest::newRow("no stack") << QByteArray("x 1 \n\ny 2 \n") << QByteArray("x 1\ny 1\n");
    QTest::newRow("a header and no end") << QByteArray("# cmdline : perf record\nx 1 \n\t1 f (/x)")
                                         << QByteArray("x;f 1\n");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("frames of nobody") << QByteArray("\t1 f (/x)\n\n\n") << QByteArray("1 f (/x) 1\n");
}

void StacksTest::foldsWhatPerfWrites()
{
    QFETCH(QByteArray, script);
    QTEST(folded(script), "expected");
}

void StacksTest::foldsTheSameWhateverThePieces()
{
    const QByteArray script = "bash 1 \n\t1 f (/x)\n\t2 g (/x)\n\nbash 1 \n\t1 f (/x)\n\n";
    PerfFolder folder;
    for (const char letter : script)
        folder.feed(QByteArrayView(&letter, 1));
    QCOMPARE(folder.takeFolded(), QByteArray("bash;f 1\nbash;g;f 1\n"));
    QCOMPARE(folder.samples(), 2u);
}

void StacksTest::boundsWhatPerfWrites()
{
    PerfFolder deep;
    deep.feed("x 1 \n");
    for (int i = 0; i < 5'000; ++i)
        deep.feed("\t1 f" + QByteArray::number(i) + " (/x)\n");
    QCOMPARE(deep.takeFolded().count(';'), qsizetype(PerfFolder::kMostFrames));
    PerfFolder wordy;
    wordy.feed("x 1 \n\t1 ");
    for (int i = 0; i < 100; ++i)
        wordy.feed(QByteArray(100'000, 'y'));
    wordy.feed("\n\n");
    QVERIFY(wordy.takeFolded().size() < 2'000);
    PerfFolder many; // 1,100 bytes each: 32 MiB hold 29,000 and some
    for (int i = 0; i < 40'000; ++i)
        many.feed("x 1 \n\t1 f" + QByteArray::number(i) + QByteArray(1'000, 'z') + "\n\n");
    QCOMPARE(many.samples(), 40'000u);
    QVERIFY(many.leftOut() > 0);
    QVERIFY(many.takeFolded().size() <= PerfFolder::kMostStackBytes);
}

QTEST_GUILESS_MAIN(StacksTest)
#include "tst_stacks.moc"
