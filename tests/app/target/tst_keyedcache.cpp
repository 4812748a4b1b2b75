// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/keyedcache.h"

#include <QTest>

using namespace Headroom;

class KeyedCacheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasWhatWasPut();
    void makesRoomByWhatWasLongestOfNoUse();
    void forgetsWhatIsTooOld();
    void startsTheAgeAnew();
    void staysEmptyWithoutCapacity();
};

void KeyedCacheTest::hasWhatWasPut()
{
    KeyedCache cache(2, 10s);
    const SteadyTime now;
    QVERIFY(!cache.has("a", now));
    cache.put("a", now);
    QVERIFY(cache.has("a", now));
    QVERIFY(!cache.has("b", now));
}

void KeyedCacheTest::makesRoomByWhatWasLongestOfNoUse()
{
    KeyedCache cache(2, 10s);
    const SteadyTime now;
    cache.put("a", now);
    cache.put("b", now);
    QVERIFY(cache.has("a", now)); // so that b is the one longest of no use
    cache.put("c", now);
    QVERIFY(cache.has("a", now));
    QVERIFY(!cache.has("b", now));
    QVERIFY(cache.has("c", now));
    QCOMPARE(cache.size(), 2u);
}

void KeyedCacheTest::forgetsWhatIsTooOld()
{
    KeyedCache cache(2, 10s);
    const SteadyTime now;
    cache.put("a", now);
    QVERIFY(cache.has("a", now + 10s - 1ns));
    QVERIFY(!cache.has("a", now + 10s)); // use makes nothing younger
    QCOMPARE(cache.size(), 0u);
}

void KeyedCacheTest::startsTheAgeAnew()
{
    KeyedCache cache(1, 10s);
    const SteadyTime now;
    cache.put("a", now);
    cache.put("a", now + 9s);
    QCOMPARE(cache.size(), 1u);
    QVERIFY(cache.has("a", now + 18s));
}

void KeyedCacheTest::staysEmptyWithoutCapacity()
{
    KeyedCache cache(0, 10s);
    cache.put("a", {});
    QVERIFY(!cache.has("a", {}));
}

QTEST_GUILESS_MAIN(KeyedCacheTest)
#include "tst_keyedcache.moc"
