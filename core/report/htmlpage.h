// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <utility>
#include <vector>

namespace Headroom {

/// What stands at "{{name}}" in a template.
using HtmlParts = std::vector<std::pair<QByteArray, QByteArray>>;

/// The template with its places filled. What is filled in is not looked at again: "{{" in a value stays as it is.
QByteArray filledTemplate(const QByteArray &text, const HtmlParts &parts);

/// A file that was built into the program, with the line feeds of Unix and without its reference to a source map, which
/// a browser would look for beside the page.
QByteArray pageFile(const char *name);

/// How a policy (CSP) names a script: 'sha256-...'.
QByteArray scriptHash(const QByteArray &script);

} // namespace Headroom
