// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/httpdate.h"

#include <locale>
#include <sstream>

namespace Headroom {

std::optional<std::chrono::sys_seconds> httpDateIn(const QByteArray &text)
{
    constexpr qsizetype kLongest = 40; // "Wednesday, 09-Nov-94 08:49:37 GMT" has 33
    if (text.size() > kLongest)
        return std::nullopt;
    // Of two digits, 69 to 99 are of the last century.
    for (const char *form : {"%a, %d %b %Y %H:%M:%S GMT", "%a, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"}) {
        std::istringstream stream(text.trimmed().toStdString());
        stream.imbue(std::locale::classic());
        std::chrono::sys_seconds date{};
        stream >> std::chrono::parse(form, date);
        if (stream && stream.peek() == std::istringstream::traits_type::eof())
            return date;
    }
    return std::nullopt;
}

} // namespace Headroom
