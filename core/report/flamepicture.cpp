// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/flamepicture.h"

#include "core/base/humanformat.h"
#include "core/stacks/flameboxes.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr double kWidth = 1070.0; // of the page's column, so that letters have their size
constexpr double kRow = 17.0;
constexpr double kLetter = 6.7; // breadth of one at 11 px, with room
constexpr double kNarrowest = 0.5; // of a box
constexpr std::size_t kMostBoxes = 3'000; // beyond, a page gets slow

/// What can be seen of a graph; with more boxes than a page bears, the narrowest of them go.
std::vector<FlameBox> seenBoxes(const StackTree &tree, int node)
{
    for (double least = kNarrowest / kWidth;; least *= 2.0) {
        std::vector<FlameBox> boxes = flameBoxes(tree, node, least);
        std::erase_if(boxes, [&](const FlameBox &box) { return box.level > tree.node(node).level + kMostFlameRows; });
        if (boxes.size() <= kMostBoxes || least > 1.0)
            return boxes;
    }
}

QString shortened(const QString &name, double width)
{
    const auto letters = qsizetype((width - 6.0) / kLetter);
    if (letters < 3)
        return {};
    return name.size() <= letters ? name : name.first(letters - 1) + QChar(0x2026);
}

Html boxHtml(const StackTree &tree, const FlameBox &box, double top)
{
    const QString name = box.node == 0 ? QStringLiteral("all") : tree.nameOf(box.node);
    const QString kind = isKernelFunction(name) ? QStringLiteral("kernel") : QString::number(flameShade(name));
    const double left = box.left * kWidth;
    const double width = box.breadth * kWidth;
    Html html = Html::element("title", flameBoxText(tree, box.node));
    html += Html::element("rect", Html(),
                          {{"class", QStringLiteral("frame frame-") + kind},
                           {"x", coordinate(left)},
                           {"y", coordinate(top)},
                           {"width", coordinate(width)},
                           {"height", coordinate(kRow - 1.0)}});
    if (const QString shown = shortened(name, width); !shown.isEmpty())
        html += Html::element("text", shown, {{"x", coordinate(left + 3.0)}, {"y", coordinate(top + 12.0)}});
    return Html::element("g", html);
}

Html pictureOf(const StackTree &tree, int node, const QString &title, const Html &style)
{
    const std::vector<FlameBox> boxes = seenBoxes(tree, node);
    const int rows = std::ranges::max(boxes, {}, &FlameBox::level).level + 1;
    Html content = style;
    for (const FlameBox &box : boxes)
        content += boxHtml(tree, box, (rows - 1 - box.level) * kRow);
    return Html::element("svg", content,
                         {{"xmlns", QStringLiteral("http://www.w3.org/2000/svg")},
                          {"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(rows * kRow)},
                          {"role", QStringLiteral("img")},
                          {"aria-label", title}});
}

const char kStyle[] = "svg{font-family:sans-serif;background:#ffffff}text{font-size:11px;fill:#1f2328}"
                      ".frame-0{fill:#f6c9a0}.frame-1{fill:#f2b8a0}.frame-2{fill:#f5d8a8}.frame-3{fill:#efc2b0}"
                      ".frame-4{fill:#f9dcb8}.frame-kernel{fill:#c9d4e3}"
                      "@media (prefers-color-scheme:dark){svg{background:#1b1e23}text{fill:#e6e8eb}"
                      ".frame-0{fill:#7a4a2b}.frame-1{fill:#80392b}.frame-2{fill:#6f5426}.frame-3{fill:#75403a}"
                      ".frame-4{fill:#84552c}.frame-kernel{fill:#3d4d63}}";

} // namespace

Html flameHtml(const StackTree &tree, const QString &title) { return pictureOf(tree, 0, title, {}); }

QByteArray flameSvg(const StackTree &tree, int node, const QString &title)
{
    const Html style = Html::element("style", QString::fromLatin1(kStyle));
    return pictureOf(tree, node, title, style).markup().toUtf8() + '\n';
}

QString flameBoxText(const StackTree &tree, int node)
{
    const StackTree::Node &one = tree.node(node);
    const QString name = node == 0 ? QStringLiteral("all") : tree.nameOf(node);
    QString text = QStringLiteral("%1: %2 of %3 samples, %4")
                       .arg(name, formatCount(one.total), formatCount(tree.samples()), formatShare(tree.shareOf(node)));
    if (one.self > 0 && one.self < one.total)
        text += QStringLiteral("; %1 its own").arg(formatShare(double(one.self) / double(tree.samples())));
    return text;
}

} // namespace Headroom
