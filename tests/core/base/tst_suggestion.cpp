// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/suggestion.h"

#include <QTest>

using namespace Headroom;

class SuggestionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheNearestWord_data();
    void findsTheNearestWord();
    void keepsSilentAboutEndlessWords();
    void asksAQuestion();
};

void SuggestionTest::findsTheNearestWord_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("nearest");
    QTest::newRow("itself") << "users" << "users";
    QTest::newRow("letter missing") << "uses" << "users";
    QTest::newRow("letter too many") << "usserss" << "users";
    QTest::newRow("letter replaced") << "usars" << "users";
    QTest::newRow("swapped in a short word") << "ulr" << "url";
    QTest::newRow("swapped") << "stpes" << "steps";
    QTest::newRow("capitals") << "Transport" << "transport";
    QTest::newRow("two edits in nine letters") << "transsprt" << "transport";
    QTest::newRow("two edits in four letters are too many") << "stxx" << "";
    QTest::newRow("nothing like it") << "colour" << "";
    QTest::newRow("empty") << "" << "";
}

void SuggestionTest::findsTheNearestWord()
{
    QFETCH(QString, word);
    QFETCH(QString, nearest);
    const QStringList known{QStringLiteral("url"), QStringLiteral("users"), QStringLiteral("steps"),
                            QStringLiteral("transport")};
    QCOMPARE(nearestWord(word, known), nearest);
}

void SuggestionTest::keepsSilentAboutEndlessWords()
{
    const QString endless(61, u'a');
    QCOMPARE(nearestWord(endless, {endless}), QString());
    QCOMPARE(nearestWord(endless.first(60), {endless}), endless);
}

void SuggestionTest::asksAQuestion()
{
    QCOMPARE(didYouMean(QStringLiteral("ulr"), {QStringLiteral("url")}), QStringLiteral(" (did you mean 'url'?)"));
    QCOMPARE(didYouMean(QStringLiteral("colour"), {QStringLiteral("url")}), QString());
    QCOMPARE(didYouMean(QStringLiteral("url"), {}), QString());
}

QTEST_GUILESS_MAIN(SuggestionTest)
#include "tst_suggestion.moc"
