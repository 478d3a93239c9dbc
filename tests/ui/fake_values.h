#pragma once

#include "session/shared.h"

namespace tessera::test {

// What a fake network's channels do: the even ones speak for, the odd ones against.
inline float sign_of(int channel) { return channel % 2 == 0 ? 1.0f : -1.0f; }

using session::shared;

}  // namespace tessera::test
