#include "ui/views/contact_sheet.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/widgets/heat_map.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

// Where the tiles of a sheet lie: as many columns as fit, spread over the whole width.
struct Grid {
  int columns = 1;
  float tile_width = 0;
  float tile_height = 0;
  float label_height = 0;
  float step_x = 0;
  float step_y = 0;
};

Grid lay_out(const Context& context, const AppState& state, const Cube& cube, float width) {
  Grid grid;
  const float gap = context.px(7);
  const float aspect = float(cube.width) / float(std::max(1, cube.height));
  // Tiles keep the layer's own shape. The chosen size is that of the longer side; what is left of the row
  // after the last whole tile is shared out among them.
  const float wanted = context.px(state.sheet.tile) * std::min(1.0f, aspect);
  grid.columns = std::max(1, int((width + gap) / (wanted + gap)));
  grid.step_x = std::floor((width + gap) / float(grid.columns));
  grid.tile_width = std::min(grid.step_x - gap, std::floor(wanted * 1.5f));
  grid.tile_height = std::floor(grid.tile_width / aspect);
  grid.label_height = state.sheet.tile >= 40 ? render::font_size(context.fonts.small) + context.px(3) : 0;
  grid.step_y = grid.tile_height + grid.label_height + gap;
  return grid;
}

void tile(const AppState& state, Context& context, const session::LayerActivations& activations, int channel,
          const Rect& where, float label_height) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Cube& cube = *activations.cube;
  const std::string& layer = state.selection.layer;
  draw_channel(context, activations, layer, state.sheet, channel, where);
  const bool pinned = state.selection.pinned_in(layer) == channel;
  const bool hovered = state.selection.hovered_in(layer) == channel;
  list.AddRect(where.from, where.to, context.theme.hairline);
  if (const auto& place = state.selection.place())
    outline_cell(context,
                 cell_rect(where, cube.height, cube.width, cell_of(*place, cube.height, cube.width)));
  if (pinned || hovered)
    list.AddRect(where.grown(context.px(1.5f)).from, where.grown(context.px(1.5f)).to, context.theme.accent,
                 context.px(2), 0, context.px(pinned ? 2.5f : 1.5f));
  if (label_height > 0)
    draw_text(context, context.fonts.small, {where.from.x, where.to.y + context.px(1)},
              pinned || hovered ? context.theme.accent : context.theme.muted, std::to_string(channel),
              where.width());
  mark_control(context, "sheet/channel/" + std::to_string(channel), where);
}

const std::vector<int>& order_of(const session::LayerActivations& activations, ChannelSort sort) {
  return sort == ChannelSort::spread ? activations.by_deviation : activations.by_mean;
}

}  // namespace

int channel_at_rank(const session::LayerActivations& activations, const SheetOptions& options, int rank) {
  if (options.sort == ChannelSort::index) return rank;
  return order_of(activations, options.sort)[std::size_t(rank)];
}

int rank_of_channel(const session::LayerActivations& activations, const SheetOptions& options, int channel) {
  if (options.sort == ChannelSort::index) return channel;
  const auto& order = order_of(activations, options.sort);
  return int(std::find(order.begin(), order.end(), channel) - order.begin());
}

void contact_sheet(const AppState& state, Context& context, const session::LayerActivations& activations,
                   const Rect& where) {
  ImGui::SetCursorScreenPos(where.from);
  ImGui::BeginChild("contact sheet", {where.width(), where.height()});
  const Cube& cube = *activations.cube;
  const Grid grid =
      lay_out(context, state, cube, where.width() - ImGui::GetStyle().ScrollbarSize - context.px(6));
  const int rows = (cube.channels + grid.columns - 1) / grid.columns;
  const float border = context.px(4);  // room for the outline of a tile at the edge
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImGui::Dummy({1, float(rows) * grid.step_y + border});

  // Only what is in sight: a sheet of a thousand channels costs no more than a screenful.
  const float scrolled = ImGui::GetScrollY();
  const int first_row = std::max(0, int((scrolled - border) / grid.step_y));
  const int last_row = std::min(rows, int((scrolled + where.height()) / grid.step_y) + 1);
  const bool hot = ImGui::IsWindowHovered();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (int row = first_row; row < last_row; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      const int rank = row * grid.columns + column;
      if (rank >= cube.channels) break;
      const int channel = channel_at_rank(activations, state.sheet, rank);
      const ImVec2 from{origin.x + border + float(column) * grid.step_x,
                        origin.y + border + float(row) * grid.step_y};
      const Rect tile_rect{from, {from.x + grid.tile_width, from.y + grid.tile_height}};
      tile(state, context, activations, channel, tile_rect, grid.label_height);
      if (hot && tile_rect.contains(mouse)) {
        const ChannelRef under_mouse{state.selection.layer, channel};
        context.hover.channel = under_mouse;
        context.hovered_at = tile_rect;
        if (ImGui::IsMouseClicked(0)) click_channel(context, under_mouse);
      }
    }
  }
  ImGui::EndChild();
}

}  // namespace tessera::ui
