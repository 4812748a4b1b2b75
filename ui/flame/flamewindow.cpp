// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/flame/flamewindow.h"

#include "core/base/humanformat.h"
#include "core/report/flamepicture.h"
#include "ui/flame/flamegraph.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace Headroom {

namespace {

constexpr qsizetype kLongestSearch = 200;

QPushButton *button(const char *name, const QString &text, const QString &tip, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(tip);
    made->setAutoDefault(false); // Enter is for the graph and the search
    return made;
}

} // namespace

FlameWindow::FlameWindow(const QString &name, std::shared_ptr<const StackTree> tree, QWidget *parent)
    : QDialog(parent)
    , m_name(name)
    , m_graph(new FlameGraph)
    , m_area(new QScrollArea(this))
    , m_chosen(new QLabel(this))
{
    setObjectName(QStringLiteral("flameWindow"));
    setWindowTitle(tr("%1 – flame graph").arg(name));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    m_area->setObjectName(QStringLiteral("flameArea"));
    m_area->setWidget(m_graph);
    m_area->setWidgetResizable(true);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_chosen->setObjectName(QStringLiteral("flameChosen"));
    m_chosen->setTextFormat(Qt::PlainText);
    m_chosen->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_chosen->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // names may be as long as they like
    auto *column = new QVBoxLayout(this);
    column->addWidget(makeBar());
    column->addWidget(m_area, 1);
    column->addWidget(m_chosen);
    connect(m_graph, &FlameGraph::currentChanged, this, &FlameWindow::showChosen);
    connect(m_graph, &FlameGraph::rootChanged, this, &FlameWindow::follow);
    m_graph->setTree(std::move(tree));
    resize(fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 40);
    m_graph->setFocus();
}

QWidget *FlameWindow::makeBar()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins({});
    m_search = new QLineEdit(bar);
    m_search->setObjectName(QStringLiteral("flameSearch"));
    m_search->setPlaceholderText(tr("Search functions"));
    m_search->setAccessibleName(tr("Search functions"));
    m_search->setMaxLength(kLongestSearch);
    m_search->setClearButtonEnabled(true);
    m_found = new QLabel(bar);
    m_found->setObjectName(QStringLiteral("flameFound"));
    auto *onTop = new QCheckBox(tr("Callers on &top"), bar);
    onTop->setObjectName(QStringLiteral("flameOnTop"));
    auto *all = button("flameAll", tr("Show &All"), tr("Shows all stacks over the whole breadth (Home)"), bar);
    auto *save = button("flameSave", tr("&Save as SVG…"), tr("Saves what is shown as a picture"), bar);
    row->addWidget(m_search, 1);
    row->addWidget(m_found);
    row->addWidget(onTop);
    row->addWidget(all);
    row->addWidget(save);
    auto *find = new QAction(tr("Find"), this);
    find->setShortcut(QKeySequence::Find);
    addAction(find);
    connect(find, &QAction::triggered, m_search, [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    connect(m_search, &QLineEdit::textChanged, this, &FlameWindow::search);
    connect(m_search, &QLineEdit::returnPressed, m_graph, [this] { m_graph->setFocus(); });
    connect(onTop, &QCheckBox::toggled, this, &FlameWindow::turn);
    connect(all, &QAbstractButton::clicked, m_graph, [this] { m_graph->zoomTo(0); });
    connect(save, &QAbstractButton::clicked, this,
            [this] { Q_EMIT saveWanted(flameSvg(m_graph->tree(), m_graph->root(), windowTitle()), m_name); });
    return bar;
}

void FlameWindow::search(const QString &text)
{
    const std::optional<double> share = m_graph->search(text);
    m_found->setText(share ? tr("in %1 of the samples").arg(formatShare(*share)) : QString());
}

void FlameWindow::showChosen(int node)
{
    m_chosen->setText(flameBoxText(m_graph->tree(), node));
    if (const QRect place = m_graph->placeOf(node); !place.isEmpty())
        m_area->ensureVisible(m_area->horizontalScrollBar()->value(), place.center().y(), 0, place.height());
}

void FlameWindow::turn(bool isRootOnTop)
{
    m_graph->setRootOnTop(isRootOnTop);
    follow(m_graph->root());
}

/// Its place is known when the graph has its new height.
void FlameWindow::follow(int node)
{
    QMetaObject::invokeMethod(this, [this, node] { showChosen(node); }, Qt::QueuedConnection);
}

} // namespace Headroom
