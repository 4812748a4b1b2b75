// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/glob.h"

#include <QTest>

using namespace Headroom;

class GlobTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void staysFastWithManyStars();
};

void GlobTest::matches_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isMatch");
    QTest::newRow("same") << "/a" << "/a" << true;
    QTest::newRow("other") << "/a" << "/b" << false;
    QTest::newRow("longer text") << "/a" << "/ab" << false;
    QTest::newRow("longer pattern") << "/ab" << "/a" << false;
    QTest::newRow("both empty") << "" << "" << true;
    QTest::newRow("empty pattern") << "" << "a" << false;
    QTest::newRow("star alone") << "*" << "" << true;
    QTest::newRow("star at the end") << "/extract/*" << "/extract/pico" << true;
    QTest::newRow("star crosses slashes") << "/extract/*" << "/extract/a/b" << true;
    QTest::newRow("star needs its front") << "/extract/*" << "/extract" << false;
    QTest::newRow("star in front") << "*.json" << "a.json.json" << true;
    QTest::newRow("two stars go back") << "a*bc*d" << "abbcxbcd" << true;
    QTest::newRow("stars in a row") << "a***b" << "ab" << true;
    QTest::newRow("star swallows nothing twice") << "*ab" << "aab" << true;
    QTest::newRow("question mark") << "p?" << "p9" << true;
    QTest::newRow("question mark needs one") << "p?" << "p" << false;
    QTest::newRow("question mark takes one") << "?" << "ab" << false;
    QTest::newRow("question mark takes a whole emoji") << "a?b" << QString::fromUtf8("a\U0001F600b") << true;
    QTest::newRow("case matters") << "/A" << "/a" << false;
    QTest::newRow("no brackets") << "[ab]" << "a" << false;
}

void GlobTest::matches()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(bool, isMatch);
    QCOMPARE(matchesGlob(pattern, text), isMatch);
}

void GlobTest::staysFastWithManyStars()
{
    // A backtracking matcher would need longer than the universe has had.
    const QString pattern = QStringLiteral("*a").repeated(1000) + u'b';
    QVERIFY(!matchesGlob(pattern, QString(10'000, u'a')));
}

QTEST_GUILESS_MAIN(GlobTest)
#include "tst_glob.moc"
