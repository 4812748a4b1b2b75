// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/job.h"

#include "core/base/random.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Headroom;

namespace {

QString textOf(const QByteArray &json, QLatin1StringView member)
{
    return QJsonDocument::fromJson(json).object().value(member).toString();
}

QString stateOf(const QString &id, Nanoseconds now)
{
    const auto job = stateOfJob(id, now);
    return job ? textOf(*job, QLatin1StringView("state")) : QStringLiteral("none");
}

} // namespace

class JobTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isDoneAfterItsTime();
    void takesNoForeignNumbers_data();
    void takesNoForeignNumbers();
};

void JobTest::isDoneAfterItsTime()
{
    const QByteArray begun = newJob(7, 1500ms);
    QCOMPARE(textOf(begun, QLatin1StringView("state")), QStringLiteral("queued"));
    const QString id = textOf(begun, QLatin1StringView("id"));
    const Nanoseconds takes = 1ms * (100 + std::int64_t(mix(7) % 201));
    QCOMPARE(stateOf(id, 1500ms), QStringLiteral("queued"));
    QCOMPARE(stateOf(id, 1500ms + takes / 2), QStringLiteral("running"));
    QCOMPARE(stateOf(id, 1500ms + takes - 1ns), QStringLiteral("running"));
    QCOMPARE(stateOf(id, 1500ms + takes), QStringLiteral("done"));
}

void JobTest::takesNoForeignNumbers_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"", "1", "1-2", "1-2-3-4", "1-x-3", "1-2-x", "1--3", "1-2-9999999999999999999"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void JobTest::takesNoForeignNumbers()
{
    QFETCH(QString, id);
    QCOMPARE(stateOf(id, 1s), QStringLiteral("none"));
}

QTEST_GUILESS_MAIN(JobTest)
#include "tst_job.moc"
