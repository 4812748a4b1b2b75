// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/quantity.h"

#include <QLineEdit>

#include <functional>
#include <optional>

namespace Headroom {

/// A line to type a quantity with its unit, read by the one parser of all quantities. While it cannot be read the line
/// is marked (colour, tool tip and accessible description) with the parser's sentence.
class QuantityEdit : public QLineEdit
{
    Q_OBJECT
public:
    /// Errors of `check` are shown; an empty line is fine when `mayBeEmpty`.
    using Check = std::function<Result<void>(const QString &)>;
    QuantityEdit(Check check, bool mayBeEmpty, QWidget *parent = nullptr);

    static QuantityEdit *forRate(QWidget *parent = nullptr); ///< May not be empty.
    static QuantityEdit *forDuration(QWidget *parent = nullptr); ///< May be empty.

    bool isAcceptable() const { return m_problem.isEmpty(); }
    QString problem() const { return m_problem; } ///< One sentence; empty when acceptable.

protected:
    void changeEvent(QEvent *event) override; ///< Keeps the mark's colour readable when light turns to dark.

private:
    void examine();
    void colour();
    Check m_check;
    bool m_mayBeEmpty;
    QString m_problem;
    QAction *m_mark; ///< So that the colour does not stand alone.
};

} // namespace Headroom
