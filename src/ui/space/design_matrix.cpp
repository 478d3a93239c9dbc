#include "ui/space/design_matrix.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "ui/space/compose.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

using figure::Atoms;
using figure::Content;
using figure::Element;
using figure::Presentation;
using figure::Stratum;

constexpr float matrix_head_height = 44;
constexpr float matrix_row_height = 34;
constexpr float label_width = 84;
constexpr float radius = 9;
constexpr float inset = 10;
constexpr std::array column_titles{"Input", "Hidden", "Output"};
constexpr std::array row_titles{"Group", "Spatial", "Channel", "Neuron", "Whole"};

// The article's four colours, lighter on a dark ground.
struct Inks {
  ImU32 layers, atoms, content, presentation;
};
Inks inks_of(const Context& context) {
  if (context.theme.ground == render::Ground::light)
    return {IM_COL32(183, 45, 45, 255), IM_COL32(214, 122, 12, 255), IM_COL32(110, 136, 0, 255),
            IM_COL32(61, 112, 168, 255)};
  return {IM_COL32(226, 104, 100, 255), IM_COL32(238, 158, 66, 255), IM_COL32(148, 176, 44, 255),
          IM_COL32(104, 156, 214, 255)};
}

Rect cell_of(const Context& context, const Rect& where, DesignCell cell) {
  const float left = where.from.x + context.px(label_width);
  const float width = (where.to.x - left) / 3;
  const float top =
      where.from.y + context.px(matrix_head_height) + context.px(matrix_row_height) * float(cell.atoms);
  const float x = left + width * float(cell.stratum);
  return {{std::round(x), top}, {std::round(x + width), top + context.px(matrix_row_height)}};
}

void dot(Context& context, ImVec2 at, ImU32 color, const char* letter) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddCircleFilled(at, context.px(radius), color, 24);
  draw_text(context, context.fonts.small, {at.x, at.y - render::font_size(context.fonts.small) / 2},
            context.theme.page, letter, 0, Align::center);
}

// Where the circles of an element are.
struct Dots {
  std::optional<ImVec2> presentation;
  std::optional<ImVec2> content;
  ImVec2 main() const { return content ? *content : *presentation; }
};

// Circles in a cell stand side by side, closer where there are many.
class Places {
 public:
  Places(const Context& context, const Rect& where) : context_(context), where_(where) {}

  void reserve(DesignCell cell, int circles) { circles_[index(cell)] += circles; }
  ImVec2 next(DesignCell cell) {
    const Rect box = cell_of(context_, where_, cell);
    const float room = box.width() - 2 * context_.px(inset + radius);
    const int all = circles_[index(cell)];
    const float step = all > 1 ? std::min(context_.px(2 * radius + 3), room / float(all - 1)) : 0;
    const int place = placed_[index(cell)]++;
    const float middle = box.center().x + step * (float(place) - float(all - 1) / 2);
    return {std::round(middle), std::round(box.center().y)};
  }

 private:
  static std::size_t index(DesignCell cell) {
    return std::size_t(cell.stratum) * 5 + std::size_t(cell.atoms);
  }

  const Context& context_;
  Rect where_;
  std::array<int, 15> circles_{};
  std::array<int, 15> placed_{};
};

DesignCell cell_of(const Element& element) { return {element.stratum, element.atoms}; }
DesignCell cell_of(const figure::Target& target) { return {target.stratum, target.atoms}; }

// A figure shows icons of activations unless it says otherwise: their letter is F alone.
bool shows_content(const Element& element) {
  return element.content == Content::attribution || element.presentation == Presentation::information;
}

// The head of an arrow that arrives along `along`, of length one.
void head(ImDrawList& list, ImVec2 tip, ImVec2 along, float size, ImU32 color, bool filled) {
  const ImVec2 back{tip.x - along.x * size, tip.y - along.y * size};
  const ImVec2 left{back.x - along.y * size * 0.5f, back.y + along.x * size * 0.5f};
  const ImVec2 right{back.x + along.y * size * 0.5f, back.y - along.x * size * 0.5f};
  if (filled)
    list.AddTriangleFilled(tip, left, right, color);
  else
    list.AddTriangle(tip, left, right, color, 1.25f);
}

