// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/httpprobe.h"
#include "core/probes/labelmatch.h"
#include "core/probes/promqlanswer.h"

namespace Headroom {

/// Asks a Prometheus server for the value of an expression at that moment.
class PromQlProbe final : public HttpProbe
{
    Q_OBJECT
public:
    static constexpr qint64 kMaxBodyBytes = 1024 * 1024;
    struct Wanted
    {
        QString name;
        LabelMatch match; ///< What the label has to be; of several such elements the sum.
    };
    struct Source
    {
        QUrl server; ///< Absolute, http or https; "/api/v1/query" is put behind its path.
        QString query;
        QString by{}; ///< The label that tells elements apart; empty: one value, of a scalar or a vector of one.
        std::vector<Wanted> wanted{}; ///< With `by`: the series.
        Nanoseconds timeout{2s};
        TargetRoute route{}; ///< To the target, if the URL is one of it.
    };
    PromQlProbe(const QString &name, Source source, Clock &clock);

    /// Where a server is asked for an expression.
    static QUrl urlOf(const QUrl &server, const QString &query);

protected:
    void evaluate(const QByteArray &body) override;
    QString refusalIn(const QByteArray &body) const override;

private:
    void evaluateOne(const PromQlAnswer &answer);
    void evaluateMany(const PromQlAnswer &answer);

    const QByteArray m_by;
    const std::vector<Wanted> m_wanted;
};

} // namespace Headroom
