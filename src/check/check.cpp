#include "tessera/check/check.h"

namespace tessera::check {

// Stands in until the checks themselves are here.
Report check(model::Model& model, const CheckOptions& options, const attribution::Control& control) {
  control.throw_if_cancelled();
  return {model.card().hash,
          options.picture_name,
          0,
          {{Kind::repeat, {}, Outcome::skipped, {}, {}, "The checks are not part of this build"}}};
}

}  // namespace tessera::check