ImVec2 point_on(ImVec2 a, ImVec2 control, ImVec2 b, float t) {
  const float u = 1 - t;
  return {u * u * a.x + 2 * u * t * control.x + t * t * b.x,
          u * u * a.y + 2 * u * t * control.y + t * t * b.y};
}

ImVec2 direction(ImVec2 from, ImVec2 to) {
  const float x = to.x - from.x, y = to.y - from.y;
  const float length = std::max(1e-3f, std::sqrt(x * x + y * y));
  return {x / length, y / length};
}

// From circle to circle, bent by `bend` pixels to the left of the way.
void arrow(Context& context, ImVec2 from, ImVec2 to, float bend, ImU32 color, bool dashed) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 way = direction(from, to);
  const ImVec2 control{(from.x + to.x) / 2 + way.y * bend, (from.y + to.y) / 2 - way.x * bend};
  const float r = context.px(radius + 1.5f);
  const ImVec2 out = direction(from, control), in = direction(control, to);
  const ImVec2 start{from.x + out.x * r, from.y + out.y * r};
  const ImVec2 tip{to.x - in.x * r, to.y - in.y * r};
  const float size = context.px(8);
  const ImVec2 end{tip.x - in.x * size * 0.8f, tip.y - in.y * size * 0.8f};
  constexpr int pieces = 24;
  for (int i = 0; i < pieces; ++i) {
    if (dashed && i % 3 == 2) continue;
    list.AddLine(point_on(start, control, end, float(i) / pieces),
                 point_on(start, control, end, float(i + 1) / pieces), color, context.px(1.5f));
  }
  head(list, tip, in, size, color, !dashed);
}

void frame(Context& context, const Inks& inks, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Rect first = cell_of(context, where, {Stratum::input, Atoms::group});
  const Rect last = cell_of(context, where, {Stratum::output, Atoms::whole});
  draw_text(context, context.fonts.strong, {first.from.x, where.from.y}, inks.layers, "Layers");
  draw_text(context, context.fonts.strong, {first.from.x - context.px(12), where.from.y + context.px(22)},
            inks.atoms, "Atoms", 0, Align::right);
  for (const Stratum stratum : figure::strata) {
    const Rect column = cell_of(context, where, {stratum, Atoms::group});
    draw_text(context, context.fonts.small, {column.center().x, where.from.y + context.px(24)}, inks.layers,
              column_titles[std::size_t(stratum)], 0, Align::center);
    list.AddLine({column.from.x + 0.5f, where.from.y + context.px(20)}, {column.from.x + 0.5f, last.to.y},
                 context.theme.hairline);
  }
  list.AddLine({last.to.x - 0.5f, where.from.y + context.px(20)}, {last.to.x - 0.5f, last.to.y},
               context.theme.hairline);
  for (const Atoms atoms : figure::kinds_of_atoms) {
    const Rect row = cell_of(context, where, {Stratum::input, atoms});
    draw_text(context, context.fonts.small,
              {first.from.x - context.px(12), row.center().y - render::font_size(context.fonts.small) / 2},
              inks.atoms, row_titles[std::size_t(atoms)], 0, Align::right);
    list.AddLine({where.from.x, row.from.y + 0.5f}, {last.to.x, row.from.y + 0.5f}, context.theme.hairline);
  }
  list.AddLine({where.from.x, last.to.y - 0.5f}, {last.to.x, last.to.y - 0.5f}, context.theme.hairline);
}

// Grey where nothing can be put; clicks.
std::optional<DesignCell> cells(const AppState& state, Context& context, const figure::FigureSpec& spec,
                                const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  std::optional<DesignCell> hovered;
  for (const Stratum stratum : figure::strata)
    for (const Atoms atoms : figure::kinds_of_atoms) {
      const Rect box = cell_of(context, where, {stratum, atoms});
      mark_control(context, "space/cell/" + to_text(stratum) + "/" + to_text(atoms), box);
      if (!context.shown.controls) continue;
      const Click click = click_in(spec, state.brush, stratum, atoms);
      const bool under = ImGui::IsWindowHovered() && box.contains(ImGui::GetIO().MousePos);
      if (click.objection) list.AddRectFilled(box.from, box.to, context.theme.hover_wash);
      if (!under) continue;
      hovered = DesignCell{stratum, atoms};
      list.AddRectFilled(box.from, box.to,
                         click.objection ? context.theme.hairline : context.theme.accent_wash);
      if (ImGui::IsMouseClicked(0) && !click.objection) context.emit(action::SetSpec{click.spec});
    }
  return hovered;
}

