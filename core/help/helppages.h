// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace Headroom {

/// One page of the help: Markdown, whose pictures are named as they lie beside the page in resources/.
struct HelpPage
{
    QString name; ///< As in `headroom help NAME`: the file's name without its ending.
    QString title; ///< Its first heading.
    QString text;
};

/// All pages, those of resources/help and that of the language, which is made from the schema tables; in the order in which
/// a newcomer would read them.
const std::vector<HelpPage> &helpPages();
std::optional<HelpPage> helpPageNamed(const QString &name);

/// Where the program keeps what a page calls "../pictures/NAME"; empty for anything else.
QString helpPicture(const QString &reference);

} // namespace Headroom
