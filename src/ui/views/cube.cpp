#include "ui/views/cube.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

#include "tessera/session/ask_groups.h"
#include "ui/cube/draw_blocks.h"
#include "ui/scene.h"
#include "ui/views/cube_legend.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/layer_grid.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"

namespace tessera::ui {
namespace {

constexpr float legend_width = 290;
constexpr float narrow_legend_width = 176;  // without sentences
constexpr float least_width_for_sentences = 720;
constexpr float least_width_for_column = 520;  // of kinds of atom beside the cube; else they lie above it
constexpr float facts_height = 84;             // at least, beneath the cube
constexpr float axis_room = 80;                // to the left of it
constexpr float floor_distance = 0.16f;        // of the picture beneath the cube
constexpr int groups_shown = 6;

float radians(int degrees) { return float(degrees) * std::numbers::pi_v<float> / 180; }

// What is in question: what is selected, else the strongest channel where the layer is most active.
struct Chosen {
  Position cell;
  int channel = 0;
};

Chosen chosen_in(const AppState& state, const Scene& scene, const Cube& cube) {
  Chosen chosen;
  const auto& place = state.selection.place();
  chosen.cell = place ? cell_of(*place, cube.height, cube.width) : most_active(cube);
  const auto vector = cube.position(chosen.cell.y, chosen.cell.x);
  const auto channel = state.selection.channel_in(scene.layer->name);
  chosen.channel = channel ? *channel : int(std::ranges::max_element(vector) - vector.begin());
  return chosen;
}

bool is_lit(Atom atom, const Block& block, const Chosen& chosen) {
  switch (atom) {
    case Atom::neuron:
      return block.holds(chosen.cell) && block.holds(chosen.channel);
    case Atom::position:
      return block.holds(chosen.cell);
    case Atom::channel:
      return block.holds(chosen.channel);
    case Atom::group:
    case Atom::whole:
      return false;
  }
  return false;
}

// How much of each group lies in a block: the mean of its map there times the sum of its channels' weights.
struct GroupShares {
  std::shared_ptr<const session::LayerGroups> groups;

