#include "ui/views/dictionary_basis.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "tessera/session/ask_groups.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr int basis_size = 6;
constexpr float usual_icon = 112;
constexpr float small_icon = 76;
constexpr float narrow_row = 400;
constexpr float basis_row_gap = 30;

session::GroupsRequest request_for(const AppState& state, const Scene& scene, const model::LayerInfo& layer,
                                   const session::LayerActivations& activations) {
  session::GroupsRequest request;
  request.model = scene.model;
  request.image = scene.image;
  request.layer = layer.name;
  const bool components = state.basis == Basis::components;
  request.method = components ? factorization::Method::pca : factorization::Method::nmf;
  // The mean is an atom of its own, so that all of them come to the vector.
  request.k = components ? basis_size - 1 : basis_size;
  request.k = std::min(request.k, std::min(layer.channels, layer.height * layer.width));
  request.clip_negative = !components && activations.minimum < 0;
  return request;
}

std::string name_of(const session::LayerGroups& groups, int atom) {
  if (groups.factorization.mean_atom == atom) return "The mean";
  const bool components = groups.factorization.method == factorization::Method::pca;
  return (components ? "Component " : "Group ") + std::to_string(groups.identities[std::size_t(atom)] + 1);
}

void entry(Context& context, const Scene& scene, const session::LayerGroups& groups, int atom, float value,
           float greatest, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float side = where.height();
  const Rect icon{where.from, {where.from.x + side, where.to.y}};
  const auto direction = groups.factorization.directions.row(atom);
  const bool is_needed = std::ranges::any_of(direction, [](float weight) { return weight != 0; });
  // What is there negatively looks like what the direction's opposite looks for.
  const IconOf which{groups.layer, featurevis::Direction{{direction.begin(), direction.end()}, 0}, value < 0,
                     1, 0};
  if (is_needed)
    draw_icon(scene, context, which, icon);
  else
    list.AddRectFilled(icon.from, icon.to, context.theme.hover_wash, context.px(3));
  const float left = icon.to.x + context.px(entry_bar_gap);
  const float text_height = render::font_size(context.fonts.number);
  const float room = side - text_height - context.px(6);
  const float height =
      greatest > 0 ? std::max(context.px(1), room * std::clamp(std::abs(value) / greatest, 0.0f, 1.0f)) : 0;
  const factorization::Hue hue = groups.hues[std::size_t(atom)];
  const ImU32 color = IM_COL32(hue.red, hue.green, hue.blue, 255);
  list.AddRectFilled({left, where.to.y - height}, {left + context.px(entry_bar_width), where.to.y}, color,
                     context.px(1));
  entry_number(context, value, {left, where.to.y - height}, where.to.x - left);
  draw_text(context, context.fonts.small, {where.from.x, where.to.y + context.px(3)}, context.theme.muted,
            name_of(groups, atom) + ", " + percent(groups.explained(atom)), where.width());
  context.marks.add("dictionary/atom/" + std::to_string(atom), icon);
}

}  // namespace

float entry_icon_side(const Context& context, float row_width) {
  return context.px(row_width < context.px(narrow_row) ? small_icon : usual_icon);
}

namespace {

// Entries of a size in a rectangle.
struct EntryGrid {
  float side = 0;
  float width = 0;  // of an entry
  int columns = 1;
  int rows = 1;  // that have room, with a line beneath them
};

EntryGrid entry_grid(const Context& context, float side, const Rect& where) {
  const float width = side + context.px(entry_bar_gap + entry_number_width);
  const float room = where.height() - render::font_size(context.fonts.small);
  return {side, width, std::max(1, int(where.width() / width)),
          std::max(1, int(room / (side + context.px(basis_row_gap))))};
}

// As large as usual where all of them have room then, else small.
EntryGrid entry_grid(const Context& context, int count, const Rect& where) {
  const EntryGrid usual = entry_grid(context, entry_icon_side(context, where.width()), where);
  return usual.columns * usual.rows >= count ? usual : entry_grid(context, context.px(small_icon), where);
}

}  // namespace

void entry_number(Context& context, float value, ImVec2 bar_top, float room) {
  const std::string told = number(double(value));
  const bool fits = text_size(context.fonts.number, told).x <= room;
  ImFont* font = fits ? context.fonts.number : context.fonts.small;
  draw_text(context, font, {bar_top.x, bar_top.y - render::font_size(context.fonts.number) - context.px(3)},
            context.theme.ink, told);
}

void basis_entries(const AppState& state, Context& context, const Scene& scene, const model::LayerInfo& layer,
                   Position cell, const Rect& where) {
  const auto activations = activations_of(scene, context.engine, layer.name, engine::Visibility::focused);
  if (!activations) return;
  const Rect status{where.from, {where.to.x, where.from.y + entry_icon_side(context, where.width())}};
  const auto groups = value_or_status(
      context, session::ask_groups(context.engine, request_for(state, scene, layer, *activations)), status,
      state.basis == Basis::components ? "Components" : "Groups");
  if (!groups) return;
  const std::size_t position = std::size_t(cell.y) * std::size_t(groups->width) + std::size_t(cell.x);
  std::vector<float> values;
  for (int atom = 0; atom < groups->groups(); ++atom)
    values.push_back(groups->factorization.maps.at(int(position), atom));
  std::vector<int> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](int a, int b) {
    return std::abs(values[std::size_t(a)]) > std::abs(values[std::size_t(b)]);
  });
  const float greatest = context.agreed(
      std::string(state.basis == Basis::components ? "components" : "groups") + " at " + layer.name,
      order.empty() ? 0 : std::abs(values[std::size_t(order.front())]));
  const EntryGrid grid = entry_grid(context, int(order.size()), where);
  const float step_x = where.width() / float(grid.columns);
  const float step_y = grid.side + context.px(basis_row_gap);
  const int shown = std::min(int(order.size()), grid.columns * grid.rows);
  for (int i = 0; i < shown; ++i) {
    const float x = std::round(where.from.x + float(i % grid.columns) * step_x);
    const float y = std::round(where.from.y + float(i / grid.columns) * step_y);
    const int atom = order[std::size_t(i)];
    entry(context, scene, *groups, atom, values[std::size_t(atom)], greatest,
          {{x, y}, {x + std::max(grid.width, step_x - context.px(12)), y + grid.side}});
  }
  const float bottom = where.from.y + step_y * float((shown + grid.columns - 1) / grid.columns);
  draw_text(context, context.fonts.small, {where.to.x, bottom}, context.theme.muted,
            "Shares of the whole layer; " + percent(groups->unexplained()) + " is in none of them", 0,
            Align::right);
}

}  // namespace tessera::ui
