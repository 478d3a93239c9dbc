#include "ui/space/compose.h"

#include <algorithm>

namespace tessera::ui {
namespace {

using figure::Element;
using figure::FigureSpec;
using figure::Filter;

bool is_alike(const Element& a, const Element& b) {
  return a.content == b.content && a.presentation == b.presentation && a.stratum == b.stratum &&
         a.atoms == b.atoms && a.towards == b.towards;
}

bool is_filter(const figure::Operation& operation) { return std::holds_alternative<Filter>(operation); }

FigureSpec with_filter(FigureSpec spec, std::size_t element, int by) {
  auto& operations = spec.elements[element].operations;
  std::erase_if(operations, is_filter);
  if (by >= 0) operations.emplace_back(Filter{by});
  return spec;
}

}  // namespace

Element element_for(const Brush& brush, figure::Stratum stratum, figure::Atoms atoms) {
  Element element{brush.content, brush.presentation, stratum, atoms, {}, {}, {}};
  if (brush.content == figure::Content::attribution) element.towards = brush.towards;
  return element;
}

Click click_in(const FigureSpec& spec, const Brush& brush, figure::Stratum stratum, figure::Atoms atoms) {
  const Element wanted = element_for(brush, stratum, atoms);
  Click click{spec, false, std::nullopt};
  const auto found =
      std::ranges::find_if(spec.elements, [&](const Element& known) { return is_alike(known, wanted); });
  if (found != spec.elements.end()) {
    click.spec = without(spec, std::size_t(found - spec.elements.begin()));
    click.removes = true;
    return click;
  }
  click.spec.elements.push_back(wanted);
  click.objection = figure::objection(click.spec.elements);
  if (click.objection) click.spec = spec;
  return click;
}

FigureSpec without(FigureSpec spec, std::size_t element) {
  spec.elements.erase(spec.elements.begin() + std::ptrdiff_t(element));
  const int gone = int(element);
  for (Element& other : spec.elements) {
    std::erase_if(other.operations, [&](const figure::Operation& operation) {
      const Filter* filter = std::get_if<Filter>(&operation);
      return filter && filter->by == gone;
    });
    for (figure::Operation& operation : other.operations)
      if (Filter* filter = std::get_if<Filter>(&operation); filter && filter->by > gone) --filter->by;
  }
  return spec;
}

FigureSpec with_next_filter(const FigureSpec& spec, std::size_t element) {
  const Filter* now = figure::find<Filter>(spec.elements[element]);
  for (int by = now ? now->by + 1 : 0; by < int(spec.elements.size()); ++by) {
    FigureSpec tried = with_filter(spec, element, by);
    if (!figure::objection(tried.elements)) return tried;
  }
  return with_filter(spec, element, -1);
}

}  // namespace tessera::ui
