#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/figure/setting.h"

namespace tessera::figure {

// A kind of figure: what the window shows as a view, `tessera figure` draws into a file, and a file's
// provenance names.
struct Figure {
  std::string name;      // "overview": what the command line calls it
  std::string title;     // "Overview"
  std::string sentence;  // what it shows, without a full stop
  std::vector<Setting> settings;

  const Setting* find(std::string_view key) const;  // nullptr where there is none
};

// Every figure there is, in the order in which they are listed.
std::span<const Figure> catalogue();

const Figure* find_figure(std::string_view name);  // nullptr where there is none

// Throws Error where the figure has no such setting or the value does not fit.
void check(const Figure& figure, const Settings& settings);

}  // namespace tessera::figure
