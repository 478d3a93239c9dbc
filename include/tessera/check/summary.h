#pragma once

#include <vector>

#include "tessera/check/report.h"

namespace tessera::check {

// What a table shows in one row: the lines of one kind that have one outcome.
struct Row {
  std::vector<const Line*> lines;  // one or more, in the report's order; they live as long as it does
  const Line* worst = nullptr;     // of these, the one that comes closest to its limit, or exceeds it most
};

// By kind; in a kind what failed first, then as in Outcome.
std::vector<Row> summary(const Report& report);

// "blocks.5.expand", "4 layers"; empty for the whole network.
std::string layers_text(const Row& row);

}  // namespace tessera::check
