// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/eventtablemodel.h"

#include "viewfixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Headroom;
using Model = EventTableModel;

class EventTableModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void placesEventsByTheirTime();
    void keepsItsRowsWhenOneIsAdded();
    void saysBeforeOfWhatWasBeforeTheStart();
    void replacesAllEvents();
    void showsHostileTextAsItIs();
};

namespace {

RunEvent note(Nanoseconds at, const char *text) { return {at, QStringLiteral("note"), QString::fromLatin1(text)}; }

QStringList texts(const Model &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all += model.index(row, Model::Text).data().toString();
    return all;
}

} // namespace

void EventTableModelTest::placesEventsByTheirTime()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.add(note(5s, "b"));
    model.add(note(65s, "c"));
    model.add(note(1s, "a"));
    model.add(note(5s, "b too")); // after what was told first
    const QStringList expected{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("b too"), QStringLiteral("c")};
    QCOMPARE(texts(model), expected);
    QCOMPARE(model.index(3, Model::Time).data().toString(), QStringLiteral("1:05"));
    QCOMPARE(model.index(3, Model::Time).data(Qt::UserRole).toLongLong(), 65'000'000'000);
    QCOMPARE(model.index(0, Model::Kind).data().toString(), QStringLiteral("note"));
    QCOMPARE(model.columnCount(), 3);
}

void EventTableModelTest::keepsItsRowsWhenOneIsAdded()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.add(note(5s, "b"));
    const QPersistentModelIndex kept = model.index(0, Model::Text);
    model.add(note(1s, "a"));
    QCOMPARE(kept.row(), 1);
    QCOMPARE(kept.data().toString(), QStringLiteral("b"));
}

void EventTableModelTest::saysBeforeOfWhatWasBeforeTheStart()
{
    Model model;
    model.add(note(0s, "start"));
    model.add(note(-1s, "waits for the target"));
    QCOMPARE(model.index(0, Model::Time).data().toString(), QStringLiteral("before"));
    QCOMPARE(model.index(1, Model::Time).data().toString(), QStringLiteral("0:00"));
    QVERIFY(model.index(0, Model::Time).data(Qt::UserRole).toLongLong() < 0);
}

void EventTableModelTest::replacesAllEvents()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.add(note(1s, "old"));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setEvents({note(3s, "b"), note(2s, "a")});
    QCOMPARE(texts(model), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(reset.size(), 1);
    model.setEvents({note(2s, "a"), note(3s, "b")}); // the same
    QCOMPARE(reset.size(), 1);
    model.setEvents({});
    QCOMPARE(model.rowCount(), 0);
}

void EventTableModelTest::showsHostileTextAsItIs()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.add({1s, hostileText(), hostileText()});
    for (const int column : {Model::Kind, Model::Text}) {
        QVERIFY(!model.index(0, column).data().toString().contains(QChar(0x1b)));
        const QString tip = model.index(0, column).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(QStringLiteral("&lt;b&gt;")));
        QVERIFY(!tip.contains(QStringLiteral("<b>")));
    }
}

QTEST_GUILESS_MAIN(EventTableModelTest)
#include "tst_eventtablemodel.moc"
