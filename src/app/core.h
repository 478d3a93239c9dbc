#pragma once

#include <filesystem>
#include <utility>

#include "tessera/engine/engine.h"
#include "tessera/figure/queries.h"
#include "tessera/session/session.h"

namespace tessera::app {

// The engine with everything that answers its queries. Goes in the right order: the engine first.
class Core {
 public:
  // `checks`: where checks of networks are kept; empty: nowhere.
  explicit Core(engine::EngineOptions options = {}, session::IconOptions icons = {},
                std::filesystem::path checks = {})
      : session_(std::move(icons), std::move(checks)), engine_(std::move(options)) {
    session_.serve(engine_);
    figure::serve(engine_);
  }

  engine::Engine& engine() { return engine_; }

 private:
  session::Session session_;
  engine::Engine engine_;
};

}  // namespace tessera::app
