// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/limitdialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Headroom;

class LimitDialogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsEmptyIsLeftToTheScenario();
    void saysWhatWasTyped();
    void refusesWhatCannotBeRead();
    void everyFieldCanBeReachedByKey();
};

namespace {

void type(LimitDialog &dialog, const char *field, const char *text)
{
    dialog.findChild<QLineEdit *>(QLatin1String(field))->setText(QString::fromUtf8(text));
}

bool canStart(const LimitDialog &dialog)
{
    return dialog.findChild<QPushButton *>(QStringLiteral("search"))->isEnabled();
}

} // namespace

void LimitDialogTest::whatIsEmptyIsLeftToTheScenario()
{
    const LimitDialog dialog;
    QVERIFY(canStart(dialog));
    const LoadChange change = dialog.change();
    QVERIFY(change.findLimit);
    QVERIFY(!change.rate);
    QVERIFY(!change.findLimit->upTo);
    QVERIFY(!change.findLimit->hold);
    QVERIFY(!change.findLimit->confirm);
}

void LimitDialogTest::saysWhatWasTyped()
{
    LimitDialog dialog;
    type(dialog, "plannedRate", "100/s");
    type(dialog, "upTo", "600/min");
    type(dialog, "hold", "5 s");
    type(dialog, "confirm", "1 min");
    const LoadChange change = dialog.change();
    QCOMPARE(*change.rate, Rate::perSecond(100));
    QCOMPARE(*change.findLimit->upTo, Rate::perSecond(10));
    QCOMPARE(*change.findLimit->hold, 5s);
    QCOMPARE(*change.findLimit->confirm, 60s);
}

void LimitDialogTest::refusesWhatCannotBeRead()
{
    for (const auto &[field, text] :
         {std::pair("plannedRate", "fast"), std::pair("plannedRate", "0/s"), std::pair("upTo", "5"),
          std::pair("hold", "10 ms"), std::pair("confirm", "1 d")}) {
        LimitDialog dialog;
        type(dialog, field, text);
        QVERIFY2(!canStart(dialog), text);
        type(dialog, field, "");
        QVERIFY(canStart(dialog));
    }
}

void LimitDialogTest::everyFieldCanBeReachedByKey()
{
    const LimitDialog dialog;
    for (const QLineEdit *edit : dialog.findChildren<QLineEdit *>()) {
        QVERIFY(!edit->objectName().isEmpty());
        QVERIFY(!edit->accessibleName().isEmpty());
        QVERIFY(edit->focusPolicy() & Qt::TabFocus);
    }
}

QTEST_MAIN(LimitDialogTest)
#include "tst_limitdialog.moc"
