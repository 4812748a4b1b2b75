// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/problempanel.h"

#include "ui/editor/problemlistmodel.h"
#include "ui/widgets/copytable.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace Headroom {

namespace {

QString counted(const Diagnostics &diagnostics)
{
    if (diagnostics.empty())
        return ProblemPanel::tr("No problems");
    const auto warnings = std::ranges::count(diagnostics, Diagnostic::Severity::Warning, &Diagnostic::severity);
    const auto errors = std::ssize(diagnostics) - warnings;
    QStringList parts;
    if (errors > 0)
        parts.append(errors == 1 ? ProblemPanel::tr("1 error") : ProblemPanel::tr("%1 errors").arg(errors));
    if (warnings > 0)
        parts.append(warnings == 1 ? ProblemPanel::tr("1 warning") : ProblemPanel::tr("%1 warnings").arg(warnings));
    return parts.join(QStringLiteral(", "));
}

} // namespace

ProblemPanel::ProblemPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new ProblemListModel(this))
    , m_line(new QLabel(tr("No problems")))
    , m_table(new CopyTable(QStringLiteral("problemList"), m_model))
{
    setObjectName(QStringLiteral("problemPanel"));
    m_line->setObjectName(QStringLiteral("problemLine"));
    m_line->setTextFormat(Qt::PlainText);
    m_line->setWordWrap(true);
    m_table->setAccessibleName(tr("Problems"));
    m_table->setMinimumHeight(fontMetrics().height() * 8); // the heading and four problems
    m_table->hide();
    const int gap = fontMetrics().height() / 4;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gap, gap, gap, gap);
    column->addWidget(m_line);
    column->addWidget(m_table, 1);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT activated(index.data(ProblemListModel::IndexRole).toULongLong());
    });
}

void ProblemPanel::setTheme(const Theme &theme) { m_model->setTheme(theme); }

void ProblemPanel::showChecking() { m_line->setText(tr("Checking…")); }

void ProblemPanel::showProblems(const Diagnostics &diagnostics)
{
    m_line->setText(counted(diagnostics));
    m_model->setDiagnostics(diagnostics);
    m_table->setVisible(!diagnostics.empty());
}

void ProblemPanel::showNotice(const QString &notice) { m_line->setText(notice); }

void ProblemPanel::select(std::size_t index)
{
    const QAbstractItemModel &rows = *m_table->model();
    const QModelIndexList found =
        rows.match(rows.index(0, 0), ProblemListModel::IndexRole, qulonglong(index), 1, Qt::MatchExactly);
    if (!found.isEmpty())
        m_table->setCurrentIndex(found.first());
}

} // namespace Headroom
