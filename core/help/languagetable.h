// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Headroom {

/// A Markdown table that is also read well as it is: all columns but the last are as wide as their widest cell.
class LanguageTable
{
public:
    explicit LanguageTable(const QStringList &heads)
        : m_rows{heads}
    {
    }
    void add(const QStringList &cells); ///< As many as there are heads.
    bool isEmpty() const { return m_rows.size() < 2; }
    QString markdown() const; ///< Ends in a line feed.

private:
    QList<QStringList> m_rows; ///< The first one: the heads.
};

} // namespace Headroom
