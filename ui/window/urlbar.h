// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/loadchange.h"
#include "ui/settings/settings.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace Headroom {

class QuantityEdit;

/// A URL, a rate and a duration: a run without any YAML. Without a duration the run is steered by hand and ends after
/// an hour. Return in any of the three starts it. Thread: main.
class UrlBar : public QWidget
{
    Q_OBJECT
public:
    static constexpr Nanoseconds kByHand = std::chrono::hours(1); ///< LANGUAGE, section 2.

    explicit UrlBar(QWidget *parent = nullptr);

    Settings::BareRun content() const;
    void setContent(const Settings::BareRun &content);
    /// The scenario that these stand for; nothing while they cannot be read.
    std::optional<QByteArray> scenario() const;
    void setStartable(bool isStartable);

public Q_SLOTS:
    void focusUrl();

Q_SIGNALS:
    void startWanted(const QByteArray &scenario);

private:
    void start();
    void examine();

    QuantityEdit *m_url;
    QuantityEdit *m_rate;
    QuantityEdit *m_duration;
    QPushButton *m_start;
    bool m_isStartable = true;
};

} // namespace Headroom
