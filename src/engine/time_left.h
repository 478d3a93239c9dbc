#pragma once

#include <optional>

namespace tessera::engine {

// When a job will be done, by how fast it has come as far as it has. All times are seconds of one clock that
// never goes back.
class TimeLeft {
 public:
  // It works from now on; `fraction` of it was done before.
  void begin(double now, float fraction);
  // A fraction that is less than before begins anew: a stage of the job with a measure of its own.
  void report(double now, float fraction);
  // Seconds to the end. Nothing in the first second and before 3 % are done, when that is mostly getting
  // ready, and once it takes longer than expected.
  std::optional<float> at(double now) const;

 private:
  double began_ = 0;
  float before_ = 0;   // done when it began
  float reached_ = 0;  // done by the last report
  std::optional<double> end_;
};

}  // namespace tessera::engine
