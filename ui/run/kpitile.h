// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QFrame>

namespace Headroom {

/// What one tile shows.
struct KpiText
{
    enum class Tone { Plain, Good, Warning, Bad };
    QString value;
    QString detail{};
    QString remark{}; ///< Beside the caption: "few samples".
    Tone tone = Tone::Plain; ///< A third cue only: the value's symbol and words say it too.
    QString more{}; ///< Plain text below the explanation in the tool tip.
    bool operator==(const KpiText &) const = default;
};

/// A caption, a big value and a small line. Its width is that of a typical text, whatever it shows; what is too long is
/// cut with an ellipsis and stands whole in the tool tip.
class KpiTile : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Number, Words };
    KpiTile(Kind kind, const QString &id, const QString &caption, const QString &explanation, QWidget *parent);

    void setText(const KpiText &text);
    void setTheme(const Theme &theme);
    QString value() const { return m_text.value; }
    Kind kind() const { return m_kind; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QFont smallFont() const;
    QFont valueFont() const;
    QMargins padding() const;
    QColor valueColor() const;
    void describe();

    Kind m_kind;
    QString m_caption;
    QString m_explanation;
    KpiText m_text;
    Theme m_theme;
};

} // namespace Headroom
