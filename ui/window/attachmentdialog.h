// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreader.h"

#include <QDialog>

class QPushButton;
class QStandardItemModel;

namespace Headroom {

class CopyTable;

/// Whether it is folded stacks, which a flame graph shows.
bool isFolded(const SessionReader::AttachmentEntry &entry);

/// The files that lie in a session: name, size, when they were attached, type. Says which one is to be saved, or shown as
/// a flame graph.
class AttachmentDialog : public QDialog
{
    Q_OBJECT
public:
    using Entries = std::vector<SessionReader::AttachmentEntry>;
    explicit AttachmentDialog(const Entries &entries, QWidget *parent = nullptr);

    CopyTable *table() const { return m_table; }
    void add(const SessionReader::AttachmentEntry &entry); ///< Behind the others, while a run is on.

Q_SIGNALS:
    /// `name`: a suggestion that is no path, whatever the session says.
    void saveWanted(std::size_t index, const QString &name);
    void flameWanted(std::size_t index, const QString &name); ///< Of folded stacks.

private:
    void addRow(const SessionReader::AttachmentEntry &entry, std::size_t index);
    void updateButtons();
    void save();
    void showFlame();
    void open(); ///< As a flame graph where it is one, else to be saved.
    bool isFlame() const;

    QStandardItemModel *m_model;
    CopyTable *m_table;
    QPushButton *m_save;
    QPushButton *m_flame;
};

} // namespace Headroom
