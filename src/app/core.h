#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>

#include "app/log.h"
#include "tessera/engine/engine.h"
#include "tessera/figure/queries.h"
#include "tessera/model/libtorch.h"
#include "tessera/session/session.h"

namespace tessera::app {

// The engine with everything that answers its queries. Goes in the right order: the engine first. What
// LibTorch warns of goes into a log, which outlives this, or nowhere: it is of use to who looks for the cause
// of something.
class Core {
 public:
  // `checks`: where checks of networks are kept; empty: nowhere.
  explicit Core(engine::EngineOptions options = {}, session::IconOptions icons = {},
                std::filesystem::path checks = {})
      : Core({}, std::move(options), std::move(icons), std::move(checks)) {}
  explicit Core(Log& log, session::IconOptions icons = {}, std::filesystem::path checks = {})
      : Core([&log](const std::string& line) { log.info("LibTorch warns: {}", line); }, {}, std::move(icons),
             std::move(checks)) {}

  engine::Engine& engine() { return engine_; }

 private:
  Core(std::function<void(const std::string&)> warned, engine::EngineOptions options,
       session::IconOptions icons, std::filesystem::path checks)
      : warnings_(std::move(warned)),
        session_(std::move(icons), std::move(checks)),
        engine_(hearing(std::move(options), warnings_)) {
    session_.serve(engine_);
    figure::serve(engine_);
  }

  static engine::EngineOptions hearing(engine::EngineOptions options, model::LibTorchWarnings& warnings) {
    options.begin_lane = [&warnings, begin = std::move(options.begin_lane)] {
      if (begin) begin();
      warnings.take_those_of_this_thread();
    };
    return options;
  }

  model::LibTorchWarnings warnings_;
  session::Session session_;
  engine::Engine engine_;
};

}  // namespace tessera::app