  float in(const Block& block, int group) const {
    const auto& found = groups->factorization;
    double map = 0, weight = 0;
    for (int y = block.row; y < block.row_end; ++y)
      for (int x = block.column; x < block.column_end; ++x) map += double(groups->maps->at(y, x, group));
    for (int c = block.channel; c < block.channel_end; ++c) weight += double(found.directions.at(group, c));
    return float(map * weight);
  }
  struct Strongest {
    int group = 0;
    float share = 0;
  };
  Strongest strongest(const Block& block) const {
    Strongest best{0, in(block, 0)};
    for (int group = 1; group < groups->groups(); ++group)
      if (const float share = in(block, group); share > best.share) best = {group, share};
    return best;
  }
};

session::GroupsRequest groups_of(const Scene& scene) {
  session::GroupsRequest request;
  request.model = scene.model;
  request.image = scene.image;
  request.layer = scene.layer->name;
  request.k = groups_shown;
  request.clip_negative = true;
  return request;
}

ImU32 mixed(ImU32 one, ImU32 other, float share) {
  const ImVec4 a = ImGui::ColorConvertU32ToFloat4(one), b = ImGui::ColorConvertU32ToFloat4(other);
  const auto between = [&](float from, float to) { return from + (to - from) * share; };
  return ImGui::ColorConvertFloat4ToU32(
      {between(a.x, b.x), between(a.y, b.y), between(a.z, b.z), between(a.w, b.w)});
}

// How blocks are drawn, and the value of those that are drawn strongest.
struct Looks {
  std::vector<BlockLook> blocks;
  float greatest = 0;
};

// In the hue of the group that is strongest there, the fainter the less there is of it.
Looks hued_by_group(const Context& context, const std::vector<Block>& blocks, const GroupShares& shares) {
  std::vector<GroupShares::Strongest> strongest;
  float greatest = 0;
  for (const Block& block : blocks) {
    strongest.push_back(shares.strongest(block));
    greatest = std::max(greatest, strongest.back().share);
  }
  greatest = context.agreed("cube: groups of " + shares.groups->layer, greatest);
  Looks looks{{}, greatest};
  for (const auto& [group, share] : strongest) {
    const factorization::Hue& hue = shares.groups->hues[std::size_t(group)];
    const float of_greatest = greatest > 0 ? std::clamp(share / greatest, 0.0f, 1.0f) : 0;
    const ImU32 color = IM_COL32(hue.red, hue.green, hue.blue, 240);
    looks.blocks.push_back({mixed(block_grey(context, 0), color, std::sqrt(of_greatest)), false});
  }
  return looks;
}

// As grey as their mean activation is great, the chosen ones in the accent.
Looks grey_and_lit(const Context& context, Atom atom, const std::string& layer,
                   const std::vector<Block>& blocks, const Cube& values, const Chosen& chosen) {
  std::vector<float> means;
  for (const Block& block : blocks) means.push_back(std::abs(mean_of(values, block)));
  // Means over parts of other sizes are other quantities.
  const float greatest =
      context.agreed("cube: mean of " + layer + " in " + std::to_string(blocks.size()) + " parts",
                     *std::ranges::max_element(means));
  Looks looks{{}, greatest};
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool lit = is_lit(atom, blocks[i], chosen);
    const float share = greatest > 0 ? means[i] / greatest : 0;
    looks.blocks.push_back({lit ? context.theme.accent : block_grey(context, share), lit});
  }
  return looks;
}

// The picture that the network sees, lying under the cube, with what the selected atom is about on it.
void floor_picture(const AppState& state, Context& context, const Scene& scene,
                   const session::LayerActivations& activations, const Chosen& chosen,
                   const Projection& projection) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Cube& cube = *activations.cube;
  Box3 base = bounds(cube.height, cube.width);
  base.to.y = base.from.y - floor_distance;
  const auto corner = corners(projection, base, Side::top);
  const auto textured = [&](render::TextureId texture, const render::TextureRegion& region) {
    list.AddImageQuad(render::imgui_texture(texture), corner[0], corner[1], corner[2], corner[3],
                      {region.u0, region.v0}, {region.u1, region.v0}, {region.u1, region.v1},
                      {region.u0, region.v1});
  };
  if (scene.seen) {
    const std::shared_ptr<const Image> image(scene.seen, &scene.seen->image);
    if (const auto texture = context.textures.picture(image, render::Sampling::linear)) textured(texture, {});
  }
  const Atom atom = state.cube.atom;
  if (atom == Atom::channel) {
    const auto [low, high] = range_of(cube, chosen.channel);
    const float reach = context.agreed("cube: a channel of " + scene.layer->name, std::max(-low, high));
    const render::ColorScale scale =
        activations.minimum < 0 ? signed_scale(context, reach, true) : veil_scale(context, reach);
    const render::Atlas atlas = context.textures.channels(activations.cube, scale, render::Sampling::nearest);
    if (atlas.texture) textured(atlas.texture, atlas.region(chosen.channel));
  }
  if (atom != Atom::position && atom != Atom::neuron) return;
  for (const Block& block : blocks_of({cube.height, cube.width, 1}, cube.height, cube.width, 1)) {
    if (!block.holds(chosen.cell)) continue;
    Box3 cell = block.box;
    cell.to.y = base.to.y;
    const auto outline = corners(projection, cell, Side::top);
    list.AddPolyline(outline.data(), 4, IM_COL32(255, 255, 255, 220), ImDrawFlags_Closed, context.px(3));
    list.AddPolyline(outline.data(), 4, context.theme.accent, ImDrawFlags_Closed, context.px(1.5f));
  }
}

