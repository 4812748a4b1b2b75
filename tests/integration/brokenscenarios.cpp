// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/brokenscenarios.h"

#include <QFile>

#include <algorithm>

namespace Headroom {

namespace {

struct Edit
{
    QByteArray old;
    QByteArrayList lines; ///< What takes its place.
};

struct Case
{
    QByteArray name;
    std::vector<Edit> edits;
    QByteArray place;
};

QByteArray contentOf(const QString &name)
{
    QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/tests/data/broken/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qUtf8Printable(file.fileName()));
    return file.readAll();
}

std::vector<Case> casesOf(const QByteArray &text)
{
    std::vector<Case> cases;
    for (const QByteArray &line : text.split('\n')) {
        const QByteArray words = line.sliced(std::min<qsizetype>(2, line.size()));
        if (line.startsWith(": "))
            cases.push_back({words, {}, {}});
        else if (line.startsWith("- "))
            cases.back().edits.push_back({words, {}});
        else if (line.startsWith("+ "))
            cases.back().edits.back().lines.append(words);
        else if (line.startsWith("@ "))
            cases.back().place = words;
    }
    return cases;
}

qsizetype indentationAt(const QByteArray &text, qsizetype lineStart)
{
    qsizetype end = lineStart;
    while (end < text.size() && text[end] == ' ')
        ++end;
    return end - lineStart;
}

/// Behind what is indented deeper below the line that ends here.
qsizetype endOfBlock(const QByteArray &text, qsizetype end, qsizetype indentation)
{
    for (;;) {
        const qsizetype next = text.indexOf('\n', end + 1);
        if (next < 0 || indentationAt(text, end + 1) <= indentation)
            return end;
        end = next;
    }
}

TextPosition positionAt(const QByteArray &text, qsizetype at)
{
    const QByteArray before = text.first(at);
    return {int(before.count('\n')) + 1, int(at - before.lastIndexOf('\n'))}; // base.yaml is plain ASCII
}

/// Start and end of what was written.
std::pair<qsizetype, qsizetype> apply(const Edit &edit, QByteArray &text)
{
    if (text.count(edit.old) != 1)
        qFatal("'%s' stands not once in base.yaml", edit.old.constData());
    const qsizetype start = text.indexOf(edit.old);
    const qsizetype lineStart = text.lastIndexOf('\n', start) + 1;
    const qsizetype indentation = indentationAt(text, lineStart);
    qsizetype end = start + edit.old.size();
    if (edit.old.endsWith(':') && text[end] == '\n')
        end = endOfBlock(text, end, indentation);
    if (edit.lines.isEmpty()) {
        text.remove(lineStart, end + 1 - lineStart);
        return {lineStart, lineStart};
    }
    const QByteArray written = edit.lines.join('\n' + QByteArray(indentation, ' '));
    text.replace(start, end - start, written);
    return {start, start + written.size()};
}

BrokenScenario broken(const Case &edited, QByteArray text)
{
    BrokenScenario scenario{edited.name, {}, {}};
    for (const Edit &edit : edited.edits) {
        const auto [start, end] = apply(edit, text);
        scenario.places.push_back({positionAt(text, start), positionAt(text, end)});
    }
    if (const qsizetype at = text.indexOf(edited.place); !edited.place.isEmpty()) {
        if (at < 0)
            qFatal("'%s' is not there", edited.place.constData());
        scenario.places = {{positionAt(text, at), positionAt(text, at)}};
    }
    scenario.text = text;
    return scenario;
}

} // namespace

std::vector<BrokenScenario> brokenScenarios(const QString &file)
{
    const QByteArray base = contentOf(QStringLiteral("base.yaml"));
    std::vector<BrokenScenario> scenarios;
    for (const Case &edited : casesOf(contentOf(file)))
        scenarios.push_back(broken(edited, base));
    return scenarios;
}

} // namespace Headroom
