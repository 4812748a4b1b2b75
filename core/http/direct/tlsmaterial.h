// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Headroom {

// Looks through certificates and keys before a run. Each says what is wrong as the end of a sentence that begins with
// the name of the file ("is empty"), empty when all is well; nothing of a key is in it. Thread: any.

/// Of one certificate or more in PEM.
QString certificatesProblem(const QByteArray &pem);
/// Of a private key in PEM, of whatever kind.
QString privateKeyProblem(const QByteArray &pem);
/// Whether a key belongs to the first of some certificates. Range: both without a problem of their own.
bool belongTogether(const QByteArray &certificates, const QByteArray &key);

} // namespace Headroom
