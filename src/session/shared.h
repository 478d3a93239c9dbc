#pragma once

#include <memory>
#include <utility>

namespace tessera::session {

// An answer as the engine keeps it.
template <class T>
std::shared_ptr<const T> shared(T value) {
  return std::make_shared<const T>(std::move(value));
}

}  // namespace tessera::session
