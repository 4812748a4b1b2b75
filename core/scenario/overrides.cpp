// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/overrides.h"

#include "core/base/humanformat.h"
#include "core/yaml/yamlreader.h"

#include <algorithm>
#include <optional>

namespace Headroom {

namespace {

/// One step of a path: a field, or an item of a list.
struct Segment
{
    QString name;
    qsizetype index = -1; ///< -1: a field.
};

/// "stages[0][1]" as stages, 0, 1; nothing when it is no path.
bool takePart(QStringView part, std::vector<Segment> &segments)
{
    const qsizetype bracket = part.indexOf(u'[');
    const QStringView name = bracket < 0 ? part : part.first(bracket);
    if (name.isEmpty())
        return false;
    segments.push_back({name.toString()});
    QStringView rest = part.sliced(name.size());
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf(u']');
        bool isNumber = false;
        const int index = end < 2 ? -1 : rest.sliced(1, end - 1).toInt(&isNumber);
        if (!rest.startsWith(u'[') || !isNumber || index < 0)
            return false;
        segments.push_back({{}, index});
        rest = rest.sliced(end + 1);
    }
    return true;
}

std::optional<std::vector<Segment>> parsePath(const QString &path)
{
    constexpr std::size_t kDeepest = 64; // as deep as a text may be
    std::vector<Segment> segments;
    for (const QStringView part : QStringView(path).split(u'.')) {
        if (!takePart(part, segments) || segments.size() > kDeepest)
            return std::nullopt;
    }
    return segments;
}

void mark(YamlNode &node, const TextRange &place)
{
    node.range = place;
    for (YamlNode &item : node.items)
        mark(item, place);
    for (YamlNode::Entry &entry : node.entries) {
        entry.keyRange = place;
        mark(entry.value, place);
    }
}

bool isOfProfiles(const QString &path)
{
    const QString field = path.section(u'.', 0, 0);
    return field == u"profiles" || field == u"environments";
}

/// One override on its way into the tree.
class Change
{
public:
    Change(std::size_t number, const ScenarioOverride &source, Problems &problems)
        : m_number(number)
        , m_source(source)
        , m_problems(problems)
    {
    }
    void apply(YamlNode &root);

private:
    /// What a segment leads to, made when it is a missing field; nullptr after a problem.
    YamlNode *enter(YamlNode &node, const Segment &segment);
    YamlNode *field(YamlNode &node, const QString &name);
    void remove(YamlNode &parent, const Segment &segment);
    std::nullptr_t problem(const QString &message);

    std::size_t m_number;
    const ScenarioOverride &m_source;
    Problems &m_problems;
};

void Change::apply(YamlNode &root)
{
    auto segments = parsePath(m_source.path);
    if (!segments) {
        problem(QStringLiteral("this is not a path; write it like load.stages[0].rate"));
        return;
    }
    auto value = readYaml(m_source.value.toUtf8());
    if (!value) {
        problem(QStringLiteral("in its value, ") + value.error().front().message);
        return;
    }
    mark(*value, Problems::placeOfOverride(m_number));
    const Segment last = segments->back();
    segments->pop_back();
    YamlNode *node = &root;
    for (const Segment &segment : *segments) {
        if (value->isNull() && segment.index < 0 && !node->find(segment.name))
            return; // what is to be removed is not there
        node = enter(*node, segment);
        if (!node)
            return;
    }
    if (value->isNull())
        return remove(*node, last);
    if (YamlNode *place = enter(*node, last))
        *place = *std::move(value);
}

YamlNode *Change::enter(YamlNode &node, const Segment &segment)
{
    if (segment.index < 0)
        return field(node, segment.name);
    if (!node.isSequence() || segment.index >= std::ssize(node.items))
        return problem(
            QStringLiteral("there is no item [%1]; the list has %2 items").arg(segment.index).arg(node.items.size()));
    return &node.items[std::size_t(segment.index)];
}

YamlNode *Change::field(YamlNode &node, const QString &name)
{
    if (node.isNull())
        node.kind = YamlNode::Kind::Mapping;
    if (!node.isMapping())
        return problem(
            QStringLiteral("%1 cannot be set in something that is not a mapping of fields").arg(formatQuoted(name)));
    const auto found = std::ranges::find(node.entries, name, &YamlNode::Entry::key);
    if (found != node.entries.end())
        return &found->value;
    const TextRange place = Problems::placeOfOverride(m_number);
    YamlNode::Entry &entry = node.entries.emplace_back(name, place);
    entry.value.range = place;
    return &entry.value;
}

void Change::remove(YamlNode &parent, const Segment &segment)
{
    if (segment.index < 0) {
        std::erase_if(parent.entries, [&segment](const YamlNode::Entry &entry) { return entry.key == segment.name; });
    } else if (enter(parent, segment)) {
        parent.items.erase(parent.items.begin() + segment.index);
    }
}

std::nullptr_t Change::problem(const QString &message)
{
    m_problems.overrideError(m_number, message);
    return nullptr;
}

} // namespace

void applyOverrides(YamlNode &root, const std::vector<ScenarioOverride> &overrides, OverrideOf which, Problems &problems)
{
    for (std::size_t i = 0; i < overrides.size(); ++i) {
        if (isOfProfiles(overrides[i].path) == (which == OverrideOf::Profiles))
            Change(i, overrides[i], problems).apply(root);
    }
}

} // namespace Headroom
