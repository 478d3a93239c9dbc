#include "ui/certainty.h"

namespace tessera::ui {

void ProvisionalNote::add(const Certainty& certainty) {
  if (!certainty.provisional) return;
  any_ = true;
  any_by_gradient_ = any_by_gradient_ || certainty.by == StandIn::gradient_times_activation;
  if (certainty.error) {
    error_ = certainty.error;
    return;
  }
  awaited_ = true;
  const engine::Progress& told = certainty.progress;
  const bool waits = told.fraction <= 0 && told.stage.empty();
  others_wait_ = others_wait_ || waits;
  if (!waits && (progress_.stage.empty() || told.fraction > progress_.fraction)) progress_ = told;
}

}  // namespace tessera::ui
