#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "app/core.h"
#include "app/log.h"

namespace tessera::app {

// Waits for an answer and writes how it goes into the log. `doing`: a few words for a person, "opening the
// image".
template <engine::Query Q>
std::shared_ptr<const typename Q::Result> ask(Core& core, Log& log, std::string_view doing, const Q& query) {
  const auto start = std::chrono::steady_clock::now();
  log.info("{} …", doing);
  auto answer = core.engine().wait(query, [&](const engine::Progress& progress) {
    log.info("{}: {:.0f} %, {}", doing, 100 * progress.fraction, progress.stage);
  });
  log.info("{}: done in {:.3f} s", doing,
           std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return answer;
}

}  // namespace tessera::app
