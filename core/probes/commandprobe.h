// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/probe.h"

#include <QProcess>
#include <QRegularExpression>

#include <memory>

namespace Headroom {

/// Starts a program at every reading, and takes a number out of what it says.
///
/// One at a time: while one is running, a reading has no value. The program leads a session of its own and is killed
/// with all that has stayed in it when it takes too long or says too much.
class CommandProbe final : public Probe
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxOutputBytes = 32 * 1024;
    struct Source
    {
        QString program; ///< An absolute path, or a name in the search path.
        QStringList arguments{};
        QString folder{}; ///< Where it runs; empty: ours.
        QRegularExpression pattern{}; ///< Its one group catches the number.
        Nanoseconds within{2s};
    };
    CommandProbe(const QString &name, Source source, Clock &clock);
    ~CommandProbe() override;

    void read() override;
    void cancel() override;
    bool isReading() const override { return m_isReading; }

private:
    void listen();
    void finish(int exitCode, QProcess::ExitStatus status);
    void evaluate();
    void end();
    void giveUp(const QString &problem);
    QString shownProgram() const;

    const Source m_source;
    Clock &m_clock;
    std::unique_ptr<Alarm> m_deadline;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_said;
    QByteArray m_complained; ///< The beginning of its standard error.
    bool m_isReading = false;
};

} // namespace Headroom
