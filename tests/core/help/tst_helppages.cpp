// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/helppages.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Headroom;

class HelpPagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyPageOfTheFolderIsBuiltIn();
    void everyPageHasATitleAndText();
    void everyPictureThatAPageShowsIsBuiltIn();
    void picturesComeFromTheProgramOnly();
};

void HelpPagesTest::everyPageOfTheFolderIsBuiltIn()
{
    const QStringList files =
        QDir(QStringLiteral(HEADROOM_SOURCE_DIR "/resources/help")).entryList({QStringLiteral("*.md")});
    QVERIFY(!files.isEmpty());
    QCOMPARE(helpPages().size(), std::size_t(files.size()) + 1); // and that of the language
    for (const QString &file : files)
        QVERIFY2(helpPageNamed(file.chopped(3)), qPrintable(file));
    QVERIFY(!helpPageNamed(QStringLiteral("no-such-page")));
}

void HelpPagesTest::everyPageHasATitleAndText()
{
    for (const HelpPage &page : helpPages()) {
        QVERIFY(page.text.startsWith(QStringLiteral("# ") + page.title + u'\n'));
        QVERIFY(page.title.size() > 3);
        QVERIFY(page.text.size() > 500);
    }
}

void HelpPagesTest::everyPictureThatAPageShowsIsBuiltIn()
{
    static const QRegularExpression kPicture(QStringLiteral("!\\[[^]]*\\]\\(([^)]+)\\)"));
    int pictures = 0;
    for (const HelpPage &page : helpPages()) {
        for (const auto &match : kPicture.globalMatch(page.text)) {
            QVERIFY2(!helpPicture(match.captured(1)).isEmpty(), qPrintable(match.captured(1)));
            ++pictures;
        }
    }
    QVERIFY(pictures >= 20);
}

void HelpPagesTest::picturesComeFromTheProgramOnly()
{
    QCOMPARE(helpPicture(QStringLiteral("../pictures/load-poisson.svg")),
             QStringLiteral(":/headroom/pictures/load-poisson.svg"));
    QCOMPARE(helpPicture(QStringLiteral("../pictures/no-such.svg")), QString());
    QCOMPARE(helpPicture(QStringLiteral("http://example.org/load-poisson.svg")), QString());
    QCOMPARE(helpPicture(QStringLiteral("/etc/passwd")), QString());
}

QTEST_GUILESS_MAIN(HelpPagesTest)
#include "tst_helppages.moc"
