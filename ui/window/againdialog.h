// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QUrl>

#include <cstdint>
#include <optional>

class QComboBox;
class QPushButton;

namespace Headroom {

class QuantityEdit;

/// Asks what is to be different when a run is run again; at first, nothing is.
class AgainDialog : public QDialog
{
    Q_OBJECT
public:
    /// Target (URL, or empty) and seed are those of the earlier run; `newSeed` is on offer.
    AgainDialog(const QString &target, std::uint64_t seed, std::uint64_t newSeed, QWidget *parent = nullptr);

    std::optional<QUrl> target() const; ///< Nothing: the same.
    std::optional<std::uint64_t> seed() const; ///< Nothing: the same.

private:
    QuantityEdit *m_target;
    QComboBox *m_seed;
    QPushButton *m_start;
    std::uint64_t m_newSeed;
};

} // namespace Headroom
