#include "engine/time_left.h"

#include <cmath>

namespace tessera::engine {
namespace {

constexpr double least_seconds = 1;
constexpr double least_done = 0.03;
constexpr double weight_of_newest = 0.3;  // so that one slow step among many does not show as a leap

}  // namespace

void TimeLeft::begin(double now, float fraction) {
  began_ = now;
  before_ = reached_ = fraction;
  end_.reset();
}

void TimeLeft::report(double now, float fraction) {
  if (fraction < reached_) {
    begin(now, fraction);
    return;
  }
  reached_ = fraction;
  const double seconds = now - began_;
  const double done = double(fraction) - double(before_);
  if (seconds < least_seconds || done < least_done) return;
  const double end = now + seconds * (1 - double(fraction)) / done;
  end_ = end_ ? std::lerp(*end_, end, weight_of_newest) : end;
}

std::optional<float> TimeLeft::at(double now) const {
  if (!end_ || *end_ < now) return std::nullopt;
  return float(*end_ - now);
}

}  // namespace tessera::engine
