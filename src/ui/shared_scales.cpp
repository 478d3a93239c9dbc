#include "ui/shared_scales.h"

#include <algorithm>
#include <utility>

namespace tessera::ui {

float SharedScales::agree(const std::string& what, float value, Half half) {
  Told& told = now_[what];
  told.greatest = std::max(told.greatest, value);
  (half == Half::kept ? told.by_kept : told.by_now) = true;
  if (!locked_) return value;
  const auto before = before_.find(what);
  return before == before_.end() ? told.greatest : std::max(told.greatest, before->second.greatest);
}

void SharedScales::on_own_scale(Half half) {
  Told& told = now_[half == Half::kept ? "the kept half alone" : "the present half alone"];
  (half == Half::kept ? told.by_kept : told.by_now) = true;
}

float SharedScales::room(const std::string& what, float needed, Half half) {
  // What a half has several of, such as heads of views within views, is told apart by the order.
  std::string each = what;
  const auto told_already = [&] {
    const auto found = rooms_now_.find(each);
    return found != rooms_now_.end() && (half == Half::kept ? found->second.by_kept : found->second.by_now);
  };
  while (told_already()) each += ", another";
  Told& told = rooms_now_[each];
  told.greatest = std::max(told.greatest, needed);
  (half == Half::kept ? told.by_kept : told.by_now) = true;
  const auto before = rooms_before_.find(each);
  return before == rooms_before_.end() ? told.greatest : std::max(told.greatest, before->second.greatest);
}

bool SharedScales::next_frame(bool locked) {
  const bool changed = now_ != before_ || rooms_now_ != rooms_before_ || locked != locked_;
  before_ = std::exchange(now_, {});
  rooms_before_ = std::exchange(rooms_now_, {});
  locked_ = locked;
  return changed;
}

Sharing SharedScales::sharing() const {
  if (before_.empty()) return Sharing::nothing;
  const auto by_both = [](const auto& told) { return told.second.by_kept && told.second.by_now; };
  if (!locked_ || std::ranges::none_of(before_, by_both)) return Sharing::apart;
  return std::ranges::all_of(before_, by_both) ? Sharing::together : Sharing::partly;
}

}  // namespace tessera::ui
