// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/freeport.h"

#include <QHostAddress>
#include <QTcpServer>

namespace Headroom {

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace Headroom
