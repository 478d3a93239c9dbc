#include "ui/views/dictionary.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "ui/attributions.h"
#include "ui/scene.h"
#include "ui/views/dictionary_basis.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/layer_grid.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"

namespace tessera::ui {
namespace {

constexpr float dictionary_picture_width = 300;
constexpr float entry_row_gap = 26;
constexpr float least_room_for_vector =
    300;  // of what stands beside the picture, for the vector to be there too
constexpr float vector_box_height = 44;
constexpr std::size_t most_numbers = 24;
constexpr float least_whole = 20;  // of its icon

// "a(4, 1) = [0, 0, 25.2, …]": the vector as the network has it, as many numbers as there is room for.
std::string vector_text(ImFont* font, std::span<const float> vector, Position cell, float room) {
  const std::string name = "a(" + std::to_string(cell.y) + ", " + std::to_string(cell.x) + ") = [";
  std::string numbers, fitting = name + "…]";
  for (std::size_t i = 0; i < std::min(most_numbers, vector.size()); ++i) {
    numbers += (i > 0 ? ", " : "") + number(double(vector[i]));
    const std::string longer = name + numbers + (i + 1 < vector.size() ? ", …]" : "]");
    if (text_size(font, longer).x > room) break;
    fitting = longer;
  }
  return fitting;
}

// The vector in numbers behind a rule in the accent, tied to its cell by a thin line.
void vector_box(Context& context, std::span<const float> vector, Position cell, const Rect& where,
                const Rect& cell_on_picture) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = std::round(where.center().y);
  const ImVec2 start{cell_on_picture.to.x, cell_on_picture.center().y};
  const float bend = std::min(where.from.x - context.px(10), start.x + std::abs(middle - start.y));
  const ImVec2 line[] = {start, {bend, middle}, {where.from.x, middle}};
  if (start.x < where.from.x) list.AddPolyline(line, 3, context.theme.accent, 0, context.px(1.25f));
  list.AddRectFilled(where.from, where.to, context.theme.hover_wash);
  list.AddRectFilled(where.from, {where.from.x + context.px(3), where.to.y}, context.theme.accent);
  const float inset = context.px(16);
  ImFont* font = context.fonts.body;
  draw_text(context, font, {where.from.x + inset, middle - render::font_size(font) / 2}, context.theme.ink,
            vector_text(font, vector, cell, where.width() - 2 * inset));
}

// One entry: the icon, and its activation as a bar that stands beside it.
void entry(const AppState& state, Context& context, const Scene& scene, const ChannelRef& channel,
           float value, float greatest, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float side = where.height();
  const Rect icon{where.from, {where.from.x + side, where.to.y}};
  draw_icon(scene, context, channel, icon);
  mark_channel(state.selection, context, channel, icon);
  const bool marked = state.selection.channel() == channel;
  const float left = icon.to.x + context.px(entry_bar_gap);
  const float text_height = render::font_size(context.fonts.number);
  const float room = side - text_height - context.px(6);
  const float height =
      greatest > 0 ? std::max(context.px(1), room * std::clamp(std::abs(value) / greatest, 0.0f, 1.0f)) : 0;
  const ImU32 color = value < 0 ? context.theme.minus : marked ? context.theme.accent : context.theme.bar;
  list.AddRectFilled({left, where.to.y - height}, {left + context.px(entry_bar_width), where.to.y}, color,
                     context.px(1));
  entry_number(context, value, {left, where.to.y - height}, where.to.x - left);
  draw_text(context, context.fonts.small, {where.from.x, where.to.y + context.px(3)},
            marked ? context.theme.accent : context.theme.muted, std::to_string(channel.channel));
  mark_control(context, "dictionary/channel/" + std::to_string(channel.channel), icon);
  if (!ImGui::IsWindowHovered() || !where.contains(ImGui::GetIO().MousePos)) return;
  context.hover.channel = channel;
  context.hovered_at = where;
  if (ImGui::IsMouseClicked(0)) click_channel(context, channel);
}

// Channels by descending activation, as many rows as there is room for.
void channel_entries(const AppState& state, Context& context, const Scene& scene, const std::string& layer,
                     std::span<const float> vector, const Rect& where) {
  const float side = entry_icon_side(context, where.width());
  const float entry_width = side + context.px(entry_bar_gap + entry_number_width);
  const int columns = std::max(1, int(where.width() / entry_width));
  const float step_x = where.width() / float(columns);
  const float step_y = side + context.px(entry_row_gap);
  const int rows = std::max(1, int((where.height() - context.px(7)) / step_y));
  const std::vector<int> order = descending(vector);
  const float greatest =
      context.agreed("activation of " + layer, vector.empty() ? 0 : vector[std::size_t(order.front())]);
  const int shown = std::min(rows * columns, int(order.size()));
  for (int i = 0; i < shown; ++i) {
    const float x = std::round(where.from.x + float(i % columns) * step_x);
    const float y = std::round(where.from.y + float(i / columns) * step_y);
    const int channel = order[std::size_t(i)];
    entry(state, context, scene, {layer, channel}, vector[std::size_t(channel)], greatest,
          {{x, y}, {x + entry_width, y + side}});
  }
  if (shown < int(order.size()))
    draw_text(context, context.fonts.small, {where.to.x, where.from.y + float(rows) * step_y - context.px(8)},
              context.theme.muted,
              "The " + std::to_string(shown) + " strongest of " + std::to_string(order.size()), 0,
              Align::right);
}

// The whole vector as one icon, beside the numbers that describe it, or beneath them where it is narrow.
void whole(Context& context, const Scene& scene, const std::string& layer, std::span<const float> vector,
           const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto active = std::ranges::count_if(vector, [](float value) { return value > 0; });
  const std::string title = "The vector as a whole";
  const std::string facts = "Length " + number(double(length_of(vector))) + ". " + std::to_string(active) +
                            " of " + std::to_string(vector.size()) + " channels fire here.";
  const bool beneath = where.width() < context.px(least_room_for_vector);
  const float left = beneath ? where.from.x : where.from.x + where.height() + context.px(16);
  const float width = where.to.x - left;
  float y = where.from.y;
  y +=
      draw_wrapped(context, context.fonts.strong, {left, y}, context.theme.ink, title, width) + context.px(6);
  y += draw_wrapped(context, context.fonts.small, {left, y}, context.theme.muted, facts, width) +
       context.px(6);
  const float side = beneath ? std::clamp(where.to.y - y, 0.0f, where.width()) : where.height();
  if (side < context.px(least_whole)) return;
  const ImVec2 corner{where.from.x, beneath ? y : where.from.y};
  const Rect icon{corner, {corner.x + side, corner.y + side}};
  const bool is_zero = std::ranges::all_of(vector, [](float value) { return value == 0; });
  if (is_zero)
    list.AddRectFilled(icon.from, icon.to, context.theme.hover_wash, context.px(3));
  else
    draw_icon(scene, context, {layer, featurevis::Direction{{vector.begin(), vector.end()}, 0}, false, 1, 0},
              icon, engine::Visibility::focused);
  context.marks.add("dictionary/whole", icon);
}

}  // namespace

