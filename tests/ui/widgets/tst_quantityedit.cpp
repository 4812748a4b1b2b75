// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/quantityedit.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QTest>

using namespace Headroom;

class QuantityEditTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatTheParserSays_data();
    void saysWhatTheParserSays();
    void marksWhatCannotBeReadNotByColourAlone();
    void followsThePaletteFromLightToDark();
    void asksItsOwnerForOtherQuantities();
};

void QuantityEditTest::saysWhatTheParserSays_data()
{
    QTest::addColumn<bool>("isRate");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("isAcceptable");
    QTest::newRow("rate") << true << "50/s" << true;
    QTest::newRow("rate with blanks") << true << " 170 / h " << true;
    QTest::newRow("rate without unit") << true << "50" << false;
    QTest::newRow("no rate") << true << "" << false;
    QTest::newRow("blanks are no rate") << true << "  " << false;
    QTest::newRow("rate above all sense") << true << "99999999/s" << false;
    QTest::newRow("duration") << false << "1 h 30 min" << true;
    QTest::newRow("no duration") << false << "" << true;
    QTest::newRow("blanks are no duration") << false << "  " << true;
    QTest::newRow("duration with a rate's unit") << false << "30/s" << false;
}

void QuantityEditTest::saysWhatTheParserSays()
{
    QFETCH(bool, isRate);
    QFETCH(QString, typed);
    QFETCH(bool, isAcceptable);
    const std::unique_ptr<QuantityEdit> edit(isRate ? QuantityEdit::forRate() : QuantityEdit::forDuration());
    QTest::keyClicks(edit.get(), typed);
    QCOMPARE(edit->text(), typed);
    QCOMPARE(edit->isAcceptable(), isAcceptable);
    const QString sentence = isAcceptable ? QString()
        : isRate                          ? parseRate(typed).error().message
                                          : parseDuration(typed).error().message;
    QCOMPARE(edit->problem(), sentence);
    QCOMPARE(edit->toolTip(), sentence);
    QCOMPARE(edit->accessibleDescription(), sentence);
    QVERIFY(!edit->accessibleName().isEmpty());
}

void QuantityEditTest::marksWhatCannotBeReadNotByColourAlone()
{
    const std::unique_ptr<QuantityEdit> edit(QuantityEdit::forDuration());
    const auto *mark = edit->findChild<QAction *>(QStringLiteral("problemMark"));
    QVERIFY(mark);
    const QColor usual = edit->palette().color(QPalette::Text);
    QVERIFY(!mark->isVisible());
    edit->setText(QStringLiteral("soon"));
    QVERIFY(mark->isVisible());
    QCOMPARE(mark->toolTip(), edit->problem());
    QCOMPARE(edit->palette().color(QPalette::Text), Theme::of(QApplication::palette()).bad);
    edit->setText(QStringLiteral("30 s"));
    QVERIFY(!mark->isVisible());
    QCOMPARE(edit->palette().color(QPalette::Text), usual);
}

void QuantityEditTest::followsThePaletteFromLightToDark()
{
    applyColorMode(ColorMode::Light);
    QWidget page;
    auto *wrong = QuantityEdit::forRate(&page);
    auto *right = QuantityEdit::forDuration(&page);
    const QColor lightBad = Theme::of(QApplication::palette()).bad;
    QCOMPARE(wrong->palette().color(QPalette::Text), lightBad);
    applyColorMode(ColorMode::Dark);
    const QColor darkBad = Theme::of(QApplication::palette()).bad;
    QVERIFY(darkBad != lightBad);
    QTRY_COMPARE(wrong->palette().color(QPalette::Text), darkBad);
    QCOMPARE(right->palette().color(QPalette::Text), QApplication::palette().color(QPalette::Text));
    applyColorMode(ColorMode::Light);
    QTRY_COMPARE(wrong->palette().color(QPalette::Text), lightBad);
}

void QuantityEditTest::asksItsOwnerForOtherQuantities()
{
    const auto onlyTwo = [](const QString &text) -> Result<void> {
        if (text == QStringLiteral("2"))
            return {};
        return failure(Error::Code::InvalidInput, QStringLiteral("write 2"));
    };
    QuantityEdit edit(onlyTwo, false);
    QCOMPARE(edit.problem(), QStringLiteral("write 2"));
    edit.setText(QStringLiteral("2"));
    QVERIFY(edit.isAcceptable());
}

QTEST_MAIN(QuantityEditTest)
#include "tst_quantityedit.moc"
