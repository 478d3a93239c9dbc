#pragma once

#include <chrono>
#include <cstdio>
#include <string>

namespace tessera::app {

// "0:42", "12:07", "1:02:03"
std::string clock_text(double seconds);

// How far a long command is, on one line that is written over: on a terminal, with a bar, as often as it is
// called; elsewhere a line of its own each time that a further twentieth is done.
class ProgressLine {
 public:
  using Clock = std::chrono::steady_clock;

  // `what`: "icons". `total`: of them. Writes to `out`, on which `is_terminal` says what it is.
  ProgressLine(std::string what, int total, std::FILE* out, bool is_terminal)
      : what_(std::move(what)), total_(total), out_(out), is_terminal_(is_terminal) {}
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // `done`, with fractions, of what this run does.
  void show(double done);

  // "[#####     ] 12 of 96 icons, 3.1 a minute, 27:05 left"
  std::string text(double done, double seconds) const;

 private:
  std::string what_;
  int total_;
  std::FILE* out_;
  bool is_terminal_;
  Clock::time_point start_ = Clock::now();
  int told_ = -1;
  std::size_t width_ = 0;
};

}  // namespace tessera::app
