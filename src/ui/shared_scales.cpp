#include "ui/shared_scales.h"

#include <algorithm>
#include <utility>

namespace tessera::ui {

float SharedScales::agree(const std::string& what, float value) {
  float& told = now_.try_emplace(what, value).first->second;
  told = std::max(told, value);
  const auto before = before_.find(what);
  return before == before_.end() ? told : std::max(told, before->second);
}

bool SharedScales::next_frame() {
  const bool changed = now_ != before_;
  before_ = std::exchange(now_, {});
  return changed;
}

}  // namespace tessera::ui
