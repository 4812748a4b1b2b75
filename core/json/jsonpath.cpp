// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json/jsonpathparts.h"

namespace Headroom {

namespace {

constexpr qsizetype kMaxPathLength = 1000;
constexpr qsizetype kMaxCommas = 9; // each may double the work of those before it
constexpr qsizetype kMaxOpen = 32; // brackets in each other; compilation goes down recursively

/// The path without what stands in quotes, so that its operators can be recognised.
QString withoutQuoted(const QString &path)
{
    QString kept;
    QChar quote;
    for (qsizetype i = 0; i < path.size(); ++i) {
        const QChar c = path.at(i);
        if (!quote.isNull()) {
            i += c == QLatin1Char('\\');
            quote = c == quote ? QChar() : quote;
        } else if (c == QLatin1Char('\'') || c == QLatin1Char('"')) {
            quote = c;
        } else {
            kept += c;
        }
    }
    return kept;
}

qsizetype mostOpen(const QString &operators)
{
    qsizetype open = 0;
    qsizetype most = 0;
    for (const QChar c : operators) {
        open += (c == u'(' || c == u'[') - (c == u')' || c == u']');
        most = std::max(most, open);
    }
    return most;
}

/// Why a well-formed path is refused all the same: evaluation must neither hang the run nor exhaust its stack.
QString costProblem(const QString &path)
{
    if (path.isEmpty())
        return QStringLiteral("a JSONPath must not be empty; write one as $.queue_depth");
    if (path.size() > kMaxPathLength)
        return QStringLiteral("a JSONPath has at most %1 characters").arg(kMaxPathLength);
    const QString operators = withoutQuoted(path);
    // std::regex recurses once per character of the text it is given.
    if (operators.contains(QLatin1String("=~")) || operators.contains(QLatin1String("tokenize")))
        return QStringLiteral("regular expressions are not supported here; compare with == instead");
    // Each further one multiplies the work by the size of the document.
    if (operators.count(QLatin1String("..")) > 1)
        return QStringLiteral("'..' may stand in a JSONPath once; name the other levels");
    if (operators.contains(QLatin1Char('^'))) // back to where many come from, and from there to all of them again
        return QStringLiteral("'^' is not supported in a JSONPath; name the levels from the top");
    if (operators.contains(QLatin1Char('?')) && operators.count(QLatin1Char('$')) > 1)
        return QStringLiteral("a filter cannot look at the whole document; use @ instead of $ inside it");
    if (operators.count(QLatin1Char(',')) > kMaxCommas)
        return QStringLiteral("a JSONPath has at most %1 commas; name fewer places").arg(kMaxCommas);
    if (mostOpen(operators) > kMaxOpen)
        return QStringLiteral("a JSONPath has at most %1 brackets in each other").arg(kMaxOpen);
    return {};
}

} // namespace

JsonPath::JsonPath(std::unique_ptr<Compiled> compiled)
    : m_compiled(std::move(compiled))
{
}
JsonPath::JsonPath(JsonPath &&) noexcept = default;
JsonPath &JsonPath::operator=(JsonPath &&) noexcept = default;
JsonPath::~JsonPath() = default;

Result<JsonPath> JsonPath::compile(const QString &path)
{
    if (const QString problem = costProblem(path); !problem.isEmpty())
        return failure(Error::Code::InvalidInput, problem, path.left(kMaxPathLength));
    try { // the overload with an error code goes on compiling after an error
        const QString operators = withoutQuoted(path);
        return JsonPath(
            std::make_unique<Compiled>(jsoncons::jsonpath::make_expression<jsoncons::json>(path.toStdString()),
                                       operators.contains(u'?') || operators.contains(u'(')));
    } catch (const std::exception &exception) {
        const auto what = QString::fromLocal8Bit(exception.what());
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("not a JSONPath (%1); write one as $.queue_depth").arg(what), path);
    }
}

} // namespace Headroom
