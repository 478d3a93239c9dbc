#include "tessera/check/summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tessera::check {
namespace {

constexpr Outcome outcomes[] = {Outcome::failed, Outcome::passed, Outcome::handled, Outcome::note,
                                Outcome::skipped};

// How much of its limit a line uses up.
double used_up(const Line& line) {
  if (!line.measured) return -1;
  if (std::isnan(*line.measured)) return std::numeric_limits<double>::infinity();
  return line.limit && *line.limit > 0 ? *line.measured / *line.limit : *line.measured;
}

}  // namespace

std::vector<Row> summary(const Report& report) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < kinds; ++i)
    for (const Outcome outcome : outcomes) {
      Row row;
      for (const Line& line : report.lines)
        if (line.kind == Kind(i) && line.outcome == outcome) row.lines.push_back(&line);
      if (row.lines.empty()) continue;
      row.worst = *std::ranges::max_element(row.lines, {}, [](const Line* line) { return used_up(*line); });
      rows.push_back(std::move(row));
    }
  return rows;
}

std::string layers_text(const Row& row) {
  if (row.lines.size() == 1) return row.lines.front()->layer;
  return std::to_string(row.lines.size()) + " layers";
}

}  // namespace tessera::check
