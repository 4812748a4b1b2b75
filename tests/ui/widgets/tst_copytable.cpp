// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/copytable.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTest>

using namespace Headroom;

namespace {

QStandardItem *cell(const QString &text, const QVariant &order)
{
    auto *item = new QStandardItem(text);
    item->setData(order, Qt::UserRole);
    return item;
}

/// Shown as text that would sort wrongly: "9 ms" stands behind "10 s" in the alphabet.
void fill(QStandardItemModel &model)
{
    model.setHorizontalHeaderLabels({QStringLiteral("Step"), QStringLiteral("p95")});
    model.appendRow({cell(QStringLiteral("read"), 1), cell(QStringLiteral("80 ms"), 80)});
    model.appendRow({cell(QStringLiteral("a\tb\nc"), 2), cell(QStringLiteral("9 ms"), 9)});
    model.appendRow({cell(QStringLiteral("write"), 3), cell(QStringLiteral("10 s"), 10'000)});
}

const QString kRead = QStringLiteral("read\t80 ms\n");
const QString kBroken = QStringLiteral("a b c\t9 ms\n");
const QString kWrite = QStringLiteral("write\t10 s\n");
const QString kHead = QStringLiteral("Step\tp95\n");

void clickHeader(const QTableView &table, int column)
{
    const QHeaderView *header = table.horizontalHeader();
    const QPoint place(header->sectionViewportPosition(column) + 5, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
}

} // namespace

class CopyTableTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void copiesAllRowsInTheModelsOrderWhenNoneIsSelected();
    void copiesTheSelectedRowsAsShown();
    void putsTheTextOnTheClipboardByKeyAndByAction();
    void sortsByTheValuesBehindTheTextAndBackToTheModelsOrder();
    void fitsColumnsOnceAndNeverAgain();
    void leavesOutHiddenColumns();
    void saysWhyItIsEmpty();
    void hasNames();

private:
    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<CopyTable> m_table;
};

void CopyTableTest::init()
{
    m_model = std::make_unique<QStandardItemModel>();
    fill(*m_model);
    m_table = std::make_unique<CopyTable>(QStringLiteral("steps"), m_model.get());
    new QAbstractItemModelTester(m_table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                 m_table.get());
    m_table->resize(400, 300);
    m_table->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
}

void CopyTableTest::cleanup()
{
    m_table.reset();
    m_model.reset();
}

void CopyTableTest::copiesAllRowsInTheModelsOrderWhenNoneIsSelected()
{
    QCOMPARE(m_table->selectedText(), kHead + kRead + kBroken + kWrite);
}

void CopyTableTest::copiesTheSelectedRowsAsShown()
{
    m_table->selectionModel()->select(m_table->model()->index(2, 0),
                                      QItemSelectionModel::Select | QItemSelectionModel::Rows);
    m_table->selectionModel()->select(m_table->model()->index(0, 1),
                                      QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QCOMPARE(m_table->selectedText(), kHead + kRead + kWrite); // as they stand, not as they were clicked
    clickHeader(*m_table, 1);
    clickHeader(*m_table, 1); // descending
    QCOMPARE(m_table->selectedText(), kHead + kWrite + kRead);
}

void CopyTableTest::putsTheTextOnTheClipboardByKeyAndByAction()
{
    QApplication::clipboard()->clear();
    QTest::keyClick(m_table.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), kHead + kRead + kBroken + kWrite);
    m_table->selectRow(1);
    m_table->findChild<QAction *>(QStringLiteral("copy"))->trigger();
    QCOMPARE(QApplication::clipboard()->text(), kHead + kBroken);
}

void CopyTableTest::sortsByTheValuesBehindTheTextAndBackToTheModelsOrder()
{
    clickHeader(*m_table, 1);
    QCOMPARE(m_table->selectedText(), kHead + kBroken + kRead + kWrite); // 9, 80, 10000
    clickHeader(*m_table, 1);
    QCOMPARE(m_table->selectedText(), kHead + kWrite + kRead + kBroken);
    clickHeader(*m_table, 1);
    QCOMPARE(m_table->selectedText(), kHead + kRead + kBroken + kWrite);
}

void CopyTableTest::fitsColumnsOnceAndNeverAgain()
{
    QStandardItemModel late;
    late.setHorizontalHeaderLabels({QStringLiteral("A"), QStringLiteral("B")});
    CopyTable table(QStringLiteral("late"), &late);
    const int before = table.columnWidth(0);
    late.appendRow({cell(QString(50, u'm'), 1), cell(QStringLiteral("x"), 1)});
    const int fitted = table.columnWidth(0);
    QVERIFY(fitted > before);
    late.appendRow({cell(QString(55, u'm'), 2), cell(QStringLiteral("x"), 1)});
    QCOMPARE(table.columnWidth(0), fitted);
}

void CopyTableTest::leavesOutHiddenColumns()
{
    m_table->setColumnHidden(0, true);
    m_table->selectRow(0);
    QCOMPARE(m_table->selectedText(), QStringLiteral("p95\n80 ms\n"));
}

void CopyTableTest::saysWhyItIsEmpty()
{
    m_table->setEmptyText(QStringLiteral("No step has run"));
    m_model->removeRows(0, 3);
    const QImage said = m_table->viewport()->grab().toImage();
    m_table->setEmptyText({});
    QVERIFY(said != m_table->viewport()->grab().toImage());
    QCOMPARE(m_table->selectedText(), kHead);
}

void CopyTableTest::hasNames()
{
    QCOMPARE(m_table->objectName(), QStringLiteral("steps"));
    QCOMPARE(m_table->accessibleName(), QStringLiteral("steps"));
}

QTEST_MAIN(CopyTableTest)
#include "tst_copytable.moc"
