// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/helppages.h"

#include "core/help/languagepage.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace Headroom {

namespace {

constexpr const char *kOrder[] = {"load-models", "language", "templates", "rules", "watching", "actions", "profiles", "session-files", "how-we-measure"};

QString textOf(const QString &name)
{
    if (name == QLatin1String("language"))
        return languagePage();
    QFile file(QStringLiteral(":/headroom/help/%1.md").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the help page %s was not built in", qUtf8Printable(name));
    return QString::fromUtf8(file.readAll());
}

HelpPage readPage(const QString &name)
{
    const QString text = textOf(name);
    const QString heading = text.section(u'\n', 0, 0);
    return {name, heading.mid(heading.indexOf(u' ') + 1).trimmed(), text};
}

std::vector<HelpPage> readPages()
{
    std::vector<HelpPage> pages;
    for (const char *name : kOrder)
        pages.push_back(readPage(QLatin1String(name)));
    return pages;
}

} // namespace

const std::vector<HelpPage> &helpPages()
{
    static const std::vector<HelpPage> kPages = readPages();
    return kPages;
}

std::optional<HelpPage> helpPageNamed(const QString &name)
{
    const auto page = std::ranges::find(helpPages(), name, &HelpPage::name);
    return page == helpPages().end() ? std::nullopt : std::optional(*page);
}

QString helpPicture(const QString &reference)
{
    const QString file = QStringLiteral(":/headroom/pictures/") + QFileInfo(reference).fileName();
    return reference.startsWith(QLatin1String("../pictures/")) && QFile::exists(file) ? file : QString();
}

} // namespace Headroom
