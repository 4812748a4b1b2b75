// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/servicereader.h"

#include "core/base/humanformat.h"
#include "core/scenario/templatereader.h"

#include <QUrl>

namespace Headroom {

namespace {

/// A text of a field with its vars put in; empty when it is not written.
QString read(const FieldReader &fields, QStringView name, Problems &problems)
{
    const YamlNode *node = fields.find(name);
    if (!node)
        return {};
    return TemplateReader(fields, name, problems).read(*node, TextPlace::Plain).value_or(TextTemplate()).constant();
}

void checkTcp(const FieldReader &fields, const QString &tcp, Problems &problems)
{
    const QUrl url(QStringLiteral("tcp://") + tcp, QUrl::StrictMode);
    const bool isPlain = url.isValid() && url.path().isEmpty() && !url.hasQuery();
    if (tcp.contains(u'@')) // never shown: what stands before it may be a password
        problems.error(fields.find(u"tcp")->range,
                       QStringLiteral("a service's address must not hold a user name or password; remove them"));
    else if (!isPlain || url.host().isEmpty() || url.port() <= 0)
        problems.error(fields.find(u"tcp")->range,
                       QStringLiteral("%1 is no host and port; write it like 127.0.0.1:6379").arg(formatQuoted(tcp)));
}

void checkUrl(const FieldReader &fields, const QString &text, Problems &problems)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (text.startsWith(u'/'))
        problems.error(fields.find(u"http")->range,
                       QStringLiteral("a service has a whole URL; a path on the target belongs to target.ready"));
    else if (!url.isValid() || url.host().isEmpty() || !isWeb)
        problems.error(fields.find(u"http")->range,
                       QStringLiteral("%1 is no http or https URL").arg(formatQuoted(text)));
}

} // namespace

std::vector<Scenario::Service> readServices(const FieldReader &root, Problems &problems)
{
    std::vector<Scenario::Service> services;
    const YamlNode *list = root.find(u"services");
    for (const YamlNode::Entry &entry : list ? list->entries : std::vector<YamlNode::Entry>()) {
        const FieldReader fields(&entry.value, root.schemaBelow(u"services").item(), root.scope());
        Scenario::Service service;
        service.name = entry.key;
        service.tcp = read(fields, u"tcp", problems);
        service.url = read(fields, u"http", problems);
        service.command = read(fields, u"command", problems);
        service.within = fields.duration(u"within");
        service.range = Problems::shownPlace(entry.keyRange);
        if (fields.has(u"tcp"))
            checkTcp(fields, service.tcp, problems);
        if (fields.has(u"http"))
            checkUrl(fields, service.url, problems);
        services.push_back(std::move(service));
    }
    return services;
}

} // namespace Headroom