// A tick and a number at either end of the vertical edge that stands out farthest to the left.
void channel_axis(Context& context, const Cube& cube, const Projection& projection) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Box3 box = bounds(cube.height, cube.width);
  const auto above = corners(projection, box, Side::top), below = corners(projection, box, Side::bottom);
  const std::size_t left =
      std::size_t(std::ranges::min_element(above, {}, [](ImVec2 point) { return point.x; }) - above.begin());
  const float x = above[left].x - context.px(12);
  const float size = render::font_size(context.fonts.small);
  list.AddLine({x, above[left].y}, {x, below[left].y}, context.theme.faint);
  const auto tick = [&](float y, const std::string& text) {
    list.AddLine({x, y}, {x + context.px(5), y}, context.theme.faint);
    draw_text(context, context.fonts.small, {x - context.px(6), y - size / 2}, context.theme.muted, text, 0,
              Align::right);
  };
  tick(above[left].y, "channel 0");
  tick(below[left].y, std::to_string(cube.channels - 1));
}

std::string cell_text(Position cell) {
  return "(" + std::to_string(cell.y) + ", " + std::to_string(cell.x) + ")";
}

std::string facts(Atom atom, const Cube& cube, const Chosen& chosen, const GroupShares& shares) {
  const auto count = [](auto begin, auto end) {
    return std::to_string(std::count_if(begin, end, [](float v) { return v > 0; }));
  };
  const auto vector = cube.position(chosen.cell.y, chosen.cell.x);
  switch (atom) {
    case Atom::neuron:
      return "Channel " + std::to_string(chosen.channel) + " at " + cell_text(chosen.cell) + ": " +
             number(double(vector[std::size_t(chosen.channel)]));
    case Atom::position:
      return "Position " + cell_text(chosen.cell) + ": " + count(vector.begin(), vector.end()) + " of " +
             std::to_string(cube.channels) + " channels fire";
    case Atom::channel: {
      std::vector<float> map;
      for (std::size_t i = std::size_t(chosen.channel); i < cube.values.size();
           i += std::size_t(cube.channels))
        map.push_back(cube.values[i]);
      return "Channel " + std::to_string(chosen.channel) + ": fires at " + count(map.begin(), map.end()) +
             " of " + std::to_string(map.size()) + " positions, at most " +
             number(double(*std::ranges::max_element(map)));
    }
    case Atom::group:
      if (!shares.groups) return "Finding groups";
      return std::to_string(shares.groups->groups()) + " groups explain " +
             percent(1 - shares.groups->unexplained()) +
             " of the layer; each block has the hue of the strongest";
    case Atom::whole:
      return std::to_string(cube.height) + " × " + std::to_string(cube.width) + " × " +
             std::to_string(cube.channels) + " = " + std::to_string(cube.values.size()) + " numbers, " +
             count(cube.values.begin(), cube.values.end()) + " of them above zero";
  }
  return {};
}

