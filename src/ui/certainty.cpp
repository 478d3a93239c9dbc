#include "ui/certainty.h"

namespace tessera::ui {

void ProvisionalNote::add(const Certainty& certainty) {
  if (!certainty.provisional) return;
  any_ = true;
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
