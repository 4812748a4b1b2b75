// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/againdialog.h"

#include "ui/run/runtexts.h"
#include "ui/widgets/quantityedit.h"
#include "ui/window/loadurl.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Headroom {

AgainDialog::AgainDialog(const QString &target, std::uint64_t seed, std::uint64_t newSeed, QWidget *parent)
    : QDialog(parent)
    , m_target(new QuantityEdit(checkLoadUrl, true, this))
    , m_seed(new QComboBox(this))
    , m_newSeed(newSeed)
{
    setObjectName(QStringLiteral("againDialog"));
    setWindowTitle(tr("Run Again"));
    auto *words =
        new QLabel(tr("Runs the same scenario with the same load, profiles and changes. The lines of the earlier "
                      "run are drawn pale behind the new ones."),
                   this);
    words->setWordWrap(true);
    m_target->setObjectName(QStringLiteral("target"));
    m_target->setAccessibleName(tr("Target"));
    m_target->setPlaceholderText(target.isEmpty() ? tr("the same") : tr("the same: %1").arg(foreignText(target)));
    m_target->setClearButtonEnabled(true);
    m_seed->setObjectName(QStringLiteral("seed"));
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->addItems({tr("the same: %1").arg(seed), tr("a new one: %1").arg(newSeed)});
    m_seed->setToolTip(tr("The same seed sends the same requests in the same order of arrivals."));
    auto *form = new QFormLayout;
    form->addRow(tr("&Target"), m_target);
    form->addRow(tr("&Seed"), m_seed);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(tr("&Run Again"), QDialogButtonBox::AcceptRole);
    m_start->setObjectName(QStringLiteral("again"));
    m_start->setDefault(true);
    connect(m_target, &QLineEdit::textChanged, this, [this] { m_start->setEnabled(m_target->isAcceptable()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    constexpr int kLetters = 64; // so that most targets are read whole
    setMinimumWidth(fontMetrics().averageCharWidth() * kLetters);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(words);
    layout->addLayout(form);
    layout->addWidget(buttons);
}

std::optional<QUrl> AgainDialog::target() const { return loadUrl(m_target->text()); }

std::optional<std::uint64_t> AgainDialog::seed() const
{
    return m_seed->currentIndex() == 1 ? std::optional(m_newSeed) : std::nullopt;
}

} // namespace Headroom
