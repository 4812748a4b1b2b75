// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/schemaparts.h"

namespace Headroom::SchemaParts {

Json ofType(const char *type, const char *help)
{
    Json schema = jsonObject();
    schema["description"] = help;
    schema["type"] = type;
    return schema;
}

Json orNull(Json schema)
{
    Json types = jsonList();
    types.push_back(schema["type"]);
    types.push_back("null");
    schema["type"] = std::move(types);
    if (schema.contains("enum"))
        schema["enum"].push_back(Json::null());
    return schema;
}

Json text(const char *help) { return ofType("string", help); }
Json flag(const char *help) { return ofType("boolean", help); }
Json number(const char *help) { return ofType("number", help); }
Json numberOrNull(const char *help) { return orNull(number(help)); }

Json count(const char *help)
{
    Json schema = ofType("integer", help);
    schema["minimum"] = 0;
    return schema;
}

Json word(const char *help, const std::vector<const char *> &words)
{
    Json schema = text(help);
    schema["enum"] = jsonListOf(words, [](const char *word) { return Json(word); });
    return schema;
}

Json constantText(const char *value, const char *help)
{
    Json schema = text(help);
    schema["const"] = value;
    return schema;
}

Json listOf(const char *help, Json items)
{
    Json schema = ofType("array", help);
    schema["items"] = std::move(items);
    return schema;
}

// A pair of numbers, each of which may be null.
Json pairOf(const char *help)
{
    Json schema = listOf(help, numberOrNull("One end"));
    schema["minItems"] = 2;
    schema["maxItems"] = 2;
    return schema;
}

Json objectOf(const char *help, const Fields &fields)
{
    Json schema = ofType("object", help);
    Json properties = jsonObject();
    Json required = jsonList();
    for (const auto &[name, field] : fields) {
        properties[name] = field;
        required.push_back(name);
    }
    schema["properties"] = std::move(properties);
    schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    return schema;
}

Json mapOf(const char *help, Json values)
{
    Json schema = ofType("object", help);
    schema["additionalProperties"] = std::move(values);
    return schema;
}

Json schemaDocument(const char *id, const char *title, const Json &schema)
{
    Json document = jsonObject();
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    document["$id"] = id;
    document["title"] = title;
    for (const auto &member : schema.object_range())
        document[member.key()] = member.value();
    return document;
}

Json reference(const char *help, const char *name)
{
    Json schema = jsonObject();
    schema["description"] = help;
    schema["$ref"] = std::string("#/$defs/") + name;
    return schema;
}

Fields with(Fields first, const Fields &then)
{
    first.insert(first.end(), then.begin(), then.end());
    return first;
}

} // namespace Headroom::SchemaParts
