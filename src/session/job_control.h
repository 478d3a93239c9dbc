#pragma once

#include "tessera/attribution/control.h"
#include "tessera/engine/job.h"

namespace tessera::session {

// Where the work itself begins in a job's progress, when the model has to be loaded first.
inline constexpr float model_load_share = 0.3f;

// How a job steers a sweep.
inline attribution::Control control_of(engine::Job& job) {
  attribution::Control control;
  control.stop = job.stop_token();
  control.progress = [&job](float fraction, std::string_view stage) {
    job.progress(model_load_share + (1 - model_load_share) * fraction, stage);
  };
  return control;
}

}  // namespace tessera::session
