// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/verdictline.h"

#include "ui/run/runtexts.h"

#include <QStringList>

namespace Headroom {

namespace {

constexpr qsizetype kMostReasons = 5; // the report has them all

} // namespace

VerdictLine::VerdictLine(QWidget *parent)
    : QLabel(parent)
{
    setObjectName(QStringLiteral("verdictLine"));
    setAccessibleName(tr("Reasons of the verdict"));
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setWordWrap(true);
    setMargin(fontMetrics().height() / 4);
    hide();
}

void VerdictLine::setView(const RunViewPtr &view)
{
    QStringList sentences;
    if (view) {
        if (view->limit)
            sentences.append(tr("The limit: %1").arg(foreignText(headline(*view->limit))));
        for (const auto *list : {&view->verdict.reasons, &view->validity.warnings}) {
            for (const QString &reason : *list)
                sentences.append(foreignText(reason));
        }
    }
    sentences.removeDuplicates();
    if (sentences.size() > kMostReasons)
        sentences = sentences.first(kMostReasons) << tr("…");
    const QString text = sentences.join(QLatin1Char('\n'));
    if (text != this->text())
        setText(text);
    setVisible(!text.isEmpty());
}

} // namespace Headroom
