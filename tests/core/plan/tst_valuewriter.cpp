// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/valuewriter.h"

#include "core/base/random.h"
#include "core/plan/plannedfeed.h"
#include "core/plan/requesttemplate.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Headroom;

using Kind = TemplateValue::Kind;
using Feed = Scenario::Feed;

namespace {

QByteArray written(const TemplateValue &value, const RequestValues &values, std::uint64_t salt = 0)
{
    ValueWriter writer(value);
    writer.salt(salt);
    QByteArray bytes;
    const auto done = writer.append(bytes, values);
    return done ? bytes : "error: " + done.error().toUtf8();
}

FeedRowsPtr rows(const std::vector<QByteArray> &cells)
{
    FeedRows made(1);
    for (const QByteArray &cell : cells) {
        made.addCell(cell);
        made.endRow();
    }
    return std::make_shared<const FeedRows>(std::move(made));
}

PlannedFeed feed(Feed::Order order, Feed::AtEnd atEnd, const std::vector<QByteArray> &cells)
{
    return {QStringLiteral("q"), order, atEnd, rows(cells)};
}

TemplateValue column(TextPlace place = TextPlace::Plain)
{
    return {.kind = Kind::Column, .place = place, .written = QStringLiteral("q.text"), .name = QStringLiteral("text")};
}

} // namespace

class ValueWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drawsNumbersBetweenBothEnds();
    void drawsTheSameForTheSame();
    void drawsEachChoice();
    void writesUuidsOfVersion4();
    void writesTheTime_data();
    void writesTheTime();
    void escapesForeignValues_data();
    void escapesForeignValues();
    void refusesWhatCannotStandThere();
    void missesVariablesThatAreNotSet();
    void takesRowsInOrder();
    void takesRowsAtRandomByTheIteration();
    void rowsHaveNothingToDoWithThinkTimes();
    void endsWithTheLastRow();
};

void ValueWriterTest::drawsNumbersBetweenBothEnds()
{
    const TemplateValue dice{.kind = Kind::Random, .written = QStringLiteral("random(-1, 1)"), .low = -1, .high = 1};
    QSet<QByteArray> seen;
    for (std::uint64_t content = 0; content < 100; ++content)
        seen.insert(written(dice, {.content = content}));
    QCOMPARE(seen, (QSet<QByteArray>{"-1", "0", "1"})); // each is missed with a chance of (2/3)^100
    const TemplateValue all{.kind = Kind::Random,
                            .low = std::numeric_limits<std::int64_t>::min(),
                            .high = std::numeric_limits<std::int64_t>::max()};
    QVERIFY(written(all, {.content = 1}) != written(all, {.content = 2}));
}

