// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/problemlistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Headroom;

namespace {

Diagnostics twoProblems()
{
    return {{Diagnostic::Severity::Error, {{2, 10}, {2, 12}}, QStringLiteral("write <b>")},
            {Diagnostic::Severity::Warning, {{10, 2}, {10, 3}}, QStringLiteral("few samples")}};
}

} // namespace

class ProblemListModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsSeverityPlaceAndText();
    void sortsPlacesByNumberNotByText();
    void replacesAll();
    void recoloursWithTheTheme();
    void givesToolTipsThatAreNoMarkup();
};

void ProblemListModelTest::showsSeverityPlaceAndText()
{
    ProblemListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setDiagnostics(twoProblems());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, ProblemListModel::Severity).data().toString(), QStringLiteral("Error"));
    QCOMPARE(model.index(1, ProblemListModel::Severity).data().toString(), QStringLiteral("Warning"));
    QCOMPARE(model.index(0, ProblemListModel::Place).data().toString(), QStringLiteral("2:10"));
    QCOMPARE(model.index(1, ProblemListModel::Text).data().toString(), QStringLiteral("few samples"));
    QCOMPARE(model.index(1, ProblemListModel::Place).data(ProblemListModel::IndexRole).toInt(), 1);
    for (int column = 0; column < model.columnCount(); ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
}

void ProblemListModelTest::sortsPlacesByNumberNotByText()
{
    ProblemListModel model;
    model.setDiagnostics(twoProblems());
    const auto order = [&model](int row, int column) {
        return model.index(row, column).data(ProblemListModel::OrderRole).toLongLong();
    };
    QVERIFY(order(0, ProblemListModel::Place) < order(1, ProblemListModel::Place)); // "10:2" < "2:10" as text
    QVERIFY(order(0, ProblemListModel::Severity) < order(1, ProblemListModel::Severity));
}

void ProblemListModelTest::replacesAll()
{
    ProblemListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setDiagnostics(twoProblems());
    model.setDiagnostics({twoProblems()[1]});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, ProblemListModel::Text).data().toString(), QStringLiteral("few samples"));
    model.setDiagnostics({});
    QCOMPARE(model.rowCount(), 0);
}

void ProblemListModelTest::recoloursWithTheTheme()
{
    ProblemListModel model;
    model.setDiagnostics(twoProblems());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    Theme theme;
    theme.bad = Qt::red;
    theme.warning = Qt::yellow;
    model.setTheme(theme);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(model.index(0, 0).data(Qt::ForegroundRole).value<QColor>(), QColor(Qt::red));
    QCOMPARE(model.index(1, 0).data(Qt::ForegroundRole).value<QColor>(), QColor(Qt::yellow));
}

void ProblemListModelTest::givesToolTipsThatAreNoMarkup()
{
    ProblemListModel model;
    model.setDiagnostics(twoProblems());
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("write &lt;b&gt;")));
}

QTEST_GUILESS_MAIN(ProblemListModelTest)
#include "tst_problemlistmodel.moc"
