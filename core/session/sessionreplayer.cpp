// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionreplayer.h"

#include "core/base/ownedthread.h"
#include "core/session/replaytrack.h"
#include "core/session/sessionloader.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr auto kStep = 100ms; // of real time between two positions
constexpr auto kShortestStep = 10ms; // however near the next frame is: about what a screen can show
constexpr std::size_t kFewFrames = 5; // up to here a seek forward is not worth showing everything anew

} // namespace

struct SessionReplayer::State
{
    SessionReplayer &replayer;
    Clock &clock;
    std::unique_ptr<Alarm> alarm{};
    std::optional<OwnedThread> thread{}; // while it is read
    LoadedSessionPtr session{};
    ReplayTrack track{};

    Nanoseconds position{};
    std::size_t nextFrame = 0;
    std::size_t nextEvent = 0;
    int jumps = 0; // told apart, as whoever hears of a frame may seek
    bool isPlaying = false;
    double speed = 1.0;
    SteadyTime anchor{}; // while it plays: when it was ...
    Nanoseconds anchorPosition{}; // ... there

    void finishLoading(const LoadedSessionPtr &loaded);
    bool isAtEnd() const { return position >= track.length(); }
    Nanoseconds positionNow() const;
    void setAnchor();
    void arm();
    void ring();
    void advanceTo(Nanoseconds target);
    void deliverUpTo(std::size_t lastFrame, std::size_t lastEvent);
    void emitEventsUpTo(std::size_t last, Nanoseconds time, int atJump);
    void rewindTo(Nanoseconds target);
    void stop();
};

// --- Loading -------------------------------------------------------------------------------------------------------

void SessionReplayer::State::finishLoading(const LoadedSessionPtr &loaded)
{
    thread.reset();
    session = loaded;
    track.setEvents(loaded->events);
    position = track.length();
    nextFrame = track.frames().size();
    nextEvent = track.events().size();
    Q_EMIT replayer.rewound(track.frames(), track.events());
    Q_EMIT replayer.positionChanged(position);
    Q_EMIT replayer.loaded();
}

// --- Moving --------------------------------------------------------------------------------------------------------

Nanoseconds SessionReplayer::State::positionNow() const
{
    // A double, as a long pause of the program at high speed would overflow.
    const double moved = double((clock.now() - anchor).count()) * speed;
    const double left = double((track.length() - anchorPosition).count());
    return moved >= left ? track.length() : anchorPosition + Nanoseconds(std::int64_t(moved));
}

void SessionReplayer::State::setAnchor()
{
    anchor = clock.now();
    anchorPosition = position;
}

void SessionReplayer::State::arm()
{
    const Nanoseconds next = track.nextMoment(nextFrame, nextEvent);
    const double untilNext = std::ceil(double((next - position).count()) / speed);
    const Nanoseconds wait(std::int64_t(
        std::clamp(untilNext, double(Nanoseconds(kShortestStep).count()), double(Nanoseconds(kStep).count()))));
    alarm->setFor(clock.now() + wait);
}

void SessionReplayer::State::ring()
{
    advanceTo(positionNow());
    if (!isPlaying)
        return;
    if (isAtEnd())
        stop();
    else
        arm();
}

void SessionReplayer::State::advanceTo(Nanoseconds target)
{
    const int atJump = jumps;
    position = target;
    deliverUpTo(track.framesUpTo(target), track.eventsUpTo(target));
    if (jumps == atJump)
        Q_EMIT replayer.positionChanged(position);
}

/// Frames and events in the order of the run.
void SessionReplayer::State::deliverUpTo(std::size_t lastFrame, std::size_t lastEvent)
{
    const int atJump = jumps;
    while (nextFrame < lastFrame && jumps == atJump) {
        emitEventsUpTo(lastEvent, track.endOf(nextFrame), atJump);
        if (jumps == atJump)
            Q_EMIT replayer.frameReady(FramePtr(track.frames()[nextFrame++]));
    }
    emitEventsUpTo(lastEvent, Nanoseconds::max(), atJump);
}

void SessionReplayer::State::emitEventsUpTo(std::size_t last, Nanoseconds time, int atJump)
{
    const std::vector<RunEvent> &events = track.events();
    while (jumps == atJump && nextEvent < last && events[nextEvent].at <= time)
        Q_EMIT replayer.eventHappened(RunEvent(events[nextEvent++]));
}

