// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/shareprinter.h"

#include "app/cli/console.h"

#include <cstdio>
#include <unistd.h>

namespace Headroom {

namespace {

constexpr qint64 kFirstMs = 500;
constexpr qint64 kBetweenMs = 100;

} // namespace

SharePrinter::SharePrinter(const QString &what)
    : m_what(terminalSafe(what))
    , m_isTerminal(isatty(STDERR_FILENO) == 1)
    , m_nextMs(kFirstMs)
{
    m_since.start();
}

SharePrinter::~SharePrinter()
{
    if (m_isShown)
        fputs("\r\033[K", stderr);
}

void SharePrinter::operator()(double share)
{
    if (!m_isTerminal || m_since.elapsed() < m_nextMs)
        return;
    m_nextMs = m_since.elapsed() + kBetweenMs;
    m_isShown = true;
    fprintf(stderr, "\r\033[K%s: %.0f %%", m_what.toUtf8().constData(), share * 100.0);
    fflush(stderr);
}

} // namespace Headroom
