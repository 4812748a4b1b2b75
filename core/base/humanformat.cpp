// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"

#include <QList>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

QString threeDigits(double value)
{
    const double size = std::abs(value);
    const int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return QString::number(value, 'f', decimals);
}

} // namespace

QString formatDuration(Nanoseconds duration)
{
    const double nanoseconds = double(duration.count());
    if (std::abs(nanoseconds) < 999.5)
        return QStringLiteral("%1 ns").arg(duration.count());
    if (std::abs(nanoseconds) < 999.5e3)
        return threeDigits(nanoseconds / 1e3) + QStringLiteral(" µs");
    if (std::abs(nanoseconds) < 999.5e6)
        return threeDigits(nanoseconds / 1e6) + QStringLiteral(" ms");
    if (std::abs(nanoseconds) < 119.5e9)
        return threeDigits(nanoseconds / 1e9) + QStringLiteral(" s");
    const QString sign = nanoseconds < 0.0 ? QStringLiteral("-") : QString();
    const qint64 seconds = std::llround(std::abs(nanoseconds) / 1e9);
    if (seconds < 7200)
        return sign + QStringLiteral("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    const qint64 minutes = (seconds + 30) / 60;
    return sign + QStringLiteral("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString formatElapsed(Nanoseconds duration)
{
    const qint64 seconds = std::max<qint64>(0, duration / 1s); // never shown before the start
    const QString tail = QStringLiteral("%1:%2")
                             .arg(seconds / 60 % 60, seconds >= 3600 ? 2 : 1, 10, QLatin1Char('0'))
                             .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return seconds >= 3600 ? QStringLiteral("%1:%2").arg(seconds / 3600).arg(tail) : tail;
}

QString formatElapsedSeconds(double seconds) { return formatElapsed(std::chrono::milliseconds(qint64(seconds * 1e3))); }

QString formatRate(Rate rate)
{
    if (rate.perSecond() > 0.0 && rate.perSecond() < 0.1)
        return formatNumber(rate.perSecond() * 3600.0) + QStringLiteral("/h");
    return formatNumber(rate.perSecond()) + QStringLiteral("/s");
}

QString formatBytes(double bytes)
{
    static constexpr const char *kUnits[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    while (std::abs(bytes) >= 1023.5 && unit < 4) {
        bytes /= 1024.0;
        ++unit;
    }
    return QStringLiteral("%1 %2").arg(QString::number(bytes, 'f', unit == 0 || std::abs(bytes) >= 99.95 ? 0 : 1),
                                       QLatin1String(kUnits[unit]));
}

QString formatShare(double share) { return formatNumber(share * 100.0) + QStringLiteral(" %"); }

QString formatNumber(double value)
{
    if (std::abs(value) >= 1000.0)
        return QString::number(value, 'f', 0);
    return QString::number(value, 'g', 4);
}

QString formatCount(std::uint64_t count) { return QLocale(QLocale::English).toString(qulonglong(count)); }

QString formatQuoted(QStringView text)
{
    constexpr int kShown = 40;
    const QList<uint> characters =
        text.first(std::min<qsizetype>(text.size(), 2 * kShown + 2)).toUcs4(); // two units at most
    QString shown;
    for (const char32_t character : characters.first(std::min<qsizetype>(characters.size(), kShown)))
        shown += QChar::isPrint(character) ? QString::fromUcs4(&character, 1) : QStringLiteral("?");
    return u'\'' + shown + (characters.size() > kShown ? QStringLiteral("\u2026'") : QStringLiteral("'"));
}

} // namespace Headroom