void dictionary_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || !scene->layer) return;
  const model::LayerInfo& layer = *scene->layer;
  ViewHead head{{"Semantic dictionary"}};
  head.subtitle = {"What " + layer.name + " detects at one position, " + std::to_string(layer.height) +
                       " × " + std::to_string(layer.width) + " positions of " +
                       std::to_string(layer.channels) + " channels",
                   {layer.name}};
  head.choices = {
      {"dictionary/basis", {"Channels", "Components", "Groups"}, int(state.basis), [&](int index) {
         context.emit(action::SetBasis{Basis(index)});
       }}};
  const Rect body = view_header(context, where, head);
  const float width = std::min(context.px(dictionary_picture_width), body.width() * 0.42f);
  const Rect seen{body.from, {body.from.x + width, body.from.y + width * scene->aspect()}};
  const auto overlay = overlay_of_selection(state, context, *scene);
  picture(state, context, *scene, "image", &layer, overlay, seen);
  const Rect right{{seen.to.x + context.px(28), body.from.y}, {body.to.x, seen.to.y}};
  // Where there is little room beside the picture the vector's numbers stand beneath it.
  const bool narrow = right.width() < context.px(least_room_for_vector);
  const float box_height = context.px(vector_box_height);
  const float box_top = narrow ? seen.to.y + context.px(12) : right.from.y + context.px(28);
  const Rect box{{narrow ? body.from.x : right.from.x, box_top}, {body.to.x, box_top + box_height}};
  const Rect below{{body.from.x, (narrow ? box.to.y : seen.to.y) + context.px(narrow ? 16 : 34)}, body.to};
  const auto activations =
      value_or_status(context,
                      context.engine.ask(session::Activations{*state.model, *state.image, layer.name},
                                         engine::Visibility::focused),
                      right, "Activations");
  if (!activations) return;
  const Cube& cube = *activations->cube;
  const auto& place = state.selection.place();
  const Position cell = place ? cell_of(*place, cube.height, cube.width) : most_active(cube);
  const Rect on_picture = cell_rect(seen, cube.height, cube.width, cell);
  outline_cell(context, on_picture);
  const auto vector = cube.position(cell.y, cell.x);
  vector_box(context, vector, cell, box, on_picture);
  const float side = std::min(context.px(150), right.to.y - box.to.y - context.px(12));
  whole(context, *scene, layer.name, vector,
        narrow ? right : Rect{{right.from.x, right.to.y - side}, right.to});
  if (state.basis == Basis::channels)
    channel_entries(state, context, *scene, layer.name, vector, below);
  else
    basis_entries(state, context, *scene, layer, cell, below);
}

}  // namespace tessera::ui
