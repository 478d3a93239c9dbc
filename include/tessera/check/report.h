#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a check of a network found: plain data, safe to keep and to show on any thread. docs/check.md explains
// each kind.
namespace tessera::check {

enum class Kind {
  repeat,        // two runs of one picture are equal
  batch,         // pictures one by one are equal to the same pictures in a batch
  interpreter,   // equal to LibTorch's own interpreter on the file as it is
  directions,    // forward-mode derivatives are equal to reverse-mode ones
  differences,   // derivatives are equal to central finite differences in float64
  completeness,  // the completeness gap of integrated gradients closes as steps grow
  place,         // the cells of a layer answer to the place of the picture on which they are drawn
  output,        // what the output is, and how that was found
  input          // what a wrong normalisation would look like
};
inline constexpr std::size_t kinds = 9;

enum class Outcome {
  passed,
  failed,
  handled,  // not so, and Tessera does what is right nevertheless (pictures that see each other run one by
            // one)
  note,     // nothing to pass or to fail: said for whoever reads it
  skipped   // could not be tried; the sentence says why
};

struct Line {
  Kind kind = Kind::repeat;
  std::string layer;  // empty: the whole network
  Outcome outcome = Outcome::passed;
  std::optional<double>
      measured;  // the largest disagreement, as a share of the largest value that it is compared with
  std::optional<double> limit;  // what it may be; passed: measured <= limit
  std::string sentence;         // for a person: "Forward and reverse mode agree along 8 directions"

  bool operator==(const Line&) const = default;
};

struct Report {
  std::string model;        // ModelCard::hash
  std::string picture;      // what it was checked on: a file's name, or empty for made pictures
  double seconds = 0;       // that it took
  std::vector<Line> lines;  // by kind, in a kind by layer from input to output

  bool operator==(const Report&) const = default;
};
std::size_t memory_cost(const Report& report);

// Of the kinds that can pass or fail and could be tried (with one line or more that is passed, failed or
// handled), how many have no failed line.
struct Count {
  std::size_t passed = 0;
  std::size_t checked = 0;
};
Count count(const Report& report);
bool failed(const Report& report);

// The failed lines that concern a layer: its own, and those of the whole network.
std::vector<const Line*> failures_at(const Report& report, std::string_view layer);

std::string to_text(Kind kind);        // "repeat", "batch", … as in JSON
std::string title(Kind kind);          // "Two runs agree"
std::string to_text(Outcome outcome);  // "passed", …

// JSON with "tessera_check", a version, and the fields above. Throws Error for anything else.
std::string to_json(const Report& report);
Report report_from_json(std::string_view text, const std::string& where);

}  // namespace tessera::check
