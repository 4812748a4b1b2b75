// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/scenarioedit.h"

namespace Headroom {

/// Puts a probe into a scenario's text: behind the others, or with a field `probes` of its own at the end. All else
/// stays as it is, comments too; that was looked at before the edit is handed out. A text of nothing becomes one of the
/// probe alone.
/// `value`: what it is, on one line, as "{ process: { port: 8080 } }".
/// Errors: InvalidInput when the text is no scenario's or cannot be read (tabs that indent, for one), when it has a
/// probe of that name, when name or value cannot stand there, and when there is no place for it that changes nothing
/// else.
Result<ScenarioEdit> editToAddProbe(const QByteArray &text, const QString &name, const QString &value);

/// Takes a probe out again, with its comments on the same lines; with the last one the field `probes`.
/// Errors: NotFound, InvalidInput as above.
Result<ScenarioEdit> editToRemoveProbe(const QByteArray &text, const QString &name);

/// The text after an edit, with its own line ends.
QByteArray applied(const QByteArray &text, const ScenarioEdit &edit);

/// A name for a new probe that the text has none of yet, close to the one wanted: letters, digits, '_' and '-'.
QString freeProbeName(const QByteArray &text, const QString &wanted);

/// A text as one scalar inside of braces: quoted where it has to be. Line breaks become blanks.
QString scalarText(const QString &text);

} // namespace Headroom
