// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/feedreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/templatereader.h"

namespace Headroom {

namespace {

using Feed = Scenario::Feed;

std::optional<char> separatorOf(const QString &word)
{
    if (word == u"comma")
        return ',';
    if (word == u"semicolon")
        return ';';
    return word == u"tab" ? std::optional('\t') : std::nullopt;
}

void readOrder(const FieldReader &fields, Feed &feed, Problems &problems)
{
    const QString order = fields.text(u"order");
    const QString atEnd = fields.text(u"at_end");
    const auto clash = [&](const QString &message) { problems.error(fields.keyRange(u"at_end"), message); };
    if (order == u"random") {
        feed.order = Feed::Order::Random;
        if (atEnd == u"stop")
            clash(QStringLiteral(
                "rows in random order have no end, so nothing stops there; remove at_end, or write order: "
                "unique or sequential"));
        return;
    }
    feed.order = order == u"unique" ? Feed::Order::Unique : Feed::Order::Sequential;
    if (feed.order == Feed::Order::Unique && atEnd == u"wrap")
        clash(QStringLiteral(
            "unique rows come once, so they cannot begin anew; remove at_end, or write order: sequential"));
    feed.atEnd = feed.order == Feed::Order::Unique || atEnd == u"stop" ? Feed::AtEnd::Stop : Feed::AtEnd::Wrap;
}

QString fileOf(const FieldReader &fields, Problems &problems)
{
    const YamlNode *file = fields.find(u"file");
    if (!file || !file->isScalar())
        return {};
    const auto read = TemplateReader(fields, u"file", problems).read(*file, TextPlace::Plain);
    return read ? read->constant() : QString();
}

Feed readFeed(const YamlNode::Entry &entry, const FieldReader &fields, Problems &problems)
{
    Feed feed;
    feed.name = entry.key;
    feed.file = fileOf(fields, problems);
    feed.separator = separatorOf(fields.text(u"separator"));
    feed.range = Problems::shownPlace({entry.keyRange.start, entry.value.range.end});
    readOrder(fields, feed, problems);
    const YamlNode *where = fields.find(u"where");
    const TemplateReader reader(fields, u"where", problems);
    for (const YamlNode::Entry &column : where ? where->entries : std::vector<YamlNode::Entry>())
        feed.where.emplace_back(column.key,
                                reader.read(column.value, TextPlace::Plain).value_or(TextTemplate()).constant());
    return feed;
}

} // namespace

std::vector<Feed> readFeeds(const FieldReader &root, Problems &problems)
{
    std::vector<Feed> feeds;
    const SchemaNode &schema = schemaTree().child(u"data")->item();
    const YamlNode *named = root.find(u"data");
    for (const YamlNode::Entry &entry : named ? named->entries : std::vector<YamlNode::Entry>())
        feeds.push_back(readFeed(entry, FieldReader(&entry.value, schema, root.scope()), problems));
    return feeds;
}

void takeColumns(std::vector<Feed> &feeds, const TemplateScope &scope, Problems &problems)
{
    for (std::size_t i = 0; i < feeds.size(); ++i) {
        feeds[i].columns = scope.feeds()[i].columns;
        for (Feed::Column &column : feeds[i].columns)
            column.range = Problems::shownPlace(column.range);
        if (feeds[i].columns.empty() && !problems.hasErrors())
            problems.warning(
                scope.feeds()[i].range,
                QStringLiteral("feed %1 is used nowhere; write ${%2.COLUMN} where it belongs, or remove it")
                    .arg(formatQuoted(feeds[i].name), feeds[i].name.left(40))); // a name may fill the whole scenario
    }
}

} // namespace Headroom
