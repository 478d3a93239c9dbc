#include "app/progress_line.h"

#include <algorithm>
#include <cmath>

namespace tessera::app {
namespace {

constexpr int bar_width = 24;
constexpr int lines_elsewhere = 20;

}  // namespace

std::string clock_text(double seconds) {
  const auto whole = std::int64_t(std::llround(std::clamp(seconds, 0.0, 1e7)));
  const auto two_digits = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  const std::string end = ":" + two_digits(whole % 60);
  if (whole < 3600) return std::to_string(whole / 60) + end;
  return std::to_string(whole / 3600) + ":" + two_digits(whole / 60 % 60) + end;
}

std::string ProgressLine::text(double done, double seconds) const {
  const double share = total_ > 0 ? std::clamp(done / total_, 0.0, 1.0) : 1;
  const int filled = int(share * bar_width);
  std::string line = "[" + std::string(std::size_t(filled), '#') +
                     std::string(std::size_t(bar_width - filled), ' ') + "] " + std::to_string(int(done)) +
                     " of " + std::to_string(total_) + " " + what_;
  // Before the first few seconds a rate would be a guess.
  if (done <= 0 || seconds < 2) return line;
  char rate[32];
  std::snprintf(rate, sizeof rate, "%.1f", done / seconds * 60);
  return line + ", " + rate + " a minute, " + clock_text((total_ - done) * seconds / done) + " left";
}

void ProgressLine::show(double done) {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  std::string line = text(done, seconds);
  if (is_terminal_) {
    const std::size_t length = line.size();
    if (length < width_) line.append(width_ - length, ' ');
    width_ = length;
    std::fprintf(out_, "\r%s", line.c_str());
    std::fflush(out_);
    return;
  }
  const int part = total_ > 0 ? int(done * lines_elsewhere / total_) : lines_elsewhere;
  if (part == told_) return;
  told_ = part;
  std::fprintf(out_, "%s\n", line.c_str());
  std::fflush(out_);
}

ProgressLine::~ProgressLine() {
  if (is_terminal_ && width_ > 0) std::fputc('\n', out_);
}

}  // namespace tessera::app
