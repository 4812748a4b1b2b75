// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/failuretablemodel.h"

#include "ui/run/failurepanel.h"
#include "ui/widgets/copytable.h"
#include "viewfixture.h"

#include <QAbstractItemModelTester>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Headroom;
using Model = FailureTableModel;
using Failure = ReportModel::Failure;

class FailureTableModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsOneRowAFailure();
    void showsDashesForWhatThereIsNot();
    void rowsKeepTheirIndexWhenOthersBecomeMoreFrequent();
    void rowsComeAndGo();
    void tellsRowsApartThatLookTheSame();
    void beginsAnewWithANewRun();
    void holdsOneExampleAsPlainText();
    void saysHowMuchOfTheBodyIsMissing();
    void showsHostileTextAsItIs();
    void panelShowsTheExampleOfTheCurrentRow();
};

namespace {

const RunFactsPtr &facts()
{
    static const RunFactsPtr shared = viewFacts();
    return shared;
}

RunViewPtr viewWith(std::vector<Failure> failures)
{
    RunView view = exampleView(facts());
    view.failures = std::move(failures);
    return shared(view);
}

Failure failure(const char *message, std::uint64_t count)
{
    return {QStringLiteral("retrieve"), FailureKind::Status, 500, QString::fromLatin1(message), count, 5, 65};
}

QStringList messages(const Model &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all += textAt(model, row, Model::Message);
    return all;
}

Failure failureWith(FailureExample example)
{
    Failure result = failure("status 500 is not expected", 3);
    result.example = std::make_shared<const FailureExample>(std::move(example));
    return result;
}

QString exampleIn(const Model &model, int row) { return model.index(row, 0).data(Model::ExampleRole).toString(); }

} // namespace

void FailureTableModelTest::showsOneRowAFailure()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 0);
    model.setView(viewWith({failure("status 500 is not expected", 1234)}));
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells += textAt(model, 0, column);
    const QStringList expected{QStringLiteral("retrieve"), QStringLiteral("status"),
                               QStringLiteral("500"),      QStringLiteral("status 500 is not expected"),
                               QStringLiteral("1,234"),    QStringLiteral("0:05"),
                               QStringLiteral("1:05")};
    QCOMPARE(cells, expected);
    QCOMPARE(model.index(0, Model::Count).data(Qt::UserRole).toULongLong(), 1234u);
    QCOMPARE(model.index(0, Model::Last).data(Qt::UserRole).toInt(), 65);
    QCOMPARE(model.index(0, Model::Count).data(Qt::TextAlignmentRole).value<Qt::Alignment>(),
             Qt::AlignVCenter | Qt::AlignRight);
    QVERIFY(exampleIn(model, 0).isEmpty());
}

void FailureTableModelTest::showsDashesForWhatThereIsNot()
{
    Model model;
    model.setView(
        viewWith({{QString(), FailureKind::ConnectRefused, 0, QStringLiteral("connection refused"), 1, 0, 0}}));
    QCOMPARE(textAt(model, 0, Model::Step), QStringLiteral("–"));
    QCOMPARE(textAt(model, 0, Model::Status), QStringLiteral("–"));
    QCOMPARE(textAt(model, 0, Model::Kind), QStringLiteral("connect_refused"));
    QVERIFY(model.index(0, Model::Kind).data(Qt::ToolTipRole).toString().size() > 15);
}

void FailureTableModelTest::rowsKeepTheirIndexWhenOthersBecomeMoreFrequent()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.setView(viewWith({failure("a", 9), failure("b", 5), failure("c", 2)}));
    const QPersistentModelIndex a = model.index(0, Model::Count);
    const QPersistentModelIndex c = model.index(2, Model::Count);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setView(viewWith({failure("c", 20), failure("a", 10), failure("b", 5)}));
    QCOMPARE(messages(model), QStringList({QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(reset.size(), 0);
    QCOMPARE(a.row(), 1);
    QCOMPARE(a.data().toString(), QStringLiteral("10"));
    QCOMPARE(c.row(), 0);
    QCOMPARE(c.data().toString(), QStringLiteral("20"));
}

void FailureTableModelTest::rowsComeAndGo()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.setView(viewWith({failure("a", 9), failure("b", 5), failure("c", 2)}));
    const QPersistentModelIndex b = model.index(1, Model::Count);
    const QPersistentModelIndex c = model.index(2, Model::Count);
    // "a" is gone, "d" and "e" are new, "b" and "c" have changed places.
    model.setView(viewWith({failure("d", 30), failure("c", 20), failure("e", 10), failure("b", 5)}));
    QCOMPARE(messages(model),
             QStringList({QStringLiteral("d"), QStringLiteral("c"), QStringLiteral("e"), QStringLiteral("b")}));
    QCOMPARE(b.row(), 3);
    QCOMPARE(c.row(), 1);
    model.setView(viewWith({}));
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!b.isValid());
}

