// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/ceilingcache.h"

#include "core/plan/connectionplan.h"
#include "core/run/machinefacts.h"
#include "core/run/processwatch.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr int kVersion = 1;
constexpr qint64 kMaxFileBytes = 256 * 1024; // many times what kMaxEntries take
constexpr std::size_t kMaxEntries = 200; // the oldest are forgotten
constexpr qsizetype kMaxTextLength = 300;
constexpr double kMaxRate = 1e9;

/// Requests of one iteration at a rate of iterations.
double stepsPerIteration(const Plan &plan)
{
    double steps = 0.0;
    for (const Plan::Flow &flow : plan.flows)
        steps += flow.share * flow.requests;
    return steps;
}

QString bodyClass(const Plan &plan)
{
    qsizetype largest = 0;
    for (const Plan::Step &step : plan.steps)
        largest = std::max(largest, step.request.body ? step.request.body->size() : 0);
    if (largest == 0)
        return QStringLiteral("no body");
    for (const auto &[bytes, name] : {std::pair(4096, "4 KiB"), {65'536, "64 KiB"}, {1'048'576, "1 MiB"}}) {
        if (largest <= bytes)
            return QStringLiteral("bodies up to ") + QLatin1String(name);
    }
    return QStringLiteral("bodies above 1 MiB");
}

bool isGood(const QString &text) { return !text.isEmpty() && text.size() <= kMaxTextLength; }

/// What of the connections makes a request dearer or cheaper.
QString connectionShape(const Plan &plan)
{
    const ConnectionOptions &options = plan.connections;
    QString shape = plan.transport;
    if (options.isHttp2)
        shape += QStringLiteral(", HTTP/2 of %1 streams").arg(options.streams);
    if (!options.socket.isEmpty())
        shape += QStringLiteral(", local socket");
    if (options.isReused)
        return shape;
    shape += QStringLiteral(", a connection each");
    if (options.isResolvedEachTime)
        shape += QStringLiteral(" with its lookup");
    if (hasTls(plan) && !options.tls.isResumed)
        shape += QStringLiteral(" with its whole handshake");
    return shape;
}

} // namespace

QString loadShape(const Plan &plan, int workers)
{
    const bool isTls = plan.target.scheme() == QLatin1String("https");
    std::size_t steps = 0;
    for (const Plan::Flow &flow : plan.flows)
        steps = std::max(steps, flow.steps.size());
    return QStringLiteral("%1, %2, %3 steps, %4, %5 workers")
        .arg(connectionShape(plan), isTls ? QStringLiteral("TLS") : QStringLiteral("plain"))
        .arg(steps)
        .arg(bodyClass(plan))
        .arg(workers);
}

std::optional<double> peakRequestRate(const Plan &plan)
{
    if (plan.batches || plan.findLimit)
        return std::nullopt;
    if (plan.isOpenModel) {
        double rate = plan.profile.mostFrom(0ns) * stepsPerIteration(plan);
        for (const Plan::Flow &flow : plan.flows)
            rate += flow.rate ? flow.rate->perSecond() * flow.requests : 0.0;
        return rate;
    }
    double perUser = 0.0;
    for (const Plan::Flow &flow : plan.flows) {
        if (flow.pace <= 0ns)
            return std::nullopt;
        perUser += flow.share * flow.requests / std::chrono::duration<double>(flow.pace).count();
    }
    return plan.profile.mostFrom(0ns) * perUser;
}

CeilingCache::CeilingCache(QString path, QString machine)
    : m_path(std::move(path))
    , m_machine(machine.left(kMaxTextLength))
{
}

std::vector<CeilingCache::Entry> CeilingCache::read() const
{
    QFile file(m_path);
    if (m_path.isEmpty() || !file.open(QIODevice::ReadOnly) || file.size() > kMaxFileBytes)
        return {};
    const QJsonObject root = QJsonDocument::fromJson(file.read(kMaxFileBytes)).object();
    if (root.value(QLatin1String("version")).toInt() != kVersion)
        return {};
    std::vector<Entry> entries;
    const QJsonArray stored = root.value(QLatin1String("ceilings")).toArray();
    for (const QJsonValue &value : stored) {
        const Entry entry{value[QLatin1String("machine")].toString(),
                          value[QLatin1String("shape")].toString(),
                          {value[QLatin1String("rate_per_s")].toDouble(), value[QLatin1String("calibrated")].toBool()}};
        const double rate = entry.ceiling.ratePerSecond;
        if (isGood(entry.machine) && isGood(entry.shape) && rate > 0.0 && rate <= kMaxRate
            && entries.size() < kMaxEntries)
            entries.push_back(entry);
    }
    return entries;
}

Result<void> CeilingCache::write(const std::vector<Entry> &entries) const
{
    QJsonArray stored;
    for (const Entry &entry : entries)
        stored.append(QJsonObject{{QStringLiteral("machine"), entry.machine},
                                  {QStringLiteral("shape"), entry.shape},
                                  {QStringLiteral("rate_per_s"), entry.ceiling.ratePerSecond},
                                  {QStringLiteral("calibrated"), entry.ceiling.isCalibrated}});
    const QJsonObject root{{QStringLiteral("version"), kVersion}, {QStringLiteral("ceilings"), stored}};
    QDir().mkpath(QFileInfo(m_path).path());
    QSaveFile file(m_path);
    const QByteArray bytes = QJsonDocument(root).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failure(Error::Code::Unwritable, file.errorString(), m_path);
    return {};
}

std::optional<Ceiling> CeilingCache::find(const QString &shape) const
{
    for (const Entry &entry : read()) {
        if (entry.machine == m_machine && entry.shape == shape)
            return entry.ceiling;
    }
    return std::nullopt;
}

Result<bool> CeilingCache::keep(const QString &shape, const Ceiling &ceiling)
{
    if (m_path.isEmpty() || !isGood(shape) || !(ceiling.ratePerSecond > 0.0 && ceiling.ratePerSecond <= kMaxRate))
        return false;
    std::vector<Entry> entries = read();
    const auto known = std::ranges::find_if(
        entries, [&](const Entry &entry) { return entry.machine == m_machine && entry.shape == shape; });
    if (known != entries.end()) {
        const Ceiling &old = known->ceiling;
        if (!ceiling.isCalibrated && (old.isCalibrated || old.ratePerSecond >= ceiling.ratePerSecond))
            return false;
        entries.erase(known);
    }
    if (entries.size() >= kMaxEntries)
        entries.erase(entries.begin());
    entries.push_back({m_machine, shape, ceiling});
    return write(entries).transform([] { return true; });
}

QString defaultCeilingFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + QStringLiteral("/headroom/ceilings.json");
}

QString machineName()
{
    return QStringLiteral("%1, %2 processors").arg(machineFacts().front().second).arg(usableProcessors());
}

} // namespace Headroom
