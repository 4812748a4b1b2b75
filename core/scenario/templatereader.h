// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"
#include "core/scenario/templatescope.h"

namespace Headroom {

/// Reads the texts of a field that takes templates: puts the values of vars in, and reports what stands for nothing.
class TemplateReader
{
public:
    /// Of a field of this mapping, which says by the schema table what may stand in its texts.
    TemplateReader(const FieldReader &fields, QStringView field, Problems &problems)
        : TemplateReader(fields.scope(), fields.templates(field), problems)
    {
    }
    TemplateReader(TemplateScope *scope, SchemaField::Templates kind, Problems &problems)
        : m_scope(scope)
        , m_kind(kind)
        , m_problems(problems)
    {
    }

    /// A scalar as it goes out at a place; nothing when there is a problem in it, which is then reported.
    std::optional<TextTemplate> read(const YamlNode &scalar, TextPlace place) const;

private:
    bool append(TextTemplate &text, const TemplatePart &name, const YamlNode &scalar, TextPlace place) const;

    TemplateScope *m_scope;
    SchemaField::Templates m_kind;
    Problems &m_problems;
};

/// A field's text when nothing of a run may stand in it; empty where it is missing, is no scalar or has a problem, which
/// is then reported.
QString readConstant(const FieldReader &fields, QStringView name, Problems &problems);

/// Reads all that has a name in templates into a scope, which is then that of the whole scenario: the vars, and the
/// names of feeds, of variables that steps extract and of secrets.
TemplateScope readScope(const FieldReader &root, Problems &problems);
/// Warns of vars that nothing has used.
void reportUnusedVars(const TemplateScope &scope, Problems &problems);
/// Reports templates in texts that take none, by the schema table, and in keys.
void refuseMisplacedTemplates(const YamlNode &root, Problems &problems);

} // namespace Headroom
