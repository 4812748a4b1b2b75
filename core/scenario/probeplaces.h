// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenarioedit.h"
#include "core/yaml/yamlnode.h"

#include <QStringList>

#include <vector>

namespace Headroom {

inline const QString kProbesField = QStringLiteral("probes");

/// The text in lines, without their ends.
class TextLines
{
public:
    explicit TextLines(const QByteArray &text)
        : m_lines(QString::fromUtf8(text).split(u'\n'))
    {
        for (QString &line : m_lines) {
            if (line.endsWith(u'\r'))
                line.chop(1);
        }
    }
    int count() const { return int(m_lines.size()); }
    QString line(int number) const { return m_lines.value(number - 1); }
    /// Behind the last character of a line.
    TextPosition endOf(int number) const { return {number, int(line(number).toUcs4().size()) + 1}; }
    QChar at(int number, int column) const
    {
        const QList<uint> characters = line(number).toUcs4();
        const uint found = characters.value(column - 1, 0);
        return found <= 0xffff ? QChar(ushort(found)) : QChar(QChar::ReplacementCharacter);
    }

private:
    QStringList m_lines;
};

const YamlNode::Entry *entryOf(const YamlNode &mapping, const QString &key); ///< nullptr when there is none.

/// Ways to put a probe, as "name: { … }", into a scenario that was read from these lines: the best first. None is sure
/// to leave all else as it is; whoever takes one reads the text again.
std::vector<ScenarioEdit> waysToAdd(const YamlNode &root, const TextLines &lines, const QString &field);
/// The same to take one of the field `probes` away.
std::vector<ScenarioEdit> waysToRemove(const YamlNode &root, const YamlNode::Entry &probes, const QString &name,
                                       const TextLines &lines);

} // namespace Headroom