void ValueWriterTest::drawsTheSameForTheSame()
{
    const TemplateValue number{.kind = Kind::Random, .low = 0, .high = 1'000'000'000};
    const RequestValues values{.user = 1, .iteration = 2, .content = 3};
    QCOMPARE(written(number, values), written(number, {.user = 4, .iteration = 5, .content = 3}));
    QVERIFY(written(number, values) != written(number, {.content = 4})); // another iteration
    QVERIFY(written(number, values) != written(number, values, 1)); // another place
    QVERIFY(written(number, values) != written(number, {.content = 3, .repetition = 1}));
}

void ValueWriterTest::drawsEachChoice()
{
    const TemplateValue choice{
        .kind = Kind::Choice, .place = TextPlace::Query, .choices = {QStringLiteral("a b"), QStringLiteral("c&d")}};
    QSet<QByteArray> seen;
    for (std::uint64_t content = 0; content < 50; ++content)
        seen.insert(written(choice, {.content = content}));
    QCOMPARE(seen, (QSet<QByteArray>{"a%20b", "c%26d"}));
}

void ValueWriterTest::writesUuidsOfVersion4()
{
    const TemplateValue uuid{.kind = Kind::Uuid};
    static const QRegularExpression shape(
        QStringLiteral("\\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\z"));
    QSet<QByteArray> seen;
    for (std::uint64_t content = 0; content < 100; ++content) {
        const QByteArray made = written(uuid, {.content = content});
        QVERIFY2(shape.match(QString::fromLatin1(made)).hasMatch(), made.constData());
        seen.insert(made);
    }
    QCOMPARE(seen.size(), 100);
    QCOMPARE(written({.kind = Kind::Uuid, .place = TextPlace::JsonValue}, {.content = 7}),
             '"' + written(uuid, {.content = 7}) + '"');
}

void ValueWriterTest::writesTheTime_data()
{
    QTest::addColumn<TemplateValue::Time>("time");
    QTest::addColumn<QByteArray>("text");
    // 1769860800 s is 2026-01-31 12:00:00 UTC: 20,484 days after the epoch and 43,200 s.
    QTest::newRow("ISO 8601") << TemplateValue::Time::Iso << QByteArray("2026-01-31T12:00:00.123Z");
    QTest::newRow("seconds") << TemplateValue::Time::Seconds << QByteArray("1769860800");
    QTest::newRow("milliseconds") << TemplateValue::Time::Milliseconds << QByteArray("1769860800123");
    QTest::newRow("microseconds") << TemplateValue::Time::Microseconds << QByteArray("1769860800123456");
}

void ValueWriterTest::writesTheTime()
{
    QFETCH(TemplateValue::Time, time);
    const RequestValues values{.unixMicroseconds = 1'769'860'800'123'456};
    QTEST(written({.kind = Kind::Now, .time = time}, values), "text");
}

void ValueWriterTest::escapesForeignValues_data()
{
    QTest::addColumn<TextPlace>("place");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, TextPlace place, const char *value, const char *text) {
        QTest::newRow(name) << place << QByteArray(value) << QByteArray(text);
    };
    row("plain", TextPlace::Plain, "a\n\"<ü", "a\n\"<ü");
    row("path", TextPlace::Path, "../a?b#c%", "..%2Fa%3Fb%23c%25");
    row("query", TextPlace::Query, "a&b=c d+ü", "a%26b%3Dc%20d%2B%C3%BC");
    row("form", TextPlace::Form, "a&b=c d+", "a%26b%3Dc+d%2B");
    row("header in Latin-1", TextPlace::Header, "ü", "\xFC");
    row("JSON", TextPlace::Json, "\",\"x\":\"\\\n", R"(\",\"x\":\"\\\u000a)");
    row("JSON value: number", TextPlace::JsonValue, "12.5", "12.5");
    row("JSON value: text", TextPlace::JsonValue, "1,\"x\":2", R"("1,\"x\":2")");
    row("line", TextPlace::Line, "a\tb", "a\tb");
}

void ValueWriterTest::escapesForeignValues()
{
    QFETCH(TextPlace, place);
    QFETCH(QByteArray, value);
    const Variables variables{value};
    const TemplateValue variable{.kind = Kind::Variable, .place = place, .written = QStringLiteral("v")};
    QTEST(written(variable, {.variables = &variables}), "text");
    const std::vector<PlannedFeed> feeds{feed(Feed::Order::Sequential, Feed::AtEnd::Wrap, {value})};
    QTEST(written(column(place), {.feeds = &feeds}), "text");
}

void ValueWriterTest::refusesWhatCannotStandThere()
{
    const std::vector<PlannedFeed> feeds{feed(Feed::Order::Sequential, Feed::AtEnd::Wrap, {"a\r\nX-Evil: b", "€"})};
    QCOMPARE(written(column(TextPlace::Header), {.feeds = &feeds}),
             QByteArray("error: the value of ${q.text} holds a line end or another control character, which a header "
                        "cannot carry"));
    QCOMPARE(written(column(TextPlace::Header), {.number = 1, .feeds = &feeds}),
             QByteArray("error: the value of ${q.text} holds characters beyond Latin-1, which a header cannot carry"));
    QCOMPARE(written(column(TextPlace::Line), {.feeds = &feeds}),
             QByteArray("error: the value of ${q.text} holds a line end, which would make two lines of one"));
}

void ValueWriterTest::missesVariablesThatAreNotSet()
{
    const Variables variables(1);
    const TemplateValue variable{.kind = Kind::Variable, .written = QStringLiteral("first")};
    const QByteArray problem = "error: ${first} has no value: no answer has set it before";
    QCOMPARE(written(variable, {.variables = &variables}), problem);
    QCOMPARE(written(variable, {}), problem);
    QCOMPARE(written(column(), {}), QByteArray("error: ${q.text} has no value: its feed was not read"));
}

void ValueWriterTest::takesRowsInOrder()
{
    const std::vector<PlannedFeed> feeds{feed(Feed::Order::Sequential, Feed::AtEnd::Wrap, {"a", "b", "c"})};
    QByteArray taken;
    for (std::uint64_t number = 0; number < 5; ++number)
        taken += written(column(), {.number = number, .feeds = &feeds});
    QCOMPARE(taken, QByteArray("abcab"));
}

void ValueWriterTest::takesRowsAtRandomByTheIteration()
{
    const std::vector<PlannedFeed> feeds{feed(Feed::Order::Random, Feed::AtEnd::Wrap, {"a", "b", "c"})};
    QSet<QByteArray> seen;
    for (std::uint64_t content = 0; content < 100; ++content) {
        const QByteArray row = written(column(), {.content = content, .feeds = &feeds});
        QCOMPARE(written(column(), {.content = content, .number = 9, .repetition = 3, .feeds = &feeds}, 5), row);
        seen.insert(row);
    }
    QCOMPARE(seen, (QSet<QByteArray>{"a", "b", "c"}));
}

void ValueWriterTest::rowsHaveNothingToDoWithThinkTimes()
{
    const std::vector<PlannedFeed> feeds{feed(Feed::Order::Random, Feed::AtEnd::Wrap, {"a", "b"})};
    int both = 0;
    for (std::uint64_t content = 0; content < 1000; ++content) {
        const bool isLong = unitInterval(randomAt(content, 0)) >= 0.5; // the think time of step 0
        both += (written(column(), {.content = content, .feeds = &feeds}) == "b") == isLong;
    }
    // 500 with a standard deviation of 16
    QVERIFY2(std::abs(both - 500) < 80, qPrintable(QString::number(both)));
}

void ValueWriterTest::endsWithTheLastRow()
{
    for (const Feed::Order order : {Feed::Order::Sequential, Feed::Order::Unique}) {
        const std::vector<PlannedFeed> feeds{feed(order, Feed::AtEnd::Stop, {"a", "b"})};
        QCOMPARE(feeds[0].iterations(), std::optional<std::uint64_t>(2));
        QCOMPARE(written(column(), {.number = 1, .feeds = &feeds}), QByteArray("b"));
        QCOMPARE(written(column(), {.number = 2, .feeds = &feeds}),
                 QByteArray("error: ${q.text} has no value: all 2 rows of the feed 'q' were taken"));
    }
}

QTEST_GUILESS_MAIN(ValueWriterTest)
#include "tst_valuewriter.moc"
