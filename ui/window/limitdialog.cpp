// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/limitdialog.h"

#include "core/base/quantity.h"
#include "ui/widgets/quantityedit.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Headroom {

namespace {

Result<void> checkRate(const QString &text)
{
    const auto rate = parseRate(text);
    if (!rate)
        return std::unexpected(rate.error());
    if (*rate <= Rate())
        return failure(Error::Code::InvalidInput, LimitDialog::tr("a search needs a rate above 0"));
    return {};
}

Result<void> checkJudged(const QString &text)
{
    const auto length = parseDuration(text);
    if (!length)
        return std::unexpected(length.error());
    if (*length < 1s || *length > std::chrono::minutes(30))
        return failure(Error::Code::InvalidInput, LimitDialog::tr("write a time from 1 s to 30 min"));
    return {};
}

template <typename Parse> auto typed(const QuantityEdit &edit, Parse parse)
{
    const auto parsed = parse(edit.text());
    return parsed ? std::optional(*parsed) : std::nullopt;
}

} // namespace

LimitDialog::LimitDialog(QWidget *parent)
    : QDialog(parent)
    , m_planned(new QuantityEdit(checkRate, true, this))
    , m_upTo(new QuantityEdit(checkRate, true, this))
    , m_hold(new QuantityEdit(checkJudged, true, this))
    , m_confirm(new QuantityEdit(checkJudged, true, this))
    , m_form(new QFormLayout)
{
    setObjectName(QStringLiteral("limitDialog"));
    setWindowTitle(tr("Find the Limit"));
    auto *words =
        new QLabel(tr("Raises the rate until a rule breaks, closes in on the limit and confirms it. The rules of the "
                      "scenario decide; the planned rate is what headroom is measured against."),
                   this);
    words->setWordWrap(true);
    addRow("plannedRate", tr("&Planned rate"), m_planned, tr("the scenario's highest"));
    addRow("upTo", tr("&Not beyond"), m_upTo, tr("10 times the planned rate"));
    addRow("hold", tr("&Judge each rate for"), m_hold, tr("10 s"));
    addRow("confirm", tr("&Confirm for"), m_confirm, tr("30 s"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(tr("&Search"), QDialogButtonBox::AcceptRole);
    m_start->setObjectName(QStringLiteral("search"));
    m_start->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    constexpr int kLetters = 64; // so that every placeholder is read whole
    setMinimumWidth(fontMetrics().averageCharWidth() * kLetters);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(words);
    layout->addLayout(m_form);
    layout->addWidget(buttons);
}

void LimitDialog::addRow(const char *name, const QString &label, QuantityEdit *edit, const QString &placeholder)
{
    edit->setObjectName(QLatin1String(name));
    edit->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    edit->setPlaceholderText(placeholder);
    connect(edit, &QLineEdit::textChanged, this, &LimitDialog::updateStart);
    m_form->addRow(label, edit);
}

void LimitDialog::updateStart()
{
    bool isFine = true;
    for (const QuantityEdit *edit : {m_planned, m_upTo, m_hold, m_confirm})
        isFine = isFine && edit->isAcceptable();
    m_start->setEnabled(isFine);
}

LoadChange LimitDialog::change() const
{
    LoadChange change;
    change.rate = typed(*m_planned, parseRate);
    change.findLimit =
        LimitChange{typed(*m_upTo, parseRate), typed(*m_hold, parseDuration), typed(*m_confirm, parseDuration)};
    return change;
}

} // namespace Headroom
