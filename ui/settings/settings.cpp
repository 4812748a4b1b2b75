// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settings.h"

#include <QDir>
#include <QFileInfo>

namespace Headroom {

namespace {

const QString kGeometry = QStringLiteral("window/geometry");
const QString kLayout = QStringLiteral("window/layout");
const QString kColors = QStringLiteral("window/colors");
const QString kSpan = QStringLiteral("charts/spanSeconds");
const QString kLogarithmic = QStringLiteral("charts/logarithmic");
const QString kHiddenCharts = QStringLiteral("charts/hidden");
const QString kRecentFiles = QStringLiteral("files/recent");
const QString kLastFolder = QStringLiteral("files/folder");
const QString kUrl = QStringLiteral("bareRun/url");
const QString kRate = QStringLiteral("bareRun/rate");
const QString kDuration = QStringLiteral("bareRun/duration");
const QString kAllowedCommands = QStringLiteral("allowedCommands"); // "path" LF "command"
const QString kProfiles = QStringLiteral("profileChoices"); // "path" LF "environment" LF "group=profile" LF ...
const QString kChartChoices = QStringLiteral("charts/choices"); // "scenario" LF "text"
const QString kAllowedHosts = QStringLiteral("allowedHosts"); // the command line's key

const QStringList kColorNames{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")};

} // namespace

Settings::Settings() = default;

Settings::Settings(const QString &file)
    : m_store(file, QSettings::IniFormat)
{
}

QByteArray Settings::geometry() const { return m_store.value(kGeometry).toByteArray(); }
QByteArray Settings::layout() const { return m_store.value(kLayout).toByteArray(); }

void Settings::setWindow(const QByteArray &geometry, const QByteArray &layout)
{
    m_store.setValue(kGeometry, geometry);
    m_store.setValue(kLayout, layout);
}

ColorMode Settings::colorMode() const
{
    return ColorMode(std::max<qsizetype>(0, kColorNames.indexOf(m_store.value(kColors).toString())));
}

void Settings::setColorMode(ColorMode mode) { m_store.setValue(kColors, kColorNames.at(qsizetype(mode))); }

std::optional<double> Settings::chartSpanSeconds() const
{
    const double seconds = m_store.value(kSpan).toDouble();
    return seconds > 0.0 ? std::optional(seconds) : std::nullopt;
}

void Settings::setChartSpanSeconds(std::optional<double> seconds) { m_store.setValue(kSpan, seconds.value_or(0.0)); }

bool Settings::isLogarithmic() const { return m_store.value(kLogarithmic).toBool(); }
void Settings::setLogarithmic(bool isLogarithmic) { m_store.setValue(kLogarithmic, isLogarithmic); }

QStringList Settings::hiddenCharts() const
{
    return m_store.value(kHiddenCharts, QStringList{QStringLiteral("handles"), QStringLiteral("traffic")})
        .toStringList();
}
void Settings::setHiddenCharts(const QStringList &ids) { m_store.setValue(kHiddenCharts, ids); }

QStringList Settings::recentFiles() const
{
    QStringList present;
    for (const QString &path : m_store.value(kRecentFiles).toStringList()) {
        if (QFileInfo(path).isFile())
            present.append(path);
    }
    return present.first(std::min(present.size(), kMaxRecentFiles));
}

void Settings::addRecentFile(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList files = recentFiles();
    files.removeAll(absolute);
    files.prepend(absolute);
    m_store.setValue(kRecentFiles, files.first(std::min(files.size(), kMaxRecentFiles)));
}

void Settings::clearRecentFiles() { m_store.remove(kRecentFiles); }

QString Settings::lastFolder() const
{
    const QString folder = m_store.value(kLastFolder).toString();
    return !folder.isEmpty() && QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

void Settings::setLastFolder(const QString &folder) { m_store.setValue(kLastFolder, folder); }

Settings::BareRun Settings::bareRun() const
{
    return {m_store.value(kUrl).toString(), m_store.value(kRate, QStringLiteral("10/s")).toString(),
            m_store.value(kDuration, QStringLiteral("30 s")).toString()};
}

void Settings::setBareRun(const BareRun &run)
{
    m_store.setValue(kUrl, run.url);
    m_store.setValue(kRate, run.rate);
    m_store.setValue(kDuration, run.duration);
}

QStringList Settings::allowedHosts() const { return m_store.value(kAllowedHosts).toStringList(); }

void Settings::allowHosts(const QStringList &hosts)
{
    QStringList all = allowedHosts();
    for (const QString &host : hosts) {
        if (!all.contains(host, Qt::CaseInsensitive))
            all.append(host);
    }
    m_store.setValue(kAllowedHosts, all);
}

bool Settings::isCommandAllowed(const QString &scenarioPath, const QString &command) const
{
    if (scenarioPath.isEmpty())
        return m_allowedForNow.contains(command);
    return m_store.value(kAllowedCommands).toStringList().contains(scenarioPath + QLatin1Char('\n') + command);
}

void Settings::allowCommands(const QString &scenarioPath, const QStringList &commands)
{
    if (scenarioPath.isEmpty()) {
        m_allowedForNow += commands;
        return;
    }
    QStringList all = m_store.value(kAllowedCommands).toStringList();
    for (const QString &command : commands)
        all.append(scenarioPath + QLatin1Char('\n') + command);
    all.removeDuplicates();
    m_store.setValue(kAllowedCommands, all);
}

ProfileChoice Settings::profileChoice(const QString &scenarioPath) const
{
    for (const QString &entry : m_store.value(kProfiles).toStringList()) {
        const QStringList lines = entry.split(QLatin1Char('\n'));
        if (!scenarioPath.isEmpty() && lines.size() >= 2 && lines.first() == scenarioPath)
            return {lines.sliced(2), lines[1]};
    }
    return {};
}

void Settings::setProfileChoice(const QString &scenarioPath, const ProfileChoice &choice)
{
    constexpr qsizetype kMostChoices = 100;
    if (scenarioPath.isEmpty() || scenarioPath.contains(QLatin1Char('\n')))
        return;
    QStringList all = m_store.value(kProfiles).toStringList();
    all.removeIf([&](const QString &entry) { return entry.startsWith(scenarioPath + QLatin1Char('\n')); });
    if (!choice.isEmpty())
        all.prepend((QStringList{scenarioPath, choice.environment} + choice.profiles).join(QLatin1Char('\n')));
    m_store.setValue(kProfiles, all.first(std::min(all.size(), kMostChoices)));
}

QString Settings::chartChoices(const QString &scenario) const
{
    for (const QString &entry : m_store.value(kChartChoices).toStringList()) {
        if (entry.section(QLatin1Char('\n'), 0, 0) == scenario)
            return entry.section(QLatin1Char('\n'), 1);
    }
    return {};
}

void Settings::setChartChoices(const QString &scenario, const QString &text)
{
    constexpr qsizetype kMostScenarios = 100;
    if (scenario.isEmpty() || scenario.contains(QLatin1Char('\n')))
        return;
    QStringList all = m_store.value(kChartChoices).toStringList();
    all.removeIf([&](const QString &entry) { return entry.section(QLatin1Char('\n'), 0, 0) == scenario; });
    if (!text.isEmpty())
        all.prepend(scenario + QLatin1Char('\n') + text);
    m_store.setValue(kChartChoices, all.first(std::min(all.size(), kMostScenarios)));
}

} // namespace Headroom
