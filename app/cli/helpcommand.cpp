// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "core/base/suggestion.h"
#include "core/help/helppages.h"

namespace Headroom {

int helpCommand(const QStringList &arguments)
{
    QStringList names;
    QString list;
    for (const HelpPage &page : helpPages()) {
        names << page.name;
        list += QStringLiteral("\n  headroom help %1  %2").arg(page.name, -16).arg(page.title);
    }
    if (arguments.size() == 1) {
        if (const auto page = helpPageNamed(arguments.front())) {
            printOut(page->text.trimmed());
            return kExitMet;
        }
        printError(QStringLiteral("there is no help page '%1'%2; the pages are:%3")
                       .arg(arguments.front(), didYouMean(arguments.front(), names), list));
        return kExitUsage;
    }
    printError(QStringLiteral("name one page:%1").arg(list));
    return kExitUsage;
}

} // namespace Headroom
