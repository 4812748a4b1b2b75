// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace Headroom {

struct DeleteLater
{
    void operator()(QObject *object) const { object->deleteLater(); }
};

/// Owns a QObject that may be inside one of its own signals: deletes it from the event loop.
template <typename T>
using LaterPtr = std::unique_ptr<T, DeleteLater>;

} // namespace Headroom