// One circle for an end that several attributions have.
struct End {
  DesignCell cell;
  ImVec2 at;
};

void circles(Context& context, const Inks& inks, const figure::FigureSpec& spec, const Rect& where) {
  Places places(context, where);
  std::vector<End> ends;
  for (const Element& element : spec.elements) {
    places.reserve(cell_of(element), shows_content(element) ? 2 : 1);
    if (!element.towards) continue;
    const DesignCell cell = cell_of(*element.towards);
    if (std::ranges::find(ends, cell, &End::cell) != ends.end()) continue;
    ends.push_back({cell, {}});
    places.reserve(cell, 1);
  }
  // What is contributed to comes later than what contributes: its circle is the nearest to the arrows.
  for (End& end : ends) end.at = places.next(end.cell);
  std::vector<Dots> dots;
  for (const Element& element : spec.elements) {
    Dots made;
    made.presentation = places.next(cell_of(element));
    if (shows_content(element)) made.content = places.next(cell_of(element));
    dots.push_back(made);
  }
  for (std::size_t i = 0; i < spec.elements.size(); ++i) {
    const Element& element = spec.elements[i];
    if (const auto* filter = figure::find<figure::Filter>(element))
      arrow(context, dots[std::size_t(filter->by)].main(), *dots[i].presentation, context.px(34),
            context.theme.ink, true);
    if (!element.towards) continue;
    const End& end = *std::ranges::find(ends, cell_of(*element.towards), &End::cell);
    const bool same_cell = end.cell == cell_of(element);
    arrow(context, end.at, *dots[i].content, same_cell ? -context.px(40) : 0, inks.content, false);
  }
  for (std::size_t i = 0; i < spec.elements.size(); ++i) {
    const Element& element = spec.elements[i];
    dot(context, *dots[i].presentation, inks.presentation,
        element.presentation == Presentation::feature ? "F" : "I");
    if (dots[i].content)
      dot(context, *dots[i].content, inks.content, element.content == Content::attribution ? "T" : "C");
  }
  for (const End& end : ends) dot(context, end.at, inks.content, "T");
}

}  // namespace

float design_matrix_height(const Context& context) {
  return context.px(matrix_head_height + matrix_row_height * float(std::size(figure::kinds_of_atoms)));
}

std::optional<DesignCell> design_matrix(const AppState& state, Context& context,
                                        const figure::FigureSpec& spec, const Rect& where) {
  const Inks inks = inks_of(context);
  const auto hovered = cells(state, context, spec, where);
  frame(context, inks, where);
  circles(context, inks, spec, where);
  return hovered;
}

float design_legend(Context& context, ImVec2 at, float width) {
  if (!context.shown.legend) return 0;
  const Inks inks = inks_of(context);
  const float r = context.px(radius);
  const ImVec2 from = at;
  const auto entry = [&](const char* letter, ImU32 color, const char* text) {
    const float wanted = 2 * r + context.px(6) + text_size(context.fonts.small, text).x;
    if (at.x > from.x && at.x + wanted > from.x + width) at = {from.x, at.y + 2 * r + context.px(4)};
    dot(context, {at.x + r, at.y + r}, color, letter);
    at.x += 2 * r + context.px(6);
    at.x +=
        draw_text(context, context.fonts.small, {at.x, at.y + r - render::font_size(context.fonts.small) / 2},
                  context.theme.muted, text) +
        context.px(16);
  };
  entry("C", inks.content, "Activations");
  entry("T", inks.content, "Attribution, from T to T");
  entry("I", inks.presentation, "Graphics");
  entry("F", inks.presentation, "Icons");
  return at.y - from.y + 2 * r;
}

}  // namespace tessera::ui
