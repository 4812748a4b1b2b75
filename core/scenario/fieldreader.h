// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldvalue.h"
#include "core/scenario/schematree.h"

#include <optional>
#include <type_traits>

namespace Headroom {

class TemplateScope;

/// One mapping of a checked scenario, read by field names: what is written, else the default of the schema table.
/// A value that does not parse was reported by SchemaCheck; here it reads as the default.
class FieldReader
{
    template <typename Parse> using ValueOf = std::invoke_result_t<Parse, QStringView>::value_type;

public:
    /// Of a field that is missing or no mapping: all defaults.
    /// `scope`: what the names in its templates stand for; must outlive the reader.
    FieldReader(const YamlNode *mapping, const SchemaNode &schema, TemplateScope *scope = nullptr)
        : m_mapping(mapping)
        , m_schema(schema)
        , m_scope(scope)
    {
    }

    /// What is written for a field; nullptr when it is missing or empty.
    const YamlNode *find(QStringView name) const;
    /// The same, but also what is written as null.
    const YamlNode *written(QStringView name) const { return m_mapping ? m_mapping->find(name) : nullptr; }
    bool has(QStringView name) const { return find(name); }
    /// The mapping below a field.
    FieldReader object(QStringView name) const;
    /// The items of a list, each as a mapping.
    std::vector<FieldReader> items(QStringView name) const;
    /// The place of the field's key, else that of the mapping's first word.
    TextRange keyRange(QStringView name) const;
    TextRange range() const { return m_mapping ? m_mapping->range : TextRange{}; }
    const SchemaNode &schemaBelow(QStringView name) const { return schemaOf(name); }
    /// For TemplateReader, which reads the fields that take templates.
    TemplateScope *scope() const { return m_scope; }
    SchemaField::Templates templates(QStringView name) const { return schemaOf(name).field->templates; }

    QString text(QStringView name) const;
    bool boolean(QStringView name) const { return value(name, parseBoolean); }
    std::uint64_t whole(QStringView name) const { return value(name, parseWhole); }
    double number(QStringView name) const { return value(name, parseNumber); }
    Nanoseconds duration(QStringView name) const { return value(name, parseDuration); }
    double percent(QStringView name) const { return value(name, parsePercent); }
    Scenario::ThinkTime thinkTime(QStringView name) const { return value(name, parseThinkTime); }
    std::vector<Scenario::StatusRange> statuses(QStringView name) const;

    std::optional<std::uint64_t> wholeIfWritten(QStringView name) const { return ifWritten(name, parseWhole); }
    std::optional<Nanoseconds> durationIfWritten(QStringView name) const { return ifWritten(name, parseDuration); }
    std::optional<Rate> rateIfWritten(QStringView name) const { return ifWritten(name, parseRate); }
    std::optional<std::pair<Rate, Rate>> rateSpanIfWritten(QStringView name) const
    {
        return ifWritten(name, parseRateSpan);
    }
    std::optional<Scenario::Batches> batchesIfWritten(QStringView name) const { return ifWritten(name, parseBatches); }
    std::optional<std::pair<double, double>> usersSpanIfWritten(QStringView name) const
    {
        return ifWritten(name, parseUsersSpan);
    }

private:
    template <typename Parse> std::optional<ValueOf<Parse>> ifWritten(QStringView name, Parse parse) const
    {
        const YamlNode *node = find(name);
        if (!node)
            return std::nullopt;
        const auto parsed = parse(node->text);
        return parsed ? std::optional(*parsed) : std::nullopt;
    }
    template <typename Parse> ValueOf<Parse> value(QStringView name, Parse parse) const
    {
        if (const auto written = ifWritten(name, parse))
            return *written;
        const auto parsed = parse(standard(name));
        Q_ASSERT(parsed); // who has no default in the table is read by ...IfWritten()
        return *parsed;
    }
    const SchemaNode &schemaOf(QStringView name) const;
    QString standard(QStringView name) const;

    const YamlNode *m_mapping;
    const SchemaNode &m_schema;
    TemplateScope *m_scope;
};

} // namespace Headroom
