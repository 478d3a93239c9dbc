#pragma once

#include "tessera/figure/grammar.h"

namespace tessera::ui {

// What a click puts into a cell of the design space.
struct Brush {
  figure::Content content = figure::Content::activations;
  figure::Presentation presentation = figure::Presentation::feature;
  figure::Target towards;  // of attributions
  bool operator==(const Brush&) const = default;
};

}  // namespace tessera::ui
