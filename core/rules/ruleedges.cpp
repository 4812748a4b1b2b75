// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleedges.h"

#include "core/rules/rulequalifiers.h"

namespace Headroom {

RuleEdges ruleEdges(const Rule &rule)
{
    RuleScanner scanner(rule.text);
    scanner.takeName();
    scanner.takeBrackets();
    const RulePiece sign = scanner.takeComparison();
    if (rule.comparison != Rule::Comparison::Between || sign.text != u"between")
        return {rule.text, rule.text};
    const RulePiece low = scanner.takeUntil({u"and"});
    scanner.takeWord();
    const RulePiece high = takeUntilQualifier(scanner);
    const QStringView before = QStringView(rule.text).first(sign.position);
    const QStringView behind = QStringView(rule.text).sliced(high.position + high.text.size());
    return {QStringLiteral("%1>= %2%3").arg(before, low.text, behind),
            QStringLiteral("%1<= %2%3").arg(before, high.text, behind)};
}

} // namespace Headroom
