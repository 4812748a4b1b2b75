// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/feeds/feedloader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

using Feed = Scenario::Feed;

namespace {

/// A feed that wants some columns.
Feed feed(const QStringList &columns, const std::vector<std::pair<QString, QString>> &where = {})
{
    Feed made;
    made.name = QStringLiteral("q");
    made.file = QStringLiteral("q.csv");
    made.where = where;
    for (const QString &column : columns)
        made.columns.push_back({column, {{7, 3}, {7, 9}}});
    return made;
}

/// "a/b|c/d" of the rows of a text, or what is wrong with it.
QString rowsOf(const QByteArray &text, const Feed &of, bool isJson = false)
{
    const auto rows = rowsIn(text, isJson, of);
    if (!rows)
        return rows.error().problem.text();
    QStringList lines;
    for (std::uint64_t row = 0; row < (*rows)->count(); ++row) {
        QStringList cells;
        for (int column = 0; column < int(of.columns.size()); ++column)
            cells.append(QString::fromUtf8((*rows)->cell(row, column)));
        lines.append(cells.join(u'/'));
    }
    return lines.join(u'|');
}

const Feed kTextAndId = feed({QStringLiteral("text"), QStringLiteral("id")});

} // namespace

class FeedLoaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picksTheWantedColumns_data();
    void picksTheWantedColumns();
    void picksRowsByWhere();
    void takesAStatedSeparator();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void boundsTheNumberOfRows();
    void readsFilesOfTheScenariosFolder();
    void staysInTheScenariosFolder();
    void pointsAtTheTemplateOfAMissingColumn();
};

void FeedLoaderTest::picksTheWantedColumns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isJson");
    QTest::newRow("CSV") << QByteArray("id,more,text\n1,x,a\n2,y,b\n") << false;
    QTest::newRow("CSV with byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                            "text,id\na,1\nb,2")
                                              << false;
    QTest::newRow("CSV with blanks around names") << QByteArray(" text ; id\r\na;1\r\nb;2\r\n") << false;
    QTest::newRow("JSON list") << QByteArray(R"([{"id": 1, "text": "a"}, {"text": "b", "id": 2, "more": {}}])") << true;
    QTest::newRow("JSON lines") << QByteArray("{\"id\":1,\"text\":\"a\"}\r\n\n{\"id\":2,\"text\":\"b\"}\n") << true;
    QTest::newRow("JSON with byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                             R"( [{"id":1,"text":"a"},{"id":2,"text":"b"}] )")
                                               << true;
}

void FeedLoaderTest::picksTheWantedColumns()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isJson);
    QCOMPARE(rowsOf(text, kTextAndId, isJson), QStringLiteral("a/1|b/2"));
}

void FeedLoaderTest::picksRowsByWhere()
{
    const auto where = [](const char *kind) {
        return feed({QStringLiteral("text")}, {{QStringLiteral("kind"), QString::fromLatin1(kind)}});
    };
    const QByteArray csv = "text,kind\na,x\nb,y\nc,x\n";
    QCOMPARE(rowsOf(csv, where("x")), QStringLiteral("a|c"));
    QCOMPARE(rowsOf(csv, where("z")), QStringLiteral("no row of 'q.csv' is as 'where' says"));
    const QByteArray json = R"([{"text":"a","kind":"x"},{"text":"b","kind":"y"},{"text":"c","kind":"x"}])";
    QCOMPARE(rowsOf(json, where("x"), true), QStringLiteral("a|c"));
}

void FeedLoaderTest::takesAStatedSeparator()
{
    Feed stated = feed({QStringLiteral("a,b")});
    stated.separator = ';';
    QCOMPARE(rowsOf("a,b\n1,2\n", stated), QStringLiteral("1,2"));
}

void FeedLoaderTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isJson");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QByteArray &text, bool isJson, const char *problem) {
        QTest::newRow(name) << text << isJson << QString::fromUtf8(problem);
    };
    row("empty", "", false, "'q.csv' is empty; it needs a line with the names of its columns, then rows");
    row("byte order mark alone", "\xEF\xBB\xBF\n", false,
        "'q.csv' is empty; it needs a line with the names of its columns, then rows");
    row("head alone", "text,id\n", false, "'q.csv' has no rows");
    row("too few fields", "text,id\na,1\nb\n", false,
        "line 3: this row has 1 fields, and the first line names 2 columns; make them as many");
    row("too many fields", "text,id\na,1,2\n", false,
        "line 2: this row has 3 fields, and the first line names 2 columns; make them as many");
    row("missing column", "text,ids\na,1\n", false,
        "'q.csv' has no column 'id' (did you mean 'ids'?); it has text, ids");
    row("column without a name", "text,,id\na,,1\n", false,
        "line 1: column 2 has no name; the first line names them all");
    row("column twice", "text,id,text\na,1,b\n", false, "line 1: two columns are called 'text'; rename one");
    row("UTF-16", QByteArray("\xFF\xFEt\0", 4), false, "line 1, column 1: this is UTF-16; save the file as UTF-8");
    row("NUL", QByteArray("text,id\na\0,1\n", 13), false,
        "line 2, column 1: a field holds NUL; the file is no text, or UTF-16");
    row("quote", "text,id\n\"a,1\n", false, "line 2, column 1: the quote that opens here is never closed");
    row("empty JSON", " ", true, "'q.csv' is empty; it needs a list of objects");
    row("JSON list without rows", "[]", true, "'q.csv' has no rows");
    row("JSON row that is none", "[{\"text\":\"a\",\"id\":1},\n7]", true,
        "line 2: each row must be an object, as in {\"text\": \"...\"}");
    row("JSON row without a field", "{\"text\":\"a\",\"id\":1}\n{\"text\":\"b\"}", true,
        "line 2: 'q.csv' has no column 'id'; it has text");
}

void FeedLoaderTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isJson);
    QTEST(rowsOf(text, kTextAndId, isJson), "problem");
}

void FeedLoaderTest::boundsTheNumberOfRows()
{
    const Feed one = feed({QStringLiteral("a")});
    const auto most = qsizetype(FeedLimits::kRows);
    QCOMPARE((*rowsIn("a\n" + QByteArray("1\n").repeated(most), false, one))->count(), 1'000'000U);
    QCOMPARE(rowsOf("a\n" + QByteArray("1\n").repeated(most + 1), one),
             QStringLiteral("line 1000002: there are more than 1,000,000 rows; remove some, or write where"));
}

void FeedLoaderTest::readsFilesOfTheScenariosFolder()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("q.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("text,id\na,1\n") > 0);
    file.close();
    Scenario scenario;
    scenario.target.folder = folder.path();
    scenario.feeds = {kTextAndId};
    const auto loaded = loadFeeds(scenario);
    QVERIFY(loaded);
    QCOMPARE(loaded->at(0)->cell(0, 1), QByteArrayView("1"));
}

void FeedLoaderTest::staysInTheScenariosFolder()
{
    QTemporaryDir folder;
    Scenario scenario;
    scenario.target.folder = folder.path();
    for (const QString &path :
         {QStringLiteral("../q.csv"), QStringLiteral("/etc/passwd"), QStringLiteral("none.csv")}) {
        scenario.feeds = {kTextAndId};
        scenario.feeds[0].file = path;
        const auto loaded = loadFeeds(scenario);
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().at(0).message.startsWith(QStringLiteral("feed 'q': ")),
                 qPrintable(loaded.error().at(0).message));
    }
}

void FeedLoaderTest::pointsAtTheTemplateOfAMissingColumn()
{
    const auto rows = rowsIn("text\na\n", false, kTextAndId);
    QVERIFY(!rows);
    QCOMPARE(rows.error().column, &kTextAndId.columns[1]);
}

QTEST_GUILESS_MAIN(FeedLoaderTest)
#include "tst_feedloader.moc"
