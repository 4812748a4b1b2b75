// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/metrics/metricssource.h"
#include "core/session/sessionreader.h"

#include <memory>

namespace Headroom {

/// A saved session as a source of frames: pages do not know the difference to a live run.
///
/// Thread: main; the file is read on a thread of its own. After loaded() the position is the end: rewound() has
/// delivered everything. Playing from the end begins anew.
/// Memory: every frame stays in it, so it grows with the session; random access to the file comes later.
class SessionReplayer : public MetricsSource
{
    Q_OBJECT
public:
    static constexpr double kSlowest = 0.25; ///< Speeds: seconds of the run per second.
    static constexpr double kFastest = 120.0;

    /// The clock, injected for tests, must outlive it.
    explicit SessionReplayer(Clock &clock);
    ~SessionReplayer() override; ///< Also while loading.

    /// Begins to read; loaded() or failed() follows. Once.
    void open(const QString &path);

    // Known from loaded() on.
    RunFactsPtr facts() const override;
    const SessionHead &head() const;
    std::optional<RunEnding> ending() const override;
    bool isOver() const override;
    const std::vector<SessionReader::AttachmentEntry> &attachments() const;
    Nanoseconds length() const; ///< End of the last frame.

    Nanoseconds position() const; ///< What is shown ends here.
    bool isPlaying() const;
    double speed() const; ///< 1 at first.

    void play();
    void pause();
    void setSpeed(double speed); ///< Clamped.
    /// Forward delivers the frames in between, backward rewinds; does not change whether it plays. Clamped.
    void seek(Nanoseconds position);
    /// rewound() to where it is: for whoever begins to listen.
    void deliverAgain();

Q_SIGNALS:
    void progressed(double share); ///< Of the reading, 0 to 1.
    void loaded();
    void failed(const Headroom::Error &error);
    void positionChanged(Headroom::Nanoseconds position);
    void playingChanged(bool isPlaying);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
