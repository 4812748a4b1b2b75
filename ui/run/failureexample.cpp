// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/failureexample.h"

#include "core/base/humanformat.h"
#include "ui/run/runtexts.h"

#include <QCoreApplication>

namespace Headroom {

namespace {

struct ExampleTexts
{
    Q_DECLARE_TR_FUNCTIONS(ExampleTexts)
};

QString bodyText(const FailureExample &example)
{
    if (example.bodyBytes == 0 && example.bodyHead.isEmpty())
        return ExampleTexts::tr("(empty body)");
    if (example.bodyHead.isEmpty())
        return ExampleTexts::tr("(the body of %1 was not kept)").arg(formatBytes(double(example.bodyBytes)));
    const QByteArray shown =
        example.bodyHead.first(std::min<qsizetype>(example.bodyHead.size(), FailureExample::kMaxBodyBytes));
    const QString text = foreignLines(QString::fromUtf8(shown));
    if (example.bodyBytes <= std::uint64_t(shown.size()))
        return text;
    return text + QLatin1Char('\n')
        + ExampleTexts::tr("(the first %1 of %2)")
              .arg(formatBytes(double(shown.size())), formatBytes(double(example.bodyBytes)));
}

} // namespace

QString exampleRequest(const FailureExample &example)
{
    return foreignText(example.method + QLatin1Char(' ') + example.url);
}

QString exampleText(const FailureExample &example)
{
    QString head = exampleRequest(example);
    if (!example.contentType.isEmpty())
        head += QLatin1Char('\n') + foreignText(example.contentType);
    if (!example.detail.isEmpty())
        head += QLatin1Char('\n') + foreignText(example.detail);
    return head + QLatin1String("\n\n") + bodyText(example);
}

} // namespace Headroom
