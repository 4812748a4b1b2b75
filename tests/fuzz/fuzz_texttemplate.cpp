// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/requesttemplate.h"
#include "core/scenario/templatefunctions.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace {

using namespace Headroom;

void require(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

/// The parts cover the text, in order and without holes.
void checkParts(const QString &text, const std::vector<TemplatePart> &parts)
{
    qsizetype end = 0;
    for (const TemplatePart &part : parts) {
        require(part.start == end && part.length > 0);
        require(!part.isName || isTemplateName(part.text));
        end = part.start + part.length;
    }
    require(end == text.size());
}

/// What stands for nothing is taken for a variable.
TemplateValue valueOf(const TemplatePart &part, TextPlace place)
{
    TemplateValue value{.kind = TemplateValue::Kind::Variable, .written = writtenPart(part)};
    if (isBuiltIn(part.text)) {
        if (const auto builtIn = builtInValue(part))
            value = *builtIn;
    }
    value.place = place;
    const bool isFit
        = std::ranges::all_of(value.choices, [&](const QString &choice) { return misfitAt(place, choice).isEmpty(); });
    return isFit ? value : TemplateValue{.place = place}; // the reader refuses it
}

/// No value breaks out of its place.
void checkRendered(TextPlace place, const std::vector<TemplatePart> &parts, const RequestValues &values)
{
    for (const TemplatePart &part : parts) {
        if (!part.isName)
            continue;
        TextTemplate one;
        one.append(valueOf(part, place));
        const auto bytes = RequestTemplate::Bytes(one, place == TextPlace::Header).rendered(values);
        if (!bytes)
            continue;
        if (place == TextPlace::Header)
            require(!bytes->contains('\r') && !bytes->contains('\n') && !bytes->contains('\0'));
        if (place == TextPlace::Line)
            require(!bytes->contains('\r') && !bytes->contains('\n'));
        if (place == TextPlace::Path || place == TextPlace::Query || place == TextPlace::Form) {
            for (const char reserved : QByteArray("/?#&= \"\r\n"))
                require(!bytes->contains(reserved));
        }
        if (place == TextPlace::Json) {
            for (qsizetype i = 0; i < bytes->size(); ++i) {
                require(bytes->at(i) != '"' && std::uint8_t(bytes->at(i)) >= 0x20);
                i += bytes->at(i) == '\\' ? 1 : 0; // and what it makes harmless
            }
        }
    }
}

} // namespace

/// Whatever the text: it is taken apart or has a problem inside it; and put in as a value it stays a value.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const QString text = QString::fromUtf8(bytes);
    const auto parts = templateParts(text);
    if (!parts) {
        require(parts.error().start >= 0 && parts.error().length > 0
                && parts.error().start + parts.error().length <= text.size());
        return 0;
    }
    checkParts(text, *parts);
    const Variables variables{bytes};
    const RequestValues values{.user = 1, .iteration = 2, .content = 3, .variables = &variables};
    for (const TextPlace place : {TextPlace::Plain, TextPlace::Path, TextPlace::Query, TextPlace::Form,
                                  TextPlace::Header, TextPlace::Line, TextPlace::Json, TextPlace::JsonValue})
        checkRendered(place, *parts, values);
    return 0;
}
