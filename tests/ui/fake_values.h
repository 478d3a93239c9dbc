#pragma once

#include <memory>
#include <utility>

namespace tessera::test {

// What a fake network's channels do: the even ones speak for, the odd ones against.
inline float sign_of(int channel) { return channel % 2 == 0 ? 1.0f : -1.0f; }

// As the engine keeps answers.
template <class T>
std::shared_ptr<const T> shared(T value) {
  return std::make_shared<const T>(std::move(value));
}

}  // namespace tessera::test
