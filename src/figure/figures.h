#pragma once

#include <vector>

#include "tessera/figure/catalogue.h"

namespace tessera::figure {

// The visible list of all figures.
std::vector<Figure> all_figures();

}  // namespace tessera::figure
