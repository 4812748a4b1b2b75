// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/descriptorlimit.h"

#include <QTest>

#include <sys/resource.h>

using namespace Headroom;

class DescriptorLimitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAllThatTheSystemAllows();
};

void DescriptorLimitTest::takesAllThatTheSystemAllows()
{
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = 256;
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &limit), 0);
    raiseDescriptorLimit();
    rlimit raised{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &raised), 0);
    QCOMPARE(raised.rlim_cur, limit.rlim_max);
}

QTEST_GUILESS_MAIN(DescriptorLimitTest)
#include "tst_descriptorlimit.moc"
