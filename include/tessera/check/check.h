#pragma once

#include <functional>
#include <string>

#include "tessera/attribution/control.h"
#include "tessera/check/report.h"
#include "tessera/image/image.h"
#include "tessera/model/model.h"

namespace tessera::check {

struct CheckOptions {
  const Image* picture = nullptr;  // null: pictures that are made for it
  std::string picture_name;        // Report::picture
};

// Tries on a network what everything else relies on: see Kind and docs/check.md. Runs the network a few dozen
// times, a second or two for a small one on two cores. A check that cannot be made is a line that says so:
// throws only Cancelled, and Error where the network cannot be run at all. For the thread of the model (the
// inference lane).
Report check(model::Model& model, const CheckOptions& options = {}, const attribution::Control& control = {});

}  // namespace tessera::check
