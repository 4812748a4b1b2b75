// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/secretreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/scenariotemplates.h"

#include <QSet>

#include <algorithm>

namespace Headroom {

namespace {

using Secret = Scenario::Secret;

constexpr std::size_t kMostSecrets = 100;
const QString kHowTo = QStringLiteral("write env VARIABLE, file PATH or keyring SERVICE/ENTRY, as in keyring "
                                      "headroom/staging");

bool isSecretName(const QString &name)
{
    constexpr qsizetype kLongest = 100;
    const auto mayStand = [](QChar c) {
        return (c.unicode() < 0x80 && c.isLetterOrNumber()) || c == u'_' || c == u'-'; // as in names of variables
    };
    return !name.isEmpty() && name.size() <= kLongest && std::ranges::all_of(name, mayStand);
}

/// "env TOKEN" and the like; a location without a name is not one.
bool takePlace(const QString &text, Secret &secret)
{
    const qsizetype blank = text.indexOf(u' ');
    const QString kind = text.first(std::max<qsizetype>(0, blank));
    secret.location = text.sliced(kind.size()).trimmed();
    if (kind == u"env")
        secret.source = Secret::Source::Environment;
    else if (kind == u"file")
        secret.source = Secret::Source::File;
    else if (kind == u"keyring")
        secret.source = Secret::Source::Keyring;
    else
        return false;
    const qsizetype slash = secret.location.indexOf(u'/');
    const bool isEntry = slash > 0 && slash + 1 < secret.location.size();
    return !secret.location.isEmpty() && !secret.location.contains(QChar(0))
        && (secret.source != Secret::Source::Keyring || isEntry);
}

class Reader
{
public:
    explicit Reader(Problems &problems)
        : m_problems(problems)
    {
    }
    std::vector<Secret> secrets;

    bool isFull(const TextRange &range)
    {
        if (secrets.size() < kMostSecrets)
            return false;
        m_problems.error(range, QStringLiteral("there are more than %1 secrets; remove some").arg(kMostSecrets));
        return true;
    }
    void add(const QString &name, const TextRange &range)
    {
        if (!isSecretName(name))
            m_problems.error(
                range,
                QStringLiteral("%1 cannot be the name of a secret; use letters without accents, digits, '_' "
                               "and '-', at most 100")
                    .arg(formatQuoted(name)));
        else if (std::ranges::contains(secrets, name, &Secret::name))
            m_problems.error(range, QStringLiteral("secret %1 is written twice; remove one").arg(formatQuoted(name)));
        secrets.push_back({name, Secret::Source::Environment, {}, Problems::shownPlace(range)});
    }
    void place(const YamlNode &text)
    {
        if (text.isScalar() && !takePlace(text.text.trimmed(), secrets.back()))
            m_problems.error(text.range,
                             QStringLiteral("%1 does not say where secret %2 is; %3")
                                 .arg(formatQuoted(text.text), formatQuoted(secrets.back().name), kHowTo));
    }

private:
    Problems &m_problems;
};

} // namespace

std::vector<Secret> readSecrets(const FieldReader &root, Problems &problems)
{
    Reader reader(problems);
    const YamlNode *node = root.find(u"secrets");
    if (!node)
        return {};
    for (const YamlNode &item : node->items) {
        if (reader.isFull(item.range))
            break;
        if (item.isScalar())
            reader.add(item.text, item.range);
    }
    for (const YamlNode::Entry &entry : node->entries) {
        if (reader.isFull(entry.keyRange))
            break;
        reader.add(entry.key, entry.keyRange);
        reader.place(entry.value);
    }
    return std::move(reader.secrets);
}

void reportUnusedSecrets(Scenario &scenario, Problems &problems)
{
    if (problems.hasErrors())
        return; // the place that was meant to use it may be among them
    QSet<QString> used;
    visitTemplates(scenario, [&used](const TextTemplate &text) {
        for (const TextTemplate::Piece &piece : text.pieces()) {
            if (piece.value && piece.value->kind == TemplateValue::Kind::Secret)
                used.insert(piece.value->name);
        }
    });
    for (const Secret &secret : scenario.secrets) {
        if (!used.contains(secret.name))
            problems.warning(
                secret.range,
                QStringLiteral("secret %1 is used nowhere; write ${secret.%2} where it belongs, or remove it")
                    .arg(formatQuoted(secret.name), secret.name));
    }
}

} // namespace Headroom