std::string counted(int count, const char* one, const char* many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

// What a block stands for where it is more than one number.
std::string coarseness(const Cut& cut, const Cube& cube) {
  const int rows = (cube.height + cut.rows - 1) / cut.rows,
            columns = (cube.width + cut.columns - 1) / cut.columns;
  const int channels = (cube.channels + cut.bands - 1) / cut.bands;
  const std::string positions =
      rows * columns == 1 ? "one position"
                          : "up to " + std::to_string(rows) + " × " + std::to_string(columns) + " positions";
  return "Each block: " + positions + ", " + counted(channels, "channel", "channels") +
         ". Its grey is their mean activation";
}

void turn_with_mouse(const AppState& state, Context& context, const Rect& where) {
  const ImGuiIO& io = ImGui::GetIO();
  if (!context.shown.controls || !ImGui::IsWindowHovered() || !io.MouseDown[0] ||
      !where.contains(io.MouseClickedPos[0]))
    return;
  if (io.MouseDelta.x == 0 && io.MouseDelta.y == 0) return;
  constexpr float degrees_a_pixel = 0.4f;
  CubeOptions options = state.cube;
  const float scale = degrees_a_pixel / std::max(context.scale, 0.1f);
  options.turn = (options.turn + int(std::lround(io.MouseDelta.x * scale)) + 360) % 360;
  options.tilt = std::clamp(options.tilt + int(std::lround(io.MouseDelta.y * scale)), 5, 85);
  if (options != state.cube) context.emit(action::SetCube{options});
}

// Hovering selects what the block is a part of; a click, which is no drag, pins it.
void select_with_mouse(const AppState& state, Context& context, const Scene& scene, const Cube& cube,
                       const Block* block, const Rect& where) {
  const ImGuiIO& io = ImGui::GetIO();
  const Atom atom = state.cube.atom;
  if (!block || io.MouseDown[0] || atom == Atom::whole || atom == Atom::group) return;
  const std::string& layer = scene.layer->name;
  const Position cell{(block->row + block->row_end - 1) / 2, (block->column + block->column_end - 1) / 2};
  const Place place = place_of(layer, cell, cube.height, cube.width);
  // Of the channels in the block, the one that is strongest there.
  int channel = block->channel;
  for (int c = block->channel; c < block->channel_end; ++c) {
    float here = 0, best = 0;
    for (int y = block->row; y < block->row_end; ++y)
      for (int x = block->column; x < block->column_end; ++x) {
        here += cube.at(y, x, c);
        best += cube.at(y, x, channel);
      }
    if (here > best) channel = c;
  }
  if (atom != Atom::channel) context.hover.place = place;
  if (atom != Atom::position) context.hover.channel = ChannelRef{layer, channel};
  const float most = context.px(4);
  const bool clicked = ImGui::IsMouseReleased(0) && where.contains(io.MouseClickedPos[0]) &&
                       io.MouseDragMaxDistanceSqr[0] < most * most;
  if (!clicked) return;
  if (atom != Atom::channel) context.emit(action::PinPlace{place});
  if (atom != Atom::position) context.emit(action::PinChannel{{layer, channel}});
}

// Returns the value of the blocks that are drawn strongest.
float cube(const AppState& state, Context& context, const Scene& scene,
           const session::LayerActivations& activations, const Chosen& chosen, const GroupShares& shares,
           const Rect& where) {
  const Cube& values = *activations.cube;
  const float turn = radians(state.cube.turn), tilt = radians(state.cube.tilt);
  Box3 all = bounds(values.height, values.width);
  all.from.y -= floor_distance;
  // The cube turns about its own middle; the picture beneath needs the same room from every direction.
  const Rect room{{where.from.x + context.px(axis_room), where.from.y},
                  {where.to.x - context.px(10), where.to.y}};
  const float pixels = std::min({fitting(turn, tilt, all, room), fitting(radians(45), tilt, all, room)});
  const ImVec2 middle{room.center().x, room.center().y - pixels * floor_distance / 2 * std::cos(tilt)};
  const Projection projection(turn, tilt, middle, pixels);
  floor_picture(state, context, scene, activations, chosen, projection);

  const Atom atom = state.cube.atom;
  std::vector<Block> blocks = blocks_of(cut_for(atom, values.height, values.width, values.channels),
                                        values.height, values.width, values.channels);
  sort_by_nearness(blocks, projection);
  const Looks looks = atom == Atom::group && shares.groups
                          ? hued_by_group(context, blocks, shares)
                          : grey_and_lit(context, atom, scene.layer->name, blocks, values, chosen);
  const Block* pointed =
      ImGui::IsWindowHovered() ? block_at(projection, blocks, ImGui::GetIO().MousePos) : nullptr;
  draw_blocks(context, projection, blocks, looks.blocks);
  channel_axis(context, values, projection);
  context.marks.add("cube", where);
  const Position corner{values.height - 1, values.width - 1};
  for (const Block& block : blocks)
    if (block.holds(corner) && block.holds(0)) {
      const ImVec2 at = projection.at({block.box.middle().x, block.box.middle().y, block.box.to.z});
      context.marks.add("cube/front", Rect{at, at}.grown(1));
    }
  select_with_mouse(state, context, scene, values, pointed, where);
  turn_with_mouse(state, context, where);
  return looks.greatest;
}

// What the strongest of its blocks stands for.
std::string below_text(const AppState& state, const Context& context, const Cube& values,
                       const GroupShares& shares, float greatest) {
  std::string text;
  if (state.cube.atom != Atom::group)
    text = coarseness(cut_for(state.cube.atom, values.height, values.width, values.channels), values) +
           ", up to " + number(double(greatest)) + ".";
  else if (shares.groups)
    text = "The strongest hue stands for " + number(double(greatest)) + ".";
  if (context.shown.controls) text += text.empty() ? "Drag to turn." : " Drag to turn.";
  return text;
}

// The kinds of atom, to the right or above; returns what is left.
Rect beside_legend(const AppState& state, Context& context, const Rect& body) {
  const float gap = context.px(24);
  if (!context.shown.legend) return {body.from, {body.to.x - gap, body.to.y}};
  if (body.width() < context.px(least_width_for_column)) {
    const float bottom = body.from.y + context.px(cube_legend_row_height);
    cube_legend_row(state, context, {body.from, {body.to.x, bottom}});
    return {{body.from.x, bottom + context.px(12)}, body.to};
  }
  const bool narrow = body.width() < context.px(least_width_for_sentences);
  const float width =
      narrow ? context.px(narrow_legend_width) : std::min(context.px(legend_width), body.width() * 0.36f);
  cube_legend(state, context, {{body.to.x - width, body.from.y}, body.to});
  return {body.from, {body.to.x - width - gap, body.to.y}};
}

}  // namespace

