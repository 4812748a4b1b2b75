// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

namespace Headroom {

/// Shows one help page. Its pictures come from the program; nothing is ever fetched.
/// Thread: main.
class HelpBrowser : public QTextBrowser
{
    Q_OBJECT
public:
    using QTextBrowser::QTextBrowser;
    void showPage(const QString &markdown);
    /// Goes to the next place of a text, from the start again after the last. False when it stands nowhere.
    bool findNext(const QString &text);

protected:
    QVariant loadResource(int type, const QUrl &name) override;
};

} // namespace Headroom
