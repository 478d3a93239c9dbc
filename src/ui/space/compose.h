#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "tessera/figure/spec.h"
#include "ui/state/brush.h"

// How a figure changes by clicks in the design space. Nothing here draws.
namespace tessera::ui {

// What the brush puts into a cell.
figure::Element element_for(const Brush& brush, figure::Stratum stratum, figure::Atoms atoms);

// What a click into a cell makes of a figure: another element, or one less where there is one like it.
struct Click {
  figure::FigureSpec spec;
  bool removes = false;
  std::optional<std::string> objection;  // why it does nothing
};
Click click_in(const figure::FigureSpec& spec, const Brush& brush, figure::Stratum stratum,
               figure::Atoms atoms);

// Without an element: what was filtered by it is filtered no more.
figure::FigureSpec without(figure::FigureSpec spec, std::size_t element);

// With the next of the filters that are possible for an element, none being one of them.
figure::FigureSpec with_next_filter(const figure::FigureSpec& spec, std::size_t element);

}  // namespace tessera::ui
