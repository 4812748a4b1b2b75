// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/slowtablemodel.h"

#include "viewfixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Headroom;
using Model = SlowTableModel;
using Slow = ReportModel::SlowRequest;

class SlowTableModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsOneRowAnExchange();
    void saysWhyThereIsNoStatus();
    void tellsWhatTheTimeIsMadeOf();
    void keepsRowsThatStay();
    void beginsAnewWithANewRun();
    void takesEqualRows();
    void showsHostileTextAsItIs();
};

namespace {

const RunFactsPtr &facts()
{
    static const RunFactsPtr shared = viewFacts();
    return shared;
}

RunViewPtr viewWith(std::vector<Slow> slowest)
{
    RunView view = exampleView(facts());
    view.slowest = std::move(slowest);
    return shared(view);
}

/// Sent 5 ms late, its first byte 10 ms before its end.
Slow slow(std::chrono::seconds at, std::chrono::milliseconds service)
{
    Slow slow{QStringLiteral("retrieve"), {}};
    slow.exchange.sample.planned = at;
    slow.exchange.sample.sent = 5ms;
    slow.exchange.sample.firstByte = service - 10ms;
    slow.exchange.sample.finished = service;
    slow.exchange.sample.status = 200;
    slow.exchange.sample.bytesIn = 2048;
    slow.exchange.method = QStringLiteral("POST");
    slow.exchange.url = QStringLiteral("http://127.0.0.1:8080/retrieve");
    return slow;
}

QStringList times(const Model &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all += textAt(model, row, Model::Time);
    return all;
}

} // namespace

void SlowTableModelTest::showsOneRowAnExchange()
{
    Model model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setView(viewWith({slow(83s, 495ms), slow(7s, 200ms)}));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(textAt(model, 0, Model::Time), QStringLiteral("1:23"));
    QCOMPARE(textAt(model, 0, Model::Step), QStringLiteral("retrieve"));
    QCOMPARE(textAt(model, 0, Model::Response), QStringLiteral("500 ms")); // 5 ms late and 495 ms of service
    QCOMPARE(textAt(model, 0, Model::FirstByte), QStringLiteral("485 ms")); // 10 ms before its end
    QCOMPARE(textAt(model, 0, Model::Service), QStringLiteral("495 ms"));
    QCOMPARE(textAt(model, 0, Model::Lag), QStringLiteral("5.00 ms"));
    QCOMPARE(textAt(model, 0, Model::Status), QStringLiteral("200"));
    QCOMPARE(textAt(model, 0, Model::Url), QStringLiteral("POST http://127.0.0.1:8080/retrieve"));
    QCOMPARE(model.index(0, Model::Response).data(Qt::UserRole).toLongLong(), 500'000'000);
    model.setView(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void SlowTableModelTest::saysWhyThereIsNoStatus()
{
    Slow unanswered = slow(7s, 30s);
    unanswered.exchange.sample.status = 0;
    unanswered.exchange.sample.failure = FailureKind::Timeout;
    Model model;
    model.setView(viewWith({unanswered}));
    QCOMPARE(textAt(model, 0, Model::Status), QString(failureKindName(FailureKind::Timeout)));
}

void SlowTableModelTest::tellsWhatTheTimeIsMadeOf()
{
    Slow opened = slow(7s, 200ms);
    opened.exchange.opening = ConnectionOpening{1ms, 2ms, 3ms, false};
    Model model;
    model.setView(viewWith({opened}));
    const QString tip = model.index(0, Model::Service).data(Qt::ToolTipRole).toString();
    for (const char *part : {"waited to be sent: 5.00 ms", "wait for the first byte: 190 ms", "transfer: 10.0 ms",
                             "name 1.00 ms, connect 2.00 ms, TLS 3.00 ms", "2.0 KiB received"})
        QVERIFY2(tip.contains(QLatin1String(part)), qPrintable(tip));
}

void SlowTableModelTest::keepsRowsThatStay()
{
    Model model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setView(viewWith({slow(1s, 400ms), slow(2s, 300ms), slow(3s, 200ms)}));
    const QPersistentModelIndex kept = model.index(2, Model::Time);
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setView(viewWith({slow(4s, 500ms), slow(1s, 400ms), slow(5s, 250ms), slow(3s, 200ms)}));
    QCOMPARE(
        times(model),
        (QStringList{QStringLiteral("0:04"), QStringLiteral("0:01"), QStringLiteral("0:05"), QStringLiteral("0:03")}));
    QCOMPARE(kept.row(), 3);
    QCOMPARE(reset.size(), 0);
}

void SlowTableModelTest::beginsAnewWithANewRun()
{
    Model model;
    model.setView(viewWith({slow(1s, 400ms)}));
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    RunView other = exampleView(viewFacts());
    other.slowest = {slow(1s, 400ms)};
    model.setView(shared(other));
    QCOMPARE(reset.size(), 1);
}

void SlowTableModelTest::takesEqualRows()
{
    Model model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setView(viewWith({slow(1s, 400ms), slow(1s, 400ms)}));
    model.setView(viewWith({slow(1s, 400ms)}));
    QCOMPARE(model.rowCount(), 1);
    model.setView(viewWith({slow(1s, 400ms), slow(1s, 400ms), slow(1s, 400ms)}));
    QCOMPARE(model.rowCount(), 3);
}

void SlowTableModelTest::showsHostileTextAsItIs()
{
    Slow hostile = slow(1s, 400ms);
    hostile.step = hostile.exchange.url = hostileText();
    Model model;
    model.setView(viewWith({hostile}));
    for (const int column : {Model::Step, Model::Url}) {
        QVERIFY(textAt(model, 0, column).contains(QStringLiteral("<b>x</b>")));
        QVERIFY(!textAt(model, 0, column).contains(QChar(0x1b)));
        QVERIFY(!textAt(model, 0, column).contains(QChar(0x202e)));
        QVERIFY(
            !model.index(0, column).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<b>x</b>"))); // escaped
    }
}

QTEST_MAIN(SlowTableModelTest)
#include "tst_slowtablemodel.moc"