void SessionReplayer::State::rewindTo(Nanoseconds target)
{
    const int atJump = ++jumps;
    position = target;
    nextFrame = track.framesUpTo(target);
    nextEvent = track.eventsUpTo(target);
    const auto frames = track.frames().begin();
    const auto events = track.events().begin();
    Q_EMIT replayer.rewound({frames, frames + std::ptrdiff_t(nextFrame)}, {events, events + std::ptrdiff_t(nextEvent)});
    if (jumps == atJump)
        Q_EMIT replayer.positionChanged(position);
}

void SessionReplayer::State::stop()
{
    isPlaying = false;
    alarm->cancel();
    Q_EMIT replayer.playingChanged(false);
}

// --- The source ----------------------------------------------------------------------------------------------------

SessionReplayer::SessionReplayer(Clock &clock)
    : m_state(new State{*this, clock})
{
    m_state->alarm = clock.makeAlarm([state = m_state.get()] { state->ring(); });
}

SessionReplayer::~SessionReplayer()
{
    if (m_state->thread)
        m_state->thread->thread()->requestInterruption();
}

void SessionReplayer::open(const QString &path)
{
    Q_ASSERT(!m_state->thread && !m_state->session);
    m_state->thread.emplace(QStringLiteral("session loader"));
    auto *loader = m_state->thread->make<SessionLoader>();
    connect(loader, &SessionLoader::framesRead, this, [this](const std::vector<FramePtr> &frames, double share) {
        m_state->track.addFrames(frames);
        Q_EMIT progressed(share);
    });
    connect(loader, &SessionLoader::loaded, this,
            [this](const LoadedSessionPtr &session) { m_state->finishLoading(session); });
    connect(loader, &SessionLoader::failed, this, [this](const Error &error) {
        m_state->thread.reset();
        Q_EMIT failed(error);
    });
    beforeHandOver();
    QMetaObject::invokeMethod(loader, [loader, path] { loader->load(path); }, Qt::QueuedConnection);
}

RunFactsPtr SessionReplayer::facts() const { return m_state->session ? m_state->session->facts : nullptr; }

const SessionHead &SessionReplayer::head() const
{
    Q_ASSERT(m_state->session);
    return m_state->session->head;
}

const std::vector<SessionReader::AttachmentEntry> &SessionReplayer::attachments() const
{
    Q_ASSERT(m_state->session);
    return m_state->session->attachments;
}

std::optional<RunEnding> SessionReplayer::ending() const
{
    return m_state->session ? m_state->session->ending : std::nullopt;
}

bool SessionReplayer::isOver() const
{
    return m_state->session && m_state->nextFrame == m_state->track.frames().size();
}

Nanoseconds SessionReplayer::length() const { return m_state->session ? m_state->track.length() : 0ns; }

Nanoseconds SessionReplayer::position() const { return m_state->position; }

bool SessionReplayer::isPlaying() const { return m_state->isPlaying; }

double SessionReplayer::speed() const { return m_state->speed; }

void SessionReplayer::play()
{
    State &state = *m_state;
    if (!state.session || state.isPlaying)
        return;
    state.isPlaying = true;
    if (state.isAtEnd()) {
        // Events before the start come with the first advance.
        const int atJump = ++state.jumps;
        state.position = 0ns;
        state.nextFrame = state.nextEvent = 0;
        state.setAnchor();
        Q_EMIT rewound({}, {});
        if (state.jumps == atJump)
            Q_EMIT positionChanged(0ns);
    }
    if (!state.isPlaying)
        return;
    state.setAnchor();
    Q_EMIT playingChanged(true);
    if (state.isPlaying)
        state.ring();
}

void SessionReplayer::pause()
{
    State &state = *m_state;
    if (!state.isPlaying)
        return;
    state.advanceTo(state.positionNow());
    if (state.isPlaying)
        state.stop();
}

void SessionReplayer::setSpeed(double speed)
{
    State &state = *m_state;
    if (state.isPlaying)
        state.advanceTo(state.positionNow());
    state.speed = std::isnan(speed) ? 1.0 : std::clamp(speed, kSlowest, kFastest);
    if (!state.isPlaying)
        return;
    state.setAnchor();
    state.arm();
}

void SessionReplayer::seek(Nanoseconds position)
{
    State &state = *m_state;
    if (!state.session)
        return;
    const Nanoseconds target = std::clamp(position, Nanoseconds(0), state.track.length());
    const bool isNear = target >= state.position && state.track.framesUpTo(target) - state.nextFrame <= kFewFrames;
    if (isNear) {
        ++state.jumps;
        state.advanceTo(target);
    } else {
        state.rewindTo(target);
    }
    if (!state.isPlaying)
        return;
    state.setAnchor();
    state.arm();
}

void SessionReplayer::deliverAgain()
{
    if (m_state->session)
        m_state->rewindTo(m_state->position);
}

} // namespace Headroom
