// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/quantityedit.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QStyle>
#include <QTextDocument>

namespace Headroom {

namespace {

template <typename T> Result<void> withoutValue(const Result<T> &result)
{
    if (!result)
        return std::unexpected(result.error());
    return {};
}

} // namespace

QuantityEdit::QuantityEdit(Check check, bool mayBeEmpty, QWidget *parent)
    : QLineEdit(parent)
    , m_check(std::move(check))
    , m_mayBeEmpty(mayBeEmpty)
    , m_mark(addAction(style()->standardIcon(QStyle::SP_MessageBoxWarning), TrailingPosition))
{
    m_mark->setObjectName(QStringLiteral("problemMark"));
    m_mark->setText(tr("Cannot be read"));
    m_mark->setVisible(false);
    connect(this, &QLineEdit::textChanged, this, &QuantityEdit::examine);
    examine();
}

QuantityEdit *QuantityEdit::forRate(QWidget *parent)
{
    auto *edit = new QuantityEdit([](const QString &text) { return withoutValue(parseRate(text)); }, false, parent);
    edit->setObjectName(QStringLiteral("rateEdit"));
    edit->setAccessibleName(tr("Rate"));
    edit->setPlaceholderText(tr("such as 50/s"));
    return edit;
}

QuantityEdit *QuantityEdit::forDuration(QWidget *parent)
{
    auto *edit = new QuantityEdit([](const QString &text) { return withoutValue(parseDuration(text)); }, true, parent);
    edit->setObjectName(QStringLiteral("durationEdit"));
    edit->setAccessibleName(tr("Duration"));
    edit->setPlaceholderText(tr("such as 30 s"));
    return edit;
}

void QuantityEdit::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

void QuantityEdit::examine()
{
    const bool isEmptyAndFine = m_mayBeEmpty && text().trimmed().isEmpty();
    const Result<void> answer = isEmptyAndFine ? Result<void>() : m_check(text());
    m_problem = answer ? QString() : answer.error().message;
    // What was typed is quoted in the sentence and must not be taken for markup.
    setToolTip(Qt::mightBeRichText(m_problem) ? Qt::convertFromPlainText(m_problem) : m_problem);
    setAccessibleDescription(m_problem);
    m_mark->setToolTip(toolTip());
    m_mark->setVisible(!isAcceptable());
    colour();
}

void QuantityEdit::colour()
{
    const QPalette around = parentWidget() ? parentWidget()->palette() : QApplication::palette(this);
    QPalette own; // what is not set in it comes from around
    if (!isAcceptable()) {
        own.setColor(QPalette::Active, QPalette::Text, Theme::of(around).bad);
        own.setColor(QPalette::Inactive, QPalette::Text, Theme::of(around).bad);
    }
    const QColor wanted = isAcceptable() ? around.color(QPalette::Text) : Theme::of(around).bad;
    if (palette().color(QPalette::Active, QPalette::Text) != wanted) // setPalette() comes back here
        setPalette(own);
}

} // namespace Headroom
