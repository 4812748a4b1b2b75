// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/processlist.h"
#include "core/probes/prommetric.h"

#include <QWidget>

#include <functional>

class QFormLayout;

namespace Headroom {

/// One thing that a probe of some kind needs to be told.
struct ProbeField
{
    enum class Kind { Text, Choice, Check, File, Metric, Number, Pairs };
    QString key; ///< As in the scenario.
    QString label;
    QString example; ///< Stands in the empty field.
    Kind kind = Kind::Text; ///< Pairs: names with what belongs to them, as "live: /live, ready: /ready".
    bool isRequired = true;
    QStringList choices{};
    int most = 0; ///< Of a number, which begins at 0.
};

/// One kind of probe, with what it needs.
struct ProbeKind
{
    QString key; ///< As in the scenario: "json".
    QString title;
    QString explanation;
    QString name; ///< What a probe of it is called at first.
    std::vector<ProbeField> fields;
};

/// The kinds that a window offers; all others are written by hand.
std::vector<ProbeKind> probeKinds();

/// The fields of one kind of probe.
class ProbeForm : public QWidget
{
    Q_OBJECT
public:
    explicit ProbeForm(const ProbeKind &kind, QWidget *parent = nullptr);

    const ProbeKind &kind() const { return m_kind; }
    /// What the scenario will have: "{ json: /stats, value: $.depth }"; empty while something is missing.
    QString yaml() const;
    QString missing() const; ///< Label of the first field that has to be filled in; empty: none.
    void setAddress(const ProcessAddress &address); ///< Of the kind "process".
    void setMetrics(const std::vector<PromMetric> &metrics); ///< Of the kind "prometheus": to choose from.
    QString valueOf(const QString &key) const; ///< As typed.

Q_SIGNALS:
    void changed();
    void pickerWanted(); ///< A process is to be chosen.
    void metricsWanted(); ///< They are to be listed.

private:
    struct Entry
    {
        ProbeField field;
        QWidget *editor = nullptr;
        std::function<QString()> value;
        std::function<void(const QString &)> setValue;
    };
    void addField(const ProbeField &field);
    void addText(Entry &entry);
    void addChoice(Entry &entry, bool isEditable);
    void addCheck(Entry &entry);
    void addFile(Entry &entry);
    void addNumber(Entry &entry);
    void takeMetric(const QString &name);
    Entry *entryOf(const QString &key);

    ProbeKind m_kind;
    QFormLayout *m_layout;
    std::vector<Entry> m_entries;
    std::vector<PromMetric> m_metrics;
};

} // namespace Headroom
