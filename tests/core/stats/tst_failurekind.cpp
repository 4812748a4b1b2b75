// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/failurekind.h"

#include <QSet>
#include <QTest>

using namespace Headroom;

class FailureKindTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesAreThoseOfTheReport_data();
    void namesAreThoseOfTheReport();
    void everyKindHasItsOwnNameAndText();
    void unknownNamesAreNoKind();
    void onlyWhatOurClockEndedIsCensored();
};

void FailureKindTest::namesAreThoseOfTheReport_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("name");
    const std::pair<FailureKind, const char *> rows[] = {
        {FailureKind::None, "none"},
        {FailureKind::Dns, "dns"},
        {FailureKind::ConnectRefused, "connect_refused"},
        {FailureKind::ConnectTimeout, "connect_timeout"},
        {FailureKind::Connect, "connect"},
        {FailureKind::Tls, "tls"},
        {FailureKind::Closed, "closed"},
        {FailureKind::FirstByteTimeout, "first_byte_timeout"},
        {FailureKind::Timeout, "timeout"},
        {FailureKind::Protocol, "protocol"},
        {FailureKind::Truncated, "truncated"},
        {FailureKind::Aborted, "aborted"},
        {FailureKind::Status, "status"},
        {FailureKind::Check, "check"},
        {FailureKind::Identity, "identity"},
        {FailureKind::Template, "template"},
        {FailureKind::Other, "other"},
    };
    for (const auto &[kind, name] : rows)
        QTest::newRow(name) << int(kind) << QString::fromLatin1(name);
}

void FailureKindTest::namesAreThoseOfTheReport()
{
    QFETCH(int, kind);
    QFETCH(QString, name);
    QCOMPARE(QString(failureKindName(FailureKind(kind))), name);
    QVERIFY(failureKindFromName(name) == FailureKind(kind));
}

void FailureKindTest::everyKindHasItsOwnNameAndText()
{
    QSet<QString> names;
    QSet<QString> texts;
    for (std::size_t i = 0; i < kFailureKindCount; ++i) {
        names.insert(failureKindName(FailureKind(i)));
        texts.insert(failureKindText(FailureKind(i)));
        QVERIFY(!failureKindText(FailureKind(i)).endsWith(QLatin1Char('.')));
    }
    QCOMPARE(names.size(), qsizetype(kFailureKindCount));
    QCOMPARE(texts.size(), qsizetype(kFailureKindCount));
}

void FailureKindTest::unknownNamesAreNoKind()
{
    QVERIFY(!failureKindFromName(u""));
    QVERIFY(!failureKindFromName(u"Timeout"));
    QVERIFY(!failureKindFromName(u"connect_"));
}

void FailureKindTest::onlyWhatOurClockEndedIsCensored()
{
    QSet<QString> censored;
    for (std::size_t i = 0; i < kFailureKindCount; ++i) {
        if (isCensored(FailureKind(i)))
            censored.insert(failureKindName(FailureKind(i)));
    }
    QCOMPARE(censored,
             QSet<QString>({QStringLiteral("connect_timeout"), QStringLiteral("first_byte_timeout"),
                            QStringLiteral("timeout"), QStringLiteral("aborted")}));
}

QTEST_GUILESS_MAIN(FailureKindTest)
#include "tst_failurekind.moc"
