// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/truthlog.h"

#include <QString>

namespace Headroom {

namespace {

constexpr qsizetype kLongestField = 200;
constexpr qsizetype kFullBuffer = 1 << 20;

QByteArray nanoseconds(SteadyTime time)
{
    return QByteArray::number(qint64(Nanoseconds(time.time_since_epoch()).count()));
}

std::unexpected<Error> unwritable(const QFile &file)
{
    return failure(Error::Code::Unwritable,
                   QStringLiteral("the truth log cannot be written (%1); free space or choose another place")
                       .arg(file.errorString()),
                   file.fileName());
}

} // namespace

QByteArray csvField(QByteArrayView bytes)
{
    QString text = QString::fromUtf8(bytes.first(std::min(bytes.size(), 4 * kLongestField))).left(kLongestField);
    bool needsQuotes = text.startsWith(u' ') || text.endsWith(u' ');
    for (QChar &c : text) {
        if (!c.isPrint() && !c.isSurrogate())
            c = u'?';
        needsQuotes = needsQuotes || c == u'"' || c == u',';
    }
    if (!needsQuotes)
        return text.toUtf8();
    text.replace(u'"', QLatin1String("\"\""));
    return '"' + text.toUtf8() + '"';
}

Result<std::unique_ptr<TruthLog>> TruthLog::create(const QString &path)
{
    std::unique_ptr<TruthLog> log(new TruthLog(path));
    if (!log->m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        return unwritable(log->m_file);
    log->m_buffer = "id,method,path,user_agent,arrival_ns,start_ns,end_ns,status,latency_ms,cache\n";
    if (const auto flushed = log->flush(); !flushed)
        return std::unexpected(flushed.error());
    return log;
}

void TruthLog::append(const TruthRow &row)
{
    if (m_hasFailed)
        return;
    m_buffer += csvField(row.id) + ',' + row.method + ',' + csvField(row.path) + ',' + csvField(row.userAgent) + ','
        + nanoseconds(row.arrival) + ',' + nanoseconds(row.start) + ',' + nanoseconds(row.end) + ','
        + QByteArray::number(row.status) + ',' + row.latencyMs + ',' + row.cache + '\n';
    if (m_buffer.size() >= kFullBuffer)
        (void)flush(); // a failure is remembered and told by the next flush
}

Result<void> TruthLog::flush()
{
    if (!m_hasFailed && m_file.write(m_buffer) != m_buffer.size())
        m_hasFailed = true;
    m_buffer.clear();
    if (m_hasFailed)
        return unwritable(m_file);
    return {};
}

} // namespace Headroom
