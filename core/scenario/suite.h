// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "core/yaml/textrange.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace Headroom {

/// Several scenarios that are run in order and reported together, as their author wrote it.
struct Suite
{
    struct Member
    {
        QString name;
        QString scenario;  ///< A file below the suite's folder.
        QStringList needs; ///< Members before this one that must have met their rules.
        std::vector<std::pair<QString, QString>> set; ///< Place in the scenario and value, as --set takes them.
        QStringList profiles; ///< As --profile takes them.
        QString environment; ///< Empty: none.
        TextRange range;
    };
    /// A cell of the table of objectives: one metric of one member.
    struct Objective
    {
        QString member;
        QString metric; ///< "p95"
        QString bound;  ///< "900 ms", ">= 50/s"
        TextRange range;
    };
    QString name;
    std::vector<Member> members; ///< In order; every member stands behind those that it needs.
    std::vector<Objective> objectives;
};

struct SuiteReading
{
    Suite suite; ///< Only to be used when hasErrors(diagnostics) is false.
    Diagnostics diagnostics;
};

/// Whether a text is a suite and no scenario: it has the field `suite` at its top level. False for what is no YAML.
bool isSuite(const QByteArray &text);
/// Reads and checks a suite (UTF-8 YAML) by its own schema table. The scenarios of its members are not looked at.
/// Errors: as diagnostics; never fails otherwise, whatever the bytes.
SuiteReading readSuite(const QByteArray &text);
/// The language of suites as JSON Schema (draft 2020-12). Ends in a line feed.
QByteArray suiteJsonSchema();

} // namespace Headroom
