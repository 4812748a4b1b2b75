// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/attachmentlist.h"

#include "core/base/humanformat.h"
#include "core/report/htmltable.h"
#include "core/report/schemaparts.h"

#include <ranges>

namespace Headroom {

namespace {

constexpr std::size_t kShown = 100; // a page that nobody can scroll through helps nobody

} // namespace

Json attachmentsJson(const ReportModel &model)
{
    return jsonListOf(model.attachments, [](const SessionReader::AttachmentEntry &attachment) {
        Json json = jsonObject();
        json["name"] = jsonText(attachment.name);
        json["media_type"] = jsonTextOrNull(attachment.mediaType);
        json["t_s"] = jsonSeconds(attachment.at);
        json["bytes"] = attachment.size;
        return json;
    });
}

Json attachmentsSchema()
{
    using namespace SchemaParts;
    return listOf("Files that lie in the session; headroom export --attachments writes them",
                  objectOf("One file",
                           {{"name", text("Its name, without folder")},
                            {"media_type", orNull(text("As in text/plain; null when it is not known"))},
                            {"t_s", number("When it was attached, in s since the start of the run")},
                            {"bytes", count("Its size")}}));
}

Html attachmentsHtml(const ReportModel &model)
{
    HtmlTable table("attachments-table", {{"File", false}, {"Type", false}, {"Attached"}, {"Size"}});
    for (const SessionReader::AttachmentEntry &attachment : model.attachments | std::views::take(kShown))
        table.addRow({Html::text(attachment.name), Html::text(attachment.mediaType),
                      numberHtml(jsonSeconds(attachment.at), formatElapsed(attachment.at)),
                      bytesHtml(std::uint64_t(attachment.size))});
    if (table.isEmpty())
        return {};
    Html html = table.html();
    if (model.attachments.size() > kShown)
        html +=
            noteHtml(QStringLiteral("And %1 more; the JSON report lists all.").arg(model.attachments.size() - kShown));
    return sectionHtml("attachments", "Attachments", html);
}

} // namespace Headroom