void FailureTableModelTest::tellsRowsApartThatLookTheSame()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    // Two steps may share a name.
    model.setView(viewWith({failure("a", 9), failure("a", 5)}));
    const QPersistentModelIndex second = model.index(1, Model::Count);
    model.setView(viewWith({failure("b", 10), failure("a", 9), failure("a", 6)}));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(second.row(), 2);
    QCOMPARE(second.data().toString(), QStringLiteral("6"));
}

void FailureTableModelTest::beginsAnewWithANewRun()
{
    Model model;
    model.setView(viewWith({failure("a", 9)}));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setView(shared(exampleView(viewFacts())));
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.rowCount(), 0);
    model.setView({});
    QCOMPARE(reset.size(), 2);
}

void FailureTableModelTest::holdsOneExampleAsPlainText()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    const QByteArray body("{\r\n\t\"error\": \"<b>full</b>\"\r\n}");
    model.setView(viewWith({failureWith({QStringLiteral("POST"), QStringLiteral("http://127.0.0.1:8080/retrieve"),
                                         QStringLiteral("application/json"), body, std::uint64_t(body.size())})}));
    QCOMPARE(exampleIn(model, 0),
             QStringLiteral("POST http://127.0.0.1:8080/retrieve\napplication/json\n\n"
                            "{\n\t\"error\": \"<b>full</b>\"\n}"));
    QVERIFY(model.index(0, Model::Message)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("POST http://127.0.0.1:8080/retrieve")));
}

void FailureTableModelTest::saysHowMuchOfTheBodyIsMissing()
{
    Model model;
    const FailureExample cut{QStringLiteral("GET"), QStringLiteral("http://x/"), QString(), "abc", 3072};
    const FailureExample empty{QStringLiteral("GET"), QStringLiteral("http://x/"), QString(), {}, 0};
    const FailureExample unkept{QStringLiteral("GET"), QStringLiteral("http://x/"), QString(), {}, 3072, QStringLiteral("found '8'")};
    model.setView(viewWith({failureWith(cut), failureWith(empty), failureWith(unkept)}));
    QCOMPARE(exampleIn(model, 0), QStringLiteral("GET http://x/\n\nabc\n(the first 3 B of 3.0 KiB)"));
    QCOMPARE(exampleIn(model, 1), QStringLiteral("GET http://x/\n\n(empty body)"));
    QCOMPARE(exampleIn(model, 2), QStringLiteral("GET http://x/\nfound '8'\n\n(the body of 3.0 KiB was not kept)"));
}

void FailureTableModelTest::showsHostileTextAsItIs()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    const QByteArray body = hostileText().toUtf8() + "\xff\xfe\0z"; // and what is no UTF-8
    Failure hostile = failureWith(
        {QStringLiteral("GET"), QString(50'000, QLatin1Char('x')), hostileText(), body, std::uint64_t(body.size())});
    hostile.message = QString(100'000, QLatin1Char('y'));
    hostile.step = hostileText();
    model.setView(viewWith({hostile}));
    QCOMPARE(textAt(model, 0, Model::Message).size(), 500);
    QVERIFY(!textAt(model, 0, Model::Step).contains(QLatin1Char('\n')));
    const QString example = exampleIn(model, 0);
    QVERIFY(example.size() < 1500);
    for (const QChar forbidden : {QChar(0x1b), QChar(0x202e), QChar(0)})
        QVERIFY(!example.contains(forbidden));
    QVERIFY(example.contains(QStringLiteral("<b>x</b>"))); // to read, in a plain text widget
    for (int column = 0; column < model.columnCount(); ++column) {
        const QString tip = model.index(0, column).data(Qt::ToolTipRole).toString();
        QVERIFY(!tip.contains(QStringLiteral("<img")));
        QVERIFY(!tip.contains(QStringLiteral("<b>")));
    }
}

void FailureTableModelTest::panelShowsTheExampleOfTheCurrentRow()
{
    Model model;
    model.setView(viewWith(
        {failure("a", 9), failureWith({QStringLiteral("GET"), QStringLiteral("http://x/"), QString(), "body", 4})}));
    FailurePanel panel(&model);
    const auto *shown = panel.findChild<QPlainTextEdit *>(QStringLiteral("failureExample"));
    QVERIFY(shown->isReadOnly());
    QVERIFY(!shown->accessibleName().isEmpty());
    QCOMPARE(shown->toPlainText(), QString());
    panel.table()->selectRow(1);
    QCOMPARE(shown->toPlainText(), QStringLiteral("GET http://x/\n\nbody"));
    panel.table()->selectRow(0);
    QCOMPARE(shown->toPlainText(), QStringLiteral("No example was kept of this failure."));
    model.setView({});
    QCOMPARE(shown->toPlainText(), QString());
}

QTEST_MAIN(FailureTableModelTest)
#include "tst_failuretablemodel.moc"
