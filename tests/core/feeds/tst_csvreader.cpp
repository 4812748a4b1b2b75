// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/feeds/csvreader.h"

#include <QTest>

using namespace Headroom;

namespace {

/// "a/b|c/d" of the records of a text, or its first problem as "2:3: what".
QString recordsOf(const QByteArray &text, char separator = ',')
{
    CsvReader reader(text, separator);
    std::vector<QByteArray> fields;
    QStringList records;
    for (;;) {
        const auto more = reader.read(fields);
        if (!more)
            return QStringLiteral("%1:%2: %3")
                .arg(more.error().line)
                .arg(more.error().column)
                .arg(more.error().message);
        if (!*more)
            return records.join(u'|');
        QStringList words;
        for (const QByteArray &field : fields)
            words.append(QString::fromUtf8(field));
        records.append(words.join(u'/'));
    }
}

} // namespace

class CsvReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesRecordsApart_data();
    void takesRecordsApart();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void boundsFieldsAndColumns();
    void namesWhereAQuoteThatIsNeverClosedOpens();
    void knowsTheLineOfEachRecord();
    void findsTheSeparator_data();
    void findsTheSeparator();
};

void CsvReaderTest::takesRecordsApart_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("records");
    const auto row = [](const char *name, const QByteArray &text, const char *records) {
        QTest::newRow(name) << text << QString::fromUtf8(records);
    };
    row("nothing", "", "");
    row("one", "a", "a");
    row("LF", "a,b\nc,d\n", "a/b|c/d");
    row("CR LF", "a,b\r\nc,d\r\n", "a/b|c/d");
    row("no line end behind the last", "a,b\nc,d", "a/b|c/d");
    row("empty lines", "\na\r\n\r\n\nb\n\n", "a|b");
    row("empty fields", ",\n,,", "/|//");
    row("empty field at the end of the text", "a,", "a/");
    row("quotes", "\"a\",\"b\"\n", "a/b");
    row("separator in quotes", "\"a,b\",c", "a,b/c");
    row("quotes in quotes", "\"a\"\"b\",\"\"\"\"", "a\"b/\"");
    row("line ends in quotes", "\"a\nb\",\"c\r\nd\"\ne,f", "a\nb/c\r\nd|e/f");
    row("empty quotes", "\"\",\"\"", "/");
    row("blanks are part of a field", " a , b ", " a / b ");
    row("other languages", "größe,日本\n", "größe/日本");
}

void CsvReaderTest::takesRecordsApart()
{
    QFETCH(QByteArray, text);
    QTEST(recordsOf(text), "records");
}

void CsvReaderTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QByteArray &text, const char *problem) {
        QTest::newRow(name) << text << QString::fromUtf8(problem);
    };
    row("quote never closed", "a\nb,\"c\nd\n", "2:3: the quote that opens here is never closed");
    row("quote inside a field", "a\nü\"b\"",
        "2:2: a quote stands inside a field; put the whole field in quotes and write those inside twice");
    row("text behind a closing quote", "\"a\"b",
        "1:4: text stands behind a closing quote; write a quote inside quotes twice");
    row("CR alone", "a\rb", "1:2: a line ends in CR alone; use CR LF or LF");
    row("NUL", QByteArray("a\nb,c\0d", 7), "2:3: a field holds NUL; the file is no text, or UTF-16");
    row("NUL in quotes", QByteArray("\"\0\"", 3), "1:1: a field holds NUL; the file is no text, or UTF-16");
    row("Latin-1", "a\n\xFC", "2:1: a field is not UTF-8; save the file as UTF-8");
}

void CsvReaderTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QTEST(recordsOf(text), "problem");
}

void CsvReaderTest::boundsFieldsAndColumns()
{
    const QString longField = QStringLiteral("a field is longer than 1.0 MiB; is a quote not closed?");
    QVERIFY(!recordsOf(QByteArray(FeedLimits::kFieldBytes, 'x')).contains(longField));
    QVERIFY(recordsOf(QByteArray(FeedLimits::kFieldBytes + 1, 'x')).endsWith(longField));
    QVERIFY(recordsOf('"' + QByteArray(FeedLimits::kFieldBytes + 1, 'x') + '"').endsWith(longField));
    QVERIFY(!recordsOf(QByteArray(999, ',')).contains(QStringLiteral("columns"))); // 1,000 fields
    QCOMPARE(recordsOf(QByteArray(1000, ',')), QStringLiteral("1:1001: there are more than 1000 columns; remove some"));
}

void CsvReaderTest::namesWhereAQuoteThatIsNeverClosedOpens()
{
    QCOMPARE(recordsOf("a,b\nc,\"d\ne\nf"), QStringLiteral("2:3: the quote that opens here is never closed"));
    // A line of 16 MB in 1000 fields; looking at what is before each of them would take 8 GB.
    const QByteArray line = ('"' + QByteArray(16'000, 'a') + "\",").repeated(999) + "\"a\"";
    CsvReader reader(line, ',');
    std::vector<QByteArray> fields;
    QVERIFY(reader.read(fields).value());
    QCOMPARE(fields.size(), 1000u);
}

void CsvReaderTest::knowsTheLineOfEachRecord()
{
    CsvReader reader("a\n\n\"b\nc\"\nd", ',');
    std::vector<QByteArray> fields;
    QList<int> lines;
    while (*reader.read(fields))
        lines.append(reader.line());
    QCOMPARE(lines, (QList<int>{1, 3, 5}));
}

void CsvReaderTest::findsTheSeparator_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<char>("separator");
    QTest::newRow("comma") << QByteArray("a,b;c,d") << ',';
    QTest::newRow("semicolon") << QByteArray("a;b\n1,2,3;4") << ';';
    QTest::newRow("tab") << QByteArray("a\tb") << '\t';
    QTest::newRow("those in quotes do not count") << QByteArray("\"a,b,c\";d") << ';';
    QTest::newRow("none") << QByteArray("a") << ',';
}

void CsvReaderTest::findsTheSeparator()
{
    QFETCH(QByteArray, text);
    QTEST(separatorIn(text), "separator");
}

QTEST_GUILESS_MAIN(CsvReaderTest)
#include "tst_csvreader.moc"
