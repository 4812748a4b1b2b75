// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/endpoint.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Headroom;

class EndpointTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFoundByPath_data();
    void isFoundByPath();
    void isNotFoundByOtherPaths_data();
    void isNotFoundByOtherPaths();
    void answersWithJson_data();
    void answersWithJson();
    void answersWithTheIdThatWasAskedFor();
    void namesFewRoutes();
};

void EndpointTest::isFoundByPath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<Endpoint>("endpoint");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("retrieve") << "/retrieve" << Endpoint::Retrieve << "" << QByteArray("POST");
    QTest::newRow("extract") << "/extract/pico" << Endpoint::Extract << "pico" << QByteArray("POST");
    QTest::newRow("facets") << "/facets/generate" << Endpoint::Facets << "" << QByteArray("POST");
    QTest::newRow("transcript") << "/transcript" << Endpoint::Transcript << "" << QByteArray("POST");
    QTest::newRow("document") << "/documents/doc-17" << Endpoint::Documents << "doc-17" << QByteArray("GET");
    QTest::newRow("live") << "/health/live" << Endpoint::Live << "" << QByteArray("GET");
    QTest::newRow("live, shorter") << "/healthz" << Endpoint::Live << "" << QByteArray("GET");
    QTest::newRow("ready, shorter") << "/readyz" << Endpoint::Ready << "" << QByteArray("GET");
    QTest::newRow("metrics") << "/metrics" << Endpoint::Metrics << "" << QByteArray("GET");
    QTest::newRow("reload") << "/admin/reload" << Endpoint::AdminReload << "" << QByteArray("POST");
    QTest::newRow("freeze") << "/admin/freeze" << Endpoint::AdminFreeze << "" << QByteArray("POST");
    QTest::newRow("ready") << "/health/ready" << Endpoint::Ready << "" << QByteArray("GET");
    QTest::newRow("startup") << "/health/startup" << Endpoint::Startup << "" << QByteArray("GET");
    QTest::newRow("stats") << "/stats" << Endpoint::Stats << "" << QByteArray("GET");
    QTest::newRow("hint") << "/" << Endpoint::Hint << "" << QByteArray("GET");
}

void EndpointTest::isFoundByPath()
{
    QFETCH(QString, path);
    QFETCH(Endpoint, endpoint);
    QFETCH(QString, parameter);
    QFETCH(QByteArray, method);
    const auto place = placeOf(path);
    QVERIFY(place);
    QCOMPARE(place->endpoint, endpoint);
    QCOMPARE(place->parameter, parameter);
    QCOMPARE(nameOf(methodOf(endpoint)), method);
}

void EndpointTest::isNotFoundByOtherPaths_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("unknown") << "/nothing";
    QTest::newRow("longer") << "/retrieve/more";
    QTest::newRow("without its parameter") << "/documents/";
    QTest::newRow("without its slash") << "/documents";
    QTest::newRow("with a deeper parameter") << "/extract/pico/more";
    QTest::newRow("in upper case") << "/RETRIEVE";
}

void EndpointTest::isNotFoundByOtherPaths()
{
    QFETCH(QString, path);
    QVERIFY(!placeOf(path));
}

void EndpointTest::answersWithJson_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path : {"/retrieve", "/extract/pico", "/facets/generate", "/transcript", "/documents/doc-17",
                             "/health/live", "/health/ready", "/health/startup"})
        QTest::newRow(path) << path;
}

void EndpointTest::answersWithJson()
{
    QFETCH(QString, path);
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(answerOf(*placeOf(path), 7), &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    QVERIFY(!document.object().isEmpty());
}

void EndpointTest::answersWithTheIdThatWasAskedFor()
{
    const auto place = placeOf(u"/documents/\"}, hostile");
    const auto document = QJsonDocument::fromJson(answerOf(*place, 7)).object();
    QCOMPARE(document.value(QLatin1String("id")).toString(), QStringLiteral("\"}, hostile"));
}

void EndpointTest::namesFewRoutes()
{
    QCOMPARE(routeOf(Endpoint::Documents), "/documents/*");
    QCOMPARE(routeOf(Endpoint::Ready), "/health/ready");
    QCOMPARE(routeOf(Endpoint::Hint), "/");
}

QTEST_GUILESS_MAIN(EndpointTest)
#include "tst_endpoint.moc"
