// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/csvrow.h"

#include <QLocale>

#include <utility>

namespace Headroom {

namespace {

/// What Excel, LibreOffice and their like take for the beginning of a formula (OWASP, CSV Injection).
bool isLikeFormula(const QString &text)
{
    static const QString kBeginnings = QStringLiteral("=+-@\t\r\uff1d\uff0b\uff0d\uff20"); // also in full width
    return !text.isEmpty() && kBeginnings.contains(text.front());
}

/// A whole number of 1/10^digits, exact: "1.25", "-0.000001", "3".
QByteArray decimal(std::int64_t value, int digits)
{
    QByteArray number = QByteArray::number(qint64(value));
    const qsizetype sign = value < 0 ? 1 : 0;
    while (number.size() - sign <= digits)
        number.insert(sign, '0');
    number.insert(number.size() - digits, '.');
    while (number.endsWith('0'))
        number.chop(1);
    if (number.endsWith('.'))
        number.chop(1);
    return number;
}

} // namespace

CsvRow &CsvRow::put(const QByteArray &cell)
{
    if (std::exchange(m_isBegun, true))
        m_line += ',';
    m_line += cell;
    return *this;
}

CsvRow &CsvRow::text(const QString &text)
{
    QByteArray cell = (isLikeFormula(text) ? u'\'' + text : text).toUtf8();
    const bool isQuoted = cell.contains(',') || cell.contains('"') || cell.contains('\n') || cell.contains('\r');
    return put(isQuoted ? '"' + cell.replace('"', "\"\"") + '"' : cell);
}

CsvRow &CsvRow::count(std::uint64_t count) { return put(QByteArray::number(qulonglong(count))); }

CsvRow &CsvRow::number(std::optional<double> number)
{
    return put(number ? QByteArray::number(*number, 'f', QLocale::FloatingPointShortest) : QByteArray());
}

CsvRow &CsvRow::truth(bool isTrue) { return put(isTrue ? "true" : "false"); }

CsvRow &CsvRow::milliseconds(std::optional<Nanoseconds> time)
{
    return put(time ? decimal(time->count(), 6) : QByteArray());
}

CsvRow &CsvRow::seconds(Nanoseconds time) { return put(decimal(time.count(), 9)); }

QByteArray CsvRow::take()
{
    m_isBegun = false;
    return std::exchange(m_line, {}) + "\r\n";
}

} // namespace Headroom
