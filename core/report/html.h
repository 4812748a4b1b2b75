// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <initializer_list>
#include <utility>

namespace Headroom {

/// Markup that may stand in a page. It can be made of tags named in our sources and of escaped text only, so text of a
/// scenario or a target never becomes a tag, an attribute or a script.
class Html
{
public:
    /// Names stand in our sources; values may be hostile.
    using Attributes = std::initializer_list<std::pair<const char *, QString>>;

    Html() = default;
    /// One line: control, format and separator characters are replaced as in the terminal.
    static Html text(const QString &text);
    /// Several lines: line feeds and tabs stay.
    static Html block(const QString &text);
    static Html element(const char *tag, const Html &content, Attributes attributes = {});
    static Html element(const char *tag, const QString &content, Attributes attributes = {});
    /// An element that has no content and no end, as `br`.
    static Html single(const char *tag, Attributes attributes = {});

    Html &operator+=(const Html &other);
    bool isEmpty() const { return m_markup.isEmpty(); }
    const QString &markup() const { return m_markup; }

private:
    QString m_markup;
};

/// A place in a picture, to a tenth of its units.
QString coordinate(double value);

} // namespace Headroom
