// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/jsonvalues.h"

#include <QTest>

using namespace Headroom;

namespace {

using Values = std::vector<std::optional<double>>;

Result<Values> valuesIn(const QByteArray &json, const QStringList &paths)
{
    const auto values = JsonValues::compile(paths);
    return values ? values->read(json) : std::unexpected(values.error());
}

} // namespace

class JsonValuesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAValue_data();
    void readsAValue();
    void readsSeveralPathsInTheirOrder();
    void canBeReadAgain();
    void refusesWhatIsNotJson_data();
    void refusesWhatIsNotJson();
    void namesThePlaceOfABreak();
};

void JsonValuesTest::readsAValue_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    QTest::addColumn<double>("value"); // -1: missing
    QTest::newRow("number") << QByteArray(R"({"depth": 12})") << "$.depth" << 12.0;
    QTest::newRow("fraction") << QByteArray(R"({"load": 0.25})") << "$.load" << 0.25;
    QTest::newRow("document is the number") << QByteArray("7") << "$" << 7.0;
    QTest::newRow("nested") << QByteArray(R"({"pool": {"used": [3, 4]}})") << "$.pool.used[1]" << 4.0;
    QTest::newRow("text with a number") << QByteArray(R"({"depth": "12.5"})") << "$.depth" << 12.5;
    QTest::newRow("true") << QByteArray(R"({"up": true})") << "$.up" << 1.0;
    QTest::newRow("false") << QByteArray(R"({"up": false})") << "$.up" << 0.0;
    QTest::newRow("first of several") << QByteArray(R"([{"n": 5}, {"n": 6}])") << "$[*].n" << 5.0;
    QTest::newRow("filter") << QByteArray(R"([{"id": "a", "n": 5}, {"id": "b", "n": 6}])") << "$[?(@.id == 'b')].n"
                            << 6.0;
    QTest::newRow("deep") << QByteArray(R"({"a": {"b": {"n": 9}}})") << "$..n" << 9.0;
    QTest::newRow("count of items") << QByteArray(R"({"jobs": [1, 2, 3]})") << "length($.jobs)" << 3.0;
    QTest::newRow("quoted name") << QByteArray(R"({"a..b=~": 2})") << "$['a..b=~']" << 2.0;
    QTest::newRow("large integer") << QByteArray("[123456789012345678901234567890]") << "$[0]"
                                   << 123456789012345678901234567890.0;
    QTest::newRow("no match") << QByteArray(R"({"depth": 12})") << "$.length" << -1.0;
    QTest::newRow("null") << QByteArray(R"({"depth": null})") << "$.depth" << -1.0;
    QTest::newRow("object") << QByteArray(R"({"depth": {}})") << "$.depth" << -1.0;
    QTest::newRow("word") << QByteArray(R"({"depth": "deep"})") << "$.depth" << -1.0;
    QTest::newRow("text that is not finite") << QByteArray(R"({"depth": "inf"})") << "$.depth" << -1.0;
    QTest::newRow("number that is not finite") << QByteArray(R"({"depth": 1e999})") << "$.depth" << -1.0;
}

void JsonValuesTest::readsAValue()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    QFETCH(double, value);
    const auto values = valuesIn(json, {path});
    QVERIFY2(values, qPrintable(values ? QString() : values.error().text()));
    QCOMPARE(values->size(), 1u);
    QCOMPARE(values->front().value_or(-1.0), value);
}

void JsonValuesTest::readsSeveralPathsInTheirOrder()
{
    const auto values = valuesIn(R"({"a": 1, "b": 2})", {"$.b", "$.none", "$.a"});
    QVERIFY(values);
    QCOMPARE(*values, (Values{2.0, std::nullopt, 1.0}));
}

void JsonValuesTest::canBeReadAgain()
{
    const auto values = JsonValues::compile({"$.a"});
    QVERIFY(values);
    QCOMPARE(values->read(R"({"a": 1})").value(), Values{1.0});
    QVERIFY(!values->read("{"));
    QCOMPARE(values->read(R"({"a": 2})").value(), Values{2.0});
}

void JsonValuesTest::refusesWhatIsNotJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blank") << QByteArray(" \n");
    QTest::newRow("cut") << QByteArray(R"({"a": 1)");
    QTest::newRow("markup") << QByteArray("<html></html>");
    QTest::newRow("more behind it") << QByteArray(R"({"a": 1} x)");
    QTest::newRow("comment") << QByteArray(R"({"a": 1 /* one */})");
    QTest::newRow("trailing comma") << QByteArray(R"({"a": 1,})");
    QTest::newRow("not UTF-8") << QByteArray("{\"a\": \"\xff\"}");
    QTest::newRow("zero bytes") << QByteArray(5, '\0');
    QTest::newRow("a hundred thousand levels") << QByteArray(100000, '[');
    QTest::newRow("101 levels, closed") << QByteArray(101, '[') + QByteArray(101, ']');
}

void JsonValuesTest::refusesWhatIsNotJson()
{
    QFETCH(QByteArray, json);
    const auto values = valuesIn(json, {"$.a"});
    QVERIFY(!values);
    QCOMPARE(values.error().code, Error::Code::InvalidInput);
}

void JsonValuesTest::namesThePlaceOfABreak()
{
    const auto values = valuesIn("{\n  \"a\": x}", {"$.a"});
    QVERIFY(!values);
    QVERIFY2(values.error().text().startsWith("not JSON at line 2, column 8 ("), qPrintable(values.error().text()));
}

QTEST_GUILESS_MAIN(JsonValuesTest)
#include "tst_jsonvalues.moc"
