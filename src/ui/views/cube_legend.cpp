#include "ui/views/cube_legend.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "ui/cube/draw_blocks.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

struct Kind {
  Atom atom;
  const char* name;
  const char* title;
  const char* sentence;
};

constexpr std::array kinds{
    Kind{Atom::neuron, "neuron", "Neuron", "One channel at one position: a single number."},
    Kind{Atom::position, "position", "Position",
         "All channels at one position: the vector that this part of the picture has become."},
    Kind{Atom::channel, "channel", "Channel", "One channel at all positions: the map of one detector."},
    Kind{Atom::group, "group", "Group", "Parts of several channels and positions that fire together."},
    Kind{Atom::whole, "whole", "Whole layer", "All that the layer makes of the picture."},
};

constexpr int legend_blocks = 4;  // blocks along each edge of a small cube
constexpr float legend_row_height = 84;
constexpr float thumbnail = 58;
constexpr float least_for_sentences = 260;                // of the width
constexpr float legend_turn = 0.62f, legend_tilt = 0.5f;  // radians

Cut cut_of(Atom atom) {
  switch (atom) {
    case Atom::neuron:
    case Atom::group:
      return {legend_blocks, legend_blocks, legend_blocks};
    case Atom::position:
      return {legend_blocks, legend_blocks, 1};
    case Atom::channel:
      return {1, 1, legend_blocks};
    case Atom::whole:
      return {1, 1, 1};
  }
  return {};
}

bool is_example(Atom atom, const Block& block) {
  const bool column = block.row == legend_blocks - 1 && block.column == legend_blocks - 2;
  switch (atom) {
    case Atom::neuron:
      return column && block.channel == 1;
    case Atom::position:
      return column;
    case Atom::channel:
      return block.channel == 1;
    case Atom::group:
      return block.row >= legend_blocks - 2 && block.column >= legend_blocks - 2 && block.channel >= 1 &&
             block.channel <= 2;
    case Atom::whole:
      return true;
  }
  return false;
}

void small_cube(Context& context, Atom atom, const Rect& where) {
  const Projection projection(legend_turn, legend_tilt, where.center(),
                              fitting(legend_turn, legend_tilt, bounds(legend_blocks, legend_blocks), where));
  std::vector<Block> blocks = blocks_of(cut_of(atom), legend_blocks, legend_blocks, legend_blocks);
  sort_by_nearness(blocks, projection);
  std::vector<BlockLook> looks;
  for (const Block& block : blocks) {
    const bool lit = is_example(atom, block);
    looks.push_back({lit ? context.theme.accent : block_grey(context, 0.2f), lit});
  }
  draw_blocks(context, projection, blocks, looks);
}

void choose_atom(const AppState& state, Context& context, const Kind& kind, bool hovered) {
  if (!hovered || !ImGui::IsMouseClicked(0)) return;
  CubeOptions options = state.cube;
  options.atom = kind.atom;
  context.emit(action::SetCube{options});
}

void row(const AppState& state, Context& context, const Kind& kind, bool sentences, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool chosen = state.cube.atom == kind.atom;
  const bool hovered =
      context.shown.controls && ImGui::IsWindowHovered() && where.contains(ImGui::GetIO().MousePos);
  if (chosen)
    list.AddRectFilled(where.from, {where.from.x + context.px(2), where.to.y}, context.theme.accent);
  else if (hovered)
    list.AddRectFilled(where.from, where.to, context.theme.hover_wash, context.px(3));
  const float inset = context.px(14), square = context.px(thumbnail);
  const float top = where.center().y - square / 2;
  small_cube(context, kind.atom,
             {{where.from.x + inset, top}, {where.from.x + inset + square, top + square}});
  const float left = where.from.x + 2 * inset + square;
  const float title =
      sentences ? top - context.px(2) : where.center().y - render::font_size(context.fonts.strong) / 2;
  draw_text(context, context.fonts.strong, {left, title},
            chosen || hovered ? context.theme.accent : context.theme.ink, kind.title);
  if (sentences)
    draw_wrapped(context, context.fonts.small, {left, top + context.px(19)}, context.theme.muted,
                 kind.sentence, where.to.x - left - context.px(6));
  mark_control(context, std::string("cube/atom/") + kind.name, where);
  choose_atom(state, context, kind, hovered);
}

// A cube over its name.
void cell(const AppState& state, Context& context, const Kind& kind, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool chosen = state.cube.atom == kind.atom;
  const bool hovered =
      context.shown.controls && ImGui::IsWindowHovered() && where.contains(ImGui::GetIO().MousePos);
  if (hovered && !chosen) list.AddRectFilled(where.from, where.to, context.theme.hover_wash, context.px(3));
  if (chosen) list.AddRectFilled({where.from.x, where.to.y - context.px(2)}, where.to, context.theme.accent);
  ImFont* font = context.fonts.small;
  const float name_top = where.to.y - render::font_size(font) - context.px(4);
  small_cube(context, kind.atom,
             {{where.from.x, where.from.y + context.px(2)}, {where.to.x, name_top - context.px(2)}});
  draw_text(context, font, {where.center().x, name_top},
            chosen || hovered ? context.theme.accent : context.theme.ink, kind.title, where.width(),
            Align::center);
  mark_control(context, std::string("cube/atom/") + kind.name, where);
  choose_atom(state, context, kind, hovered);
}

}  // namespace

void cube_legend(const AppState& state, Context& context, const Rect& where) {
  const float height = std::min(context.px(legend_row_height), where.height() / float(kinds.size()));
  float y = where.from.y;
  for (const Kind& kind : kinds) {
    row(state, context, kind, where.width() >= context.px(least_for_sentences),
        {{where.from.x, y}, {where.to.x, y + height - context.px(6)}});
    y += height;
  }
}

void cube_legend_row(const AppState& state, Context& context, const Rect& where) {
  const float step = where.width() / float(kinds.size());
  float x = where.from.x;
  for (const Kind& kind : kinds) {
    cell(state, context, kind, {{x, where.from.y}, {x + step - context.px(2), where.to.y}});
    x += step;
  }
}

}  // namespace tessera::ui
