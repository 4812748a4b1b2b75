// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioedit.h"

#include "core/yaml/yamlreader.h"

namespace Headroom {

namespace {

const QString kDirect = QStringLiteral("direct");

/// In front of the first field: on a line of its own, or in the braces.
ScenarioEdit insertion(const YamlNode &target)
{
    const TextPosition first = target.entries.front().keyRange.start;
    const bool isInBraces = first != target.range.start;
    const QString behind = isInBraces ? QStringLiteral(", ") : u'\n' + QString(first.column - 1, u' ');
    return {{first, first}, QStringLiteral("transport: ") + kDirect + behind};
}

} // namespace

std::optional<ScenarioEdit> editToDirect(const QByteArray &text)
{
    const auto root = readYaml(text);
    const YamlNode *target = root ? root->find(u"target") : nullptr;
    if (!target || !target->isMapping() || target->entries.empty() || target->find(u"lines"))
        return std::nullopt;
    const YamlNode *transport = target->find(u"transport");
    if (!transport)
        return insertion(*target);
    if (!transport->isScalar() || transport->text == kDirect)
        return std::nullopt;
    return ScenarioEdit{transport->range, kDirect};
}

} // namespace Headroom
