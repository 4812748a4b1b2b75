// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/yamlreader.h"

#include <QByteArrayView>

namespace Headroom {

/// What the YAML library says about a text that it cannot read.
struct YamlSyntaxError
{
    QString problem; ///< "did not find expected key"
    QString context; ///< "while parsing a block mapping"; may be empty.
    TextPosition place; ///< Where it gave up.
    TextPosition started; ///< Where the context began; only with a context.
};

/// The same as one sentence for the person who wrote the text, at the place to look at.
YamlProblem explainSyntaxError(const YamlSyntaxError &error, QByteArrayView text);

} // namespace Headroom
