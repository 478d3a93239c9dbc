#pragma once

#include <filesystem>
#include <memory>

#include "tessera/engine/engine.h"
#include "tessera/session/icon_options.h"

namespace tessera::session {

// Answers the queries of this folder: opens models and images and calls the core modules on the engine's
// lanes. Must outlive the engine's last job: destroy the engine first, or keep both in one scope with the
// session declared first.
class Session {
 public:
  // `checks`: the folder in which checks of networks are kept; empty: they are not.
  explicit Session(IconOptions icons = {}, std::filesystem::path checks = {});
  ~Session();

  // Registers the handlers. The engine's jobs refer to this session from then on.
  void serve(engine::Engine& engine);

 private:
  class Shelf;  // opened models and decoded images, by reference
  std::unique_ptr<Shelf> shelf_;
};

}  // namespace tessera::session
