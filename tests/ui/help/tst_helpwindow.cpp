// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/helppages.h"
#include "ui/help/helpbrowser.h"
#include "ui/help/helpwindow.h"

#include <QLineEdit>
#include <QListWidget>
#include <QTest>
#include <QTextTable>

using namespace Headroom;

class HelpWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opensAtThePageThatWasAskedFor();
    void showsThePicturesOfAPage();
    void noPictureLiesOverTheTextBesideIt();
    void searchGoesOnToTheNextPageThatHasTheText();
    void escapeClosesIt();
};

void HelpWindowTest::opensAtThePageThatWasAskedFor()
{
    HelpWindow window;
    window.open(QStringLiteral("how-we-measure"));
    QVERIFY(window.isVisible());
    QCOMPARE(window.findChild<QListWidget *>()->currentItem()->text(), QStringLiteral("How we measure"));
    QVERIFY(window.findChild<HelpBrowser *>()->toPlainText().contains(QStringLiteral("coordinated omission")));
    QCOMPARE(window.findChild<QListWidget *>()->count(), int(helpPages().size()));
}

void HelpWindowTest::showsThePicturesOfAPage()
{
    HelpBrowser browser;
    browser.showPage(helpPageNamed(QStringLiteral("load-models"))->text);
    const QVariant picture = browser.document()->resource(QTextDocument::ImageResource,
                                                          QUrl(QStringLiteral("../pictures/load-poisson.svg")));
    QCOMPARE(picture.value<QImage>().deviceIndependentSize(), QSizeF(320, 120));
    const QVariant foreign
        = browser.document()->resource(QTextDocument::ImageResource, QUrl(QStringLiteral("file:///etc/hostname")));
    QCOMPARE(foreign.metaType(), QMetaType::fromType<QImage>());
    QVERIFY(foreign.value<QImage>().isNull());
}

void HelpWindowTest::noPictureLiesOverTheTextBesideIt()
{
    HelpBrowser browser;
    browser.resize(700, 500);
    browser.show();
    QVERIFY(QTest::qWaitForWindowExposed(&browser));
    browser.showPage(helpPageNamed(QStringLiteral("load-models"))->text);
    const QList<QTextFrame *> frames = browser.document()->rootFrame()->childFrames();
    QVERIFY(!frames.isEmpty());
    const auto *table = qobject_cast<QTextTable *>(frames.first());
    QVERIFY(table);
    const auto left = [&](int column) {
        return browser.cursorRect(table->cellAt(1, column).firstCursorPosition()).left();
    };
    QCOMPARE(table->columns(), 3);
    QVERIFY2(left(2) - left(1) >= 320, qPrintable(QString::number(left(2) - left(1))));
    QVERIFY(left(2) < browser.viewport()->width()); // and there is room for it
}

void HelpWindowTest::searchGoesOnToTheNextPageThatHasTheText()
{
    HelpWindow window;
    window.open(QStringLiteral("load-models"));
    auto *search = window.findChild<QLineEdit *>(QStringLiteral("helpSearch"));
    search->setText(QStringLiteral("coordinated omission"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(window.findChild<QListWidget *>()->currentItem()->text(), QStringLiteral("How we measure"));
    QCOMPARE(window.findChild<HelpBrowser *>()->textCursor().selectedText(), QStringLiteral("coordinated omission"));
}

void HelpWindowTest::escapeClosesIt()
{
    HelpWindow window;
    window.open(QStringLiteral("load-models"));
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(!window.isVisible());
}

QTEST_MAIN(HelpWindowTest)
#include "tst_helpwindow.moc"
