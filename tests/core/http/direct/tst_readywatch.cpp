// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/readywatch.h"

#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <vector>

using namespace Headroom;

namespace {

/// One end of a connection; the other is the test's.
class End final : public ReadyListener
{
public:
    explicit End(ReadyWatch &watch)
        : m_watch(watch)
    {
        int ends[2];
        m_isThere = socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0;
        m_own = ends[0];
        m_other = ends[1];
        m_isThere = m_isThere && m_watch.add(m_own, *this);
    }
    ~End()
    {
        leave();
        ::close(m_other);
        ::close(m_own);
    }
    Q_DISABLE_COPY_MOVE(End)
    void leave() { m_watch.remove(m_own, *this); }
    void again() { m_watch.again(m_own, *this); }
    void say(char byte) { m_isThere = ::write(m_other, &byte, 1) == 1 && m_isThere; }
    void hangUp() { shutdown(m_other, SHUT_RDWR); }
    bool isThere() const { return m_isThere; }

    int told = 0; ///< That it can be read.
    std::uint32_t events = 0; ///< The newest.
    std::function<void()> then;

private:
    void ready(std::uint32_t all) override
    {
        events = all;
        if (all & EPOLLIN)
            ++told;
        if (then && (all & EPOLLIN))
            then();
    }
    ReadyWatch &m_watch;
    bool m_isThere = false;
    int m_own = -1;
    int m_other = -1;
};

/// Turns of the event loop, until it has nothing to do.
void settle()
{
    for (int i = 0; i < 10; ++i)
        QCoreApplication::processEvents();
}

} // namespace

class ReadyWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsOfEachChangeOnce();
    void tellsAgainWhenAsked();
    void tellsOfTheOtherSidesEnd();
    void tellsNothingAfterARemoval();
    void tellsNothingOfOneThatWasRemovedInTheSameBatch();
    void tellsOfMoreThanOneBatch();
    void saysWhenItCannotWatch();
};

void ReadyWatchTest::tellsOfEachChangeOnce()
{
    ReadyWatch watch;
    End end(watch);
    settle();
    QVERIFY(end.isThere());
    QVERIFY(end.events & EPOLLOUT); // there is room from the beginning
    QCOMPARE(end.told, 0);
    end.say('a');
    QTRY_COMPARE(end.told, 1);
    settle();
    QCOMPARE(end.told, 1); // although nothing was read
    end.say('b');
    QTRY_COMPARE(end.told, 2);
}

void ReadyWatchTest::tellsAgainWhenAsked()
{
    ReadyWatch watch;
    End end(watch);
    end.say('a');
    QTRY_COMPARE(end.told, 1);
    end.again();
    QTRY_COMPARE(end.told, 2);
    settle();
    QCOMPARE(end.told, 2);
}

void ReadyWatchTest::tellsOfTheOtherSidesEnd()
{
    ReadyWatch watch;
    End end(watch);
    end.hangUp();
    QTRY_VERIFY(end.events & EPOLLRDHUP);
}

void ReadyWatchTest::tellsNothingAfterARemoval()
{
    ReadyWatch watch;
    End end(watch);
    end.leave();
    end.say('a');
    settle();
    QCOMPARE(end.told, 0);
    QCOMPARE(end.events, 0u);
}

/// Each removes the other: which of them comes first is the system's choice.
void ReadyWatchTest::tellsNothingOfOneThatWasRemovedInTheSameBatch()
{
    ReadyWatch watch;
    End one(watch);
    End other(watch);
    settle();
    one.then = [&] { other.leave(); };
    other.then = [&] { one.leave(); };
    one.say('a');
    other.say('a');
    settle();
    QCOMPARE(one.told + other.told, 1);
}

void ReadyWatchTest::tellsOfMoreThanOneBatch()
{
    ReadyWatch watch;
    std::vector<std::unique_ptr<End>> ends;
    for (int i = 0; i < 400; ++i) // two descriptors each; a batch has 256
        ends.push_back(std::make_unique<End>(watch));
    if (!ends.back()->isThere())
        QSKIP("the system gives fewer than 800 descriptors");
    settle();
    for (const auto &end : ends)
        end->say('a');
    settle();
    for (const auto &end : ends)
        QCOMPARE(end->told, 1);
}

void ReadyWatchTest::saysWhenItCannotWatch()
{
    ReadyWatch watch;
    End end(watch);
    QVERIFY(!watch.add(-1, end));
    QCOMPARE(errno, EBADF);
}

QTEST_GUILESS_MAIN(ReadyWatchTest)
#include "tst_readywatch.moc"
