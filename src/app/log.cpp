#include "app/log.h"

#include <spdlog/sinks/stdout_sinks.h>

#include <memory>

namespace tessera::app {

Log make_log(bool verbose) {
  Log log("tessera", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log.set_level(verbose ? spdlog::level::info : spdlog::level::off);
  log.set_pattern("%H:%M:%S.%e  %v");
  return log;
}

}  // namespace tessera::app
