// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/lastwords.h"

#include <QStringList>

#include <algorithm>

namespace Headroom {

namespace {

constexpr qsizetype kMaxLines = 5;

bool isUnprintable(QChar c) { return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format; }

} // namespace

void LastWords::hear(const QByteArray &output)
{
    m_heard += output;
    if (m_heard.size() > kMaxBytes)
        m_heard = m_heard.last(kMaxBytes);
}

QString LastWords::text() const
{
    QStringList lines;
    for (QString line : QString::fromUtf8(m_heard).split(QLatin1Char('\n'))) {
        std::ranges::replace_if(line, isUnprintable, QChar(QLatin1Char(' ')));
        if (const QString words = line.simplified(); !words.isEmpty())
            lines.append(words);
    }
    const QString all = lines.sliced(std::max<qsizetype>(0, lines.size() - kMaxLines)).join(QStringLiteral(" | "));
    return all.size() <= kMaxShown ? all : QStringLiteral("… ") + all.last(kMaxShown);
}

} // namespace Headroom
