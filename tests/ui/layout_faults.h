#pragma once

#include <string>
#include <vector>

#include "ui/drawn.h"

namespace tessera::test {

// What is wrong with how one frame lies: texts that overlap, a control over another or over a foreign text,
// what sticks out of its panel, a text that has lost a number. Each with the texts that it is about, and
// where they are. `scale`: screen pixels for one unscaled pixel. What lies in a window over another is not on
// top of it.
struct LayoutFault {
  std::string what;
  ui::Rect where;
  std::string window;
};
std::vector<LayoutFault> faults_of(const ui::Drawn& drawn, float scale);

// The name of the outermost window that one is in.
std::string outermost(const std::string& window);

}  // namespace tessera::test
