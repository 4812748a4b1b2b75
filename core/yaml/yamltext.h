// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/yamlreader.h"

#include <QByteArrayView>

namespace Headroom {

/// The first place where the text is not UTF-8 or holds a character that YAML forbids, with what to do about it.
/// Also refused: line ends that only some programs take for one (U+0085, U+2028, U+2029), so that line numbers agree.
std::optional<YamlProblem> findForbiddenCharacter(QByteArrayView text);

/// A line by its number from 1, without its end; empty when there is none.
QString lineOf(QByteArrayView text, int line);

} // namespace Headroom
