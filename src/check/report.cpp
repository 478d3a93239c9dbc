#include "tessera/check/report.h"

#include <algorithm>

namespace tessera::check {
namespace {

bool was_tried(const Line& line) {
  return line.outcome == Outcome::passed || line.outcome == Outcome::failed ||
         line.outcome == Outcome::handled;
}

bool has_failed(const Line& line) { return line.outcome == Outcome::failed; }

}  // namespace

std::size_t memory_cost(const Report& report) {
  std::size_t bytes = sizeof report + report.model.capacity() + report.picture.capacity();
  for (const Line& line : report.lines)
    bytes += sizeof line + line.layer.capacity() + line.sentence.capacity();
  return bytes;
}

Count count(const Report& report) {
  Count counted;
  for (std::size_t i = 0; i < kinds; ++i) {
    const auto is_of_kind = [&](const Line& line) { return line.kind == Kind(i); };
    const auto& lines = report.lines;
    if (std::ranges::none_of(lines, [&](const Line& line) { return is_of_kind(line) && was_tried(line); }))
      continue;
    ++counted.checked;
    if (std::ranges::none_of(lines, [&](const Line& line) { return is_of_kind(line) && has_failed(line); }))
      ++counted.passed;
  }
  return counted;
}

bool failed(const Report& report) { return std::ranges::any_of(report.lines, has_failed); }

std::vector<const Line*> failures_at(const Report& report, std::string_view layer) {
  std::vector<const Line*> found;
  for (const Line& line : report.lines)
    if (has_failed(line) && (line.layer.empty() || line.layer == layer)) found.push_back(&line);
  return found;
}

std::string to_text(Kind kind) {
  switch (kind) {
    case Kind::repeat:
      return "repeat";
    case Kind::batch:
      return "batch";
    case Kind::interpreter:
      return "interpreter";
    case Kind::directions:
      return "directions";
    case Kind::differences:
      return "differences";
    case Kind::completeness:
      return "completeness";
    case Kind::place:
      return "place";
    case Kind::output:
      return "output";
    case Kind::input:
      break;
  }
  return "input";
}

std::string title(Kind kind) {
  switch (kind) {
    case Kind::repeat:
      return "Two runs agree";
    case Kind::batch:
      return "Alone and in a batch agree";
    case Kind::interpreter:
      return "LibTorch’s interpreter agrees";
    case Kind::directions:
      return "Forward and reverse mode agree";
    case Kind::differences:
      return "Derivatives agree with differences";
    case Kind::completeness:
      return "Integrated gradients add up";
    case Kind::place:
      return "Cells look where they are drawn";
    case Kind::output:
      return "What the output is";
    case Kind::input:
      break;
  }
  return "How pictures go in";
}

std::string to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return "passed";
    case Outcome::failed:
      return "failed";
    case Outcome::handled:
      return "handled";
    case Outcome::note:
      return "note";
    case Outcome::skipped:
      break;
  }
  return "skipped";
}

}  // namespace tessera::check