void cube_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || !scene->layer) return;
  const model::LayerInfo& layer = *scene->layer;
  ViewHead head{{"Cube"}};
  head.subtitle = {"The activations of " + layer.name + ", " + std::to_string(layer.height) + " × " +
                       std::to_string(layer.width) + " × " + std::to_string(layer.channels) +
                       ", and the parts that they can be cut into",
                   {layer.name}};
  const Rect body = view_header(context, where, head);
  const Rect stage = beside_legend(state, context, body);
  const auto activations =
      value_or_status(context,
                      context.engine.ask(session::Activations{scene->model, scene->image, layer.name},
                                         engine::Visibility::focused),
                      stage, "Activations");
  if (!activations || activations->cube->values.empty()) return;
  GroupShares shares;
  if (state.cube.atom == Atom::group)
    shares.groups = session::ask_groups(context.engine, groups_of(*scene)).value;
  const Chosen chosen = chosen_in(state, *scene, *activations->cube);
  const Cube& values = *activations->cube;
  const std::string told = facts(state.cube.atom, values, chosen, shares);
  const float told_height = wrapped_size(context.fonts.strong, told, stage.width()).y;
  // As if the number were a long one: the cube must not move where it changes.
  const float below_height =
      wrapped_size(context.fonts.small, below_text(state, context, values, shares, -1.23e-5f), stage.width())
          .y;
  const float room = std::max(context.px(facts_height), told_height + below_height + context.px(22));
  const Rect above{stage.from, {stage.to.x, stage.to.y - room}};
  const float greatest = cube(state, context, *scene, *activations, chosen, shares, above);
  const float y = above.to.y + context.px(14);
  draw_wrapped(context, context.fonts.strong, {stage.from.x, y}, context.theme.ink, told, stage.width());
  draw_wrapped(context, context.fonts.small, {stage.from.x, y + told_height + context.px(6)},
               context.theme.muted, below_text(state, context, values, shares, greatest), stage.width());
}

}  // namespace tessera::ui
