// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/urlbar.h"

#include "core/run/barescenario.h"
#include "ui/widgets/quantityedit.h"
#include "ui/window/loadurl.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>

namespace Headroom {

namespace {

QLabel *labelFor(const QString &text, QWidget *field, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setBuddy(field);
    return label;
}

} // namespace

UrlBar::UrlBar(QWidget *parent)
    : QWidget(parent)
    , m_url(new QuantityEdit(checkLoadUrl, true, this))
    , m_rate(QuantityEdit::forRate(this))
    , m_duration(QuantityEdit::forDuration(this))
    , m_start(new QPushButton(tr("Run &URL"), this))
{
    m_url->setObjectName(QStringLiteral("url"));
    m_url->setAccessibleName(tr("URL"));
    m_url->setPlaceholderText(tr("http://127.0.0.1:8080/path – load without a scenario"));
    m_url->setClearButtonEnabled(true);
    m_rate->setObjectName(QStringLiteral("rate"));
    m_rate->setAccessibleName(tr("Rate"));
    m_rate->setPlaceholderText(tr("50/s"));
    m_duration->setObjectName(QStringLiteral("duration"));
    m_duration->setAccessibleName(tr("Duration"));
    m_duration->setPlaceholderText(tr("by hand, 1 h"));
    m_start->setObjectName(QStringLiteral("runUrl"));
    m_start->setToolTip(tr("Puts this load on the URL; the scenario it stands for can be saved"));
    const int width = fontMetrics().horizontalAdvance(QStringLiteral("by hand, 1 h wide"));
    m_rate->setFixedWidth(width);
    m_duration->setFixedWidth(width);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 2, 4, 2);
    layout->addWidget(labelFor(tr("URL"), m_url, this));
    layout->addWidget(m_url, 1);
    layout->addWidget(labelFor(tr("Rate"), m_rate, this));
    layout->addWidget(m_rate);
    layout->addWidget(labelFor(tr("For"), m_duration, this));
    layout->addWidget(m_duration);
    layout->addWidget(m_start);

    for (const QuantityEdit *field : {m_url, m_rate, m_duration}) {
        connect(field, &QLineEdit::textChanged, this, &UrlBar::examine);
        connect(field, &QLineEdit::returnPressed, this, &UrlBar::start);
    }
    connect(m_start, &QPushButton::clicked, this, &UrlBar::start);
    examine();
}

Settings::BareRun UrlBar::content() const
{
    return {loadUrl(m_url->text()) ? m_url->text() : QString(), m_rate->text(), m_duration->text()};
}

void UrlBar::setContent(const Settings::BareRun &content)
{
    m_url->setText(content.url);
    m_rate->setText(content.rate);
    m_duration->setText(content.duration);
}

std::optional<QByteArray> UrlBar::scenario() const
{
    const std::optional<QUrl> url = loadUrl(m_url->text());
    const Result<Rate> rate = parseRate(m_rate->text());
    if (!url || !rate || !m_duration->isAcceptable())
        return std::nullopt;
    LoadChange change;
    change.rate = *rate;
    change.duration = parseDuration(m_duration->text()).value_or(kByHand);
    return bareScenario(*url, change);
}

void UrlBar::setStartable(bool isStartable)
{
    m_isStartable = isStartable;
    examine();
}

void UrlBar::focusUrl()
{
    m_url->setFocus(Qt::ShortcutFocusReason);
    m_url->selectAll();
}

void UrlBar::start()
{
    if (const auto text = m_isStartable ? scenario() : std::nullopt)
        Q_EMIT startWanted(*text);
}

void UrlBar::examine() { m_start->setEnabled(m_isStartable && scenario()); }

} // namespace Headroom
