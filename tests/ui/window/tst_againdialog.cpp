// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/againdialog.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Headroom;

class AgainDialogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changesNothingAtFirst();
    void takesAnotherTargetAndANewSeed();
    void refusesWhatIsNoTarget();
    void everyFieldCanBeReachedByKey();
};

namespace {

struct Fixture
{
    AgainDialog dialog{QStringLiteral("http://127.0.0.1:8080"), 7, 4711};
    QLineEdit *target = dialog.findChild<QLineEdit *>(QStringLiteral("target"));
    QComboBox *seed = dialog.findChild<QComboBox *>(QStringLiteral("seed"));
    QPushButton *start = dialog.findChild<QPushButton *>(QStringLiteral("again"));
};

} // namespace

void AgainDialogTest::changesNothingAtFirst()
{
    const Fixture f;
    QVERIFY(f.start->isEnabled());
    QVERIFY(!f.dialog.target());
    QVERIFY(!f.dialog.seed());
    QVERIFY(f.target->placeholderText().contains(QStringLiteral("http://127.0.0.1:8080")));
    QVERIFY(f.seed->itemText(0).contains(QStringLiteral("7")));
}

void AgainDialogTest::takesAnotherTargetAndANewSeed()
{
    const Fixture f;
    f.target->setText(QStringLiteral("example.test:8443"));
    f.seed->setCurrentIndex(1);
    QCOMPARE(f.dialog.target(), QUrl(QStringLiteral("http://example.test:8443")));
    QCOMPARE(f.dialog.seed(), 4711);
}

void AgainDialogTest::refusesWhatIsNoTarget()
{
    const Fixture f;
    for (const char *text : {"ftp://example.test/", "http://user:secret@example.test/", "a b"}) {
        f.target->setText(QLatin1String(text));
        QVERIFY2(!f.start->isEnabled(), text);
    }
    f.target->clear();
    QVERIFY(f.start->isEnabled());
}

void AgainDialogTest::everyFieldCanBeReachedByKey()
{
    const Fixture f;
    for (const QWidget *field : {static_cast<QWidget *>(f.target), static_cast<QWidget *>(f.seed)}) {
        QVERIFY(!field->accessibleName().isEmpty());
        QVERIFY(field->focusPolicy() & Qt::TabFocus);
    }
    QVERIFY(f.start->isDefault());
}

QTEST_MAIN(AgainDialogTest)
#include "tst_againdialog.moc"
