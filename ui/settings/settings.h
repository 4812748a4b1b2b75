// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/profilechoice.h"
#include "ui/theme/theme.h"

#include <QSettings>
#include <QStringList>

#include <optional>

namespace Headroom {

/// What is remembered for this user, every key with its default. The command line shares the file for the hosts that
/// were allowed. Values that make no sense count as missing. Thread: main.
class Settings
{
public:
    static constexpr qsizetype kMaxRecentFiles = 10;

    Settings(); ///< The user's own.
    explicit Settings(const QString &file); ///< An INI file, for tests.

    QByteArray geometry() const;
    QByteArray layout() const; ///< Of QMainWindow::saveState(), version kLayoutVersion.
    void setWindow(const QByteArray &geometry, const QByteArray &layout);
    static constexpr int kLayoutVersion = 1;

    ColorMode colorMode() const; ///< System at first.
    void setColorMode(ColorMode mode);

    std::optional<double> chartSpanSeconds() const; ///< Nothing at first: all.
    void setChartSpanSeconds(std::optional<double> seconds);
    bool isLogarithmic() const;
    void setLogarithmic(bool isLogarithmic);
    QStringList hiddenCharts() const; ///< By id; at first those that few look at.
    void setHiddenCharts(const QStringList &ids);

    QStringList recentFiles() const; ///< Scenarios and sessions, newest first; missing ones are left out.
    void addRecentFile(const QString &path);
    void clearRecentFiles();
    QString lastFolder() const; ///< Of the last file dialog; the home folder at first.
    void setLastFolder(const QString &folder);

    struct BareRun ///< What stands in the URL bar, as typed.
    {
        QString url, rate, duration;
    };
    BareRun bareRun() const;
    void setBareRun(const BareRun &run);

    QStringList allowedHosts() const;
    void allowHosts(const QStringList &hosts);

    /// A command is allowed for one scenario file, by its whole text. A scenario without a file is asked about every time
    /// the program runs.
    bool isCommandAllowed(const QString &scenarioPath, const QString &command) const;
    void allowCommands(const QString &scenarioPath, const QStringList &commands);

    /// What was chosen for a scenario file, of the last 100 that were chosen for; without a file nothing is remembered.
    ProfileChoice profileChoice(const QString &scenarioPath) const;
    void setProfileChoice(const QString &scenarioPath, const ProfileChoice &choice);

    /// What a hand has added to the charts of a scenario, by the scenario's name, of the last 100 that had some; as
    /// ChartChoices::text() has it.
    QString chartChoices(const QString &scenario) const;
    void setChartChoices(const QString &scenario, const QString &text); ///< Empty: forgotten.

private:
    QSettings m_store;
    QStringList m_allowedForNow; // commands of scenarios without a file
};

} // namespace Headroom
