// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/promtext.h"

#include "core/base/humanformat.h"
#include "core/probes/promlinescanner.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace Headroom {

namespace {

std::optional<double> numberOf(QByteArrayView text)
{
    if (text.startsWith('+')) // which std::from_chars does not take
        text = text.sliced(1).startsWith('-') ? QByteArrayView() : text.sliced(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    return error == std::errc() && end == text.end() ? std::optional(value) : std::nullopt;
}

class TextReader
{
public:
    explicit TextReader(const PromVisitor &visitor)
        : m_visitor(visitor)
    {
    }
    /// What is wrong with the line; empty when nothing is.
    QString readLine(QByteArrayView line);
    bool isAtEnd() const { return m_isAtEnd; }

private:
    void readComment(PromLineScanner line);
    QString readLabels(PromLineScanner &line);
    QString readLabel(PromLineScanner &line);

    const PromVisitor &m_visitor;
    PromSample m_sample;
    std::vector<PromSample::Label> m_labels; // keeps its room from line to line
    bool m_isAtEnd = false;
};

void TextReader::readComment(PromLineScanner line)
{
    line.take('#');
    line.skipBlanks();
    const QByteArrayView word = line.takeWord();
    line.skipBlanks();
    m_isAtEnd = word == QByteArrayView("EOF") && line.isAtEnd();
    if (word != QByteArrayView("TYPE") || !m_visitor.type)
        return;
    const auto quoted = line.takeQuoted();
    const QByteArrayView name = quoted ? *quoted : line.takeWord();
    line.skipBlanks();
    m_visitor.type(name, line.takeWord());
}

/// A label, or in quotes and without a value the name of the metric.
QString TextReader::readLabel(PromLineScanner &line)
{
    const bool isQuoted = line.next() == '"';
    const auto name = isQuoted ? line.takeQuoted() : std::optional(line.takeName());
    if (!name || name->isEmpty())
        return QStringLiteral("a label has no name");
    line.skipBlanks();
    if (isQuoted && line.next() != '=') {
        if (!m_sample.name.isEmpty() || !m_labels.empty())
            return QStringLiteral("a label has no value");
        m_sample.name = *name;
        return {};
    }
    if (!line.take('='))
        return QStringLiteral("a label has no value");
    line.skipBlanks();
    const auto value = line.takeQuoted();
    if (!value)
        return QStringLiteral("the value of label %1 does not stand in quotes")
            .arg(formatQuoted(QString::fromUtf8(*name)));
    m_labels.push_back({*name, *value});
    return {};
}

QString TextReader::readLabels(PromLineScanner &line)
{
    line.take('{');
    const char *begin = line.place();
    while (true) {
        line.skipBlanks();
        if (line.next() == '}')
            break;
        if (const QString problem = readLabel(line); !problem.isEmpty())
            return problem;
        line.skipBlanks();
        if (!line.take(',') && line.next() != '}')
            return QStringLiteral("the labels do not end");
    }
    m_sample.labelText = QByteArrayView(begin, line.place());
    line.take('}');
    return {};
}

QString TextReader::readLine(QByteArrayView text)
{
    PromLineScanner line(text);
    line.skipBlanks();
    if (line.isAtEnd())
        return {};
    if (line.next() == '#') {
        readComment(line);
        return {};
    }
    m_sample = {};
    m_labels.clear();
    m_sample.name = line.takeName();
    line.skipBlanks();
    if (line.next() == '{') {
        if (const QString problem = readLabels(line); !problem.isEmpty())
            return problem;
    }
    if (m_sample.name.isEmpty())
        return QStringLiteral("a metric has no name");
    line.skipBlanks();
    const auto value = numberOf(line.takeWord());
    line.skipBlanks();
    if (!value)
        return QStringLiteral("metric %1 has no number").arg(formatQuoted(QString::fromUtf8(m_sample.name)));
    if (line.next() != '#' && !line.isAtEnd()) { // else an exemplar
        const bool isTime = numberOf(line.takeWord()).has_value();
        line.skipBlanks();
        if (!isTime || (line.next() != '#' && !line.isAtEnd()))
            return QStringLiteral("metric %1 has more than a number")
                .arg(formatQuoted(QString::fromUtf8(m_sample.name)));
    }
    m_sample.value = *value;
    m_sample.labels = m_labels;
    if (m_visitor.sample)
        m_visitor.sample(m_sample);
    return {};
}

} // namespace

QByteArray PromSample::Label::value() const
{
    if (!written.contains('\\'))
        return written.toByteArray();
    QByteArray plain;
    for (qsizetype i = 0; i < written.size(); ++i) {
        if (written[i] != '\\' || i + 1 == written.size()) {
            plain += written[i];
            continue;
        }
        const char escaped = written[++i];
        if (escaped != 'n' && escaped != '"' && escaped != '\\')
            plain += '\\'; // an escape of no meaning is text, as in Prometheus
        plain += escaped == 'n' ? '\n' : escaped;
    }
    return plain;
}

const PromSample::Label *PromSample::label(QByteArrayView wanted) const
{
    const auto found = std::ranges::find(labels, wanted, &Label::name);
    return found == labels.end() ? nullptr : &*found;
}

Result<void> readPromText(QByteArrayView text, const PromVisitor &visitor)
{
    TextReader reader(visitor);
    for (int number = 1; !text.isEmpty() && !reader.isAtEnd(); ++number) {
        const qsizetype end = text.indexOf('\n');
        QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (line.endsWith('\r'))
            line.chop(1);
        if (const QString problem = reader.readLine(line); !problem.isEmpty())
            return failure(Error::Code::InvalidInput, QStringLiteral("line %1: %2").arg(number).arg(problem));
    }
    return {};
}

} // namespace Headroom
