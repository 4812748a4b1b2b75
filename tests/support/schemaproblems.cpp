// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/schemaproblems.h"

// Half a minute of compiling: included here and nowhere else.
#include <jsoncons/json.hpp>
#include <jsoncons_ext/jsonschema/jsonschema.hpp>

#include <map>
#include <memory>

namespace Headroom {

namespace {

using jsoncons::ojson;
namespace schema = jsoncons::jsonschema;

const schema::json_schema<ojson> &compiled(const QByteArray &text)
{
    static std::map<QByteArray, std::unique_ptr<schema::json_schema<ojson>>> known; // compiling one takes a while, too
    auto &one = known[text];
    if (!one)
        one = std::make_unique<schema::json_schema<ojson>>(schema::make_json_schema(ojson::parse(text.toStdString())));
    return *one;
}

} // namespace

QStringList schemaProblems(const QByteArray &schemaText, const QByteArray &json)
{
    QStringList problems;
    compiled(schemaText).validate(ojson::parse(json.toStdString()), [&](const schema::validation_message &message) {
        problems += QString::fromStdString(message.instance_location().string() + ": " + message.message());
        return schema::walk_result::advance;
    });
    return problems;
}

} // namespace Headroom
