#include "ui/views/groups.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/classes_in_question.h"
#include "ui/groups.h"
#include "ui/views/group_table.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/blend_triangle.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/group_picture.h"
#include "ui/widgets/k_slider.h"
#include "ui/widgets/method_bar.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"

namespace tessera::ui {
namespace {

constexpr float most_side = 250;  // of a picture
constexpr float map_caption_height = 24;
constexpr float k_slider_height = 104;
constexpr float triangle_height = 112;
constexpr int curve_end = 16;  // further k can be set, but say little about so few positions

std::string objective_text(const factorization::Objective& objective) {
  if (objective.only_activations()) return "activations";
  std::string text;
  const auto add = [&](double weight, const char* name) {
    if (weight > 0) text += (text.empty() ? "" : ", ") + std::string(name);
  };
  add(objective.activations, "activations");
  add(objective.gradients, "gradients");
  add(objective.attributions, "attributions");
  return text;
}

std::string subtitle_of(const AppState& state, const Scene& scene, const KnownGroups& known) {
  std::string text = std::to_string(scene.layer->channels) + " channels at " +
                     std::to_string(scene.layer->height) + " × " + std::to_string(scene.layer->width) +
                     " positions, by their " + objective_text(state.groups.objective);
  if (known.value)
    text += ". The groups explain " + (known.settled ? percent(1 - known.value->unexplained()) : "…") +
            " of what is active";
  return text;
}

void caption(Context& context, const Rect& picture, const std::string& text) {
  draw_text(context, context.fonts.small, {picture.from.x, picture.to.y + context.px(5)}, context.theme.muted,
            text, picture.width());
}

// How many, and about what. True while a person is still choosing.
bool choices(const AppState& state, Context& context, const Scene& scene, const Rect& slider,
             const Rect& triangle) {
  if (!context.shown.controls && !context.shown.legend) return false;
  session::KCurve curve;
  // In a file the curve is part of the picture: it has to be there.
  const auto visibility = context.shown.controls ? engine::Visibility::ahead : engine::Visibility::visible;
  if (const auto request = groups_request(state, context.engine, scene, scene.layer->name))
    curve = session::ask_k_curve(context.engine, *request, curve_end, 0, visibility);
  GroupOptions options = state.groups;
  const int last = options.k > curve_end ? factorization::Factorization::most_atoms : curve_end;
  options.k = k_slider(context, "groups/k", curve, options.k, last, slider);
  bool choosing = context.shown.controls && ImGui::IsItemActive();
  options.objective = blend_triangle(context, "groups/objective", options.objective, triangle);
  choosing = choosing || (context.shown.controls && ImGui::IsItemActive());
  if (options != state.groups) context.emit(action::SetGroups{options});
  return choosing;
}

void order_choice(const AppState& state, Context& context, const Rect& where) {
  const auto orders = {"As found", "By contribution", "Left to right"};
  ImGui::SetCursorScreenPos({where.to.x - choice_width(context, orders), view_header_aside(context, where)});
  GroupOptions options = state.groups;
  options.order = GroupOrder(choice(context, "groups/order", orders, int(options.order)));
  if (options != state.groups) context.emit(action::SetGroups{options});
}

}  // namespace

void groups_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || !scene->layer) return;
  const std::string& layer = scene->layer->name;
  const KnownGroups known = groups_of(state, context, *scene, layer);
  // Of what is only passing on a slider nobody asks the network.
  const GroupEffects effects =
      known.settled ? effects_of_groups(state, context.engine, known.value) : GroupEffects{};
  const Rect body = view_header(context, where, "Neuron groups of " + layer,
                                subtitle_of(state, *scene, known), HeaderWith::choices_and_more);
  method_bar(state, context, *scene, {where.to.x, view_header_choices(context, where)}, false);
  order_choice(state, context, where);

  const float below = context.px(k_slider_height + triangle_height);
  const float room = (body.height() - below - 2 * context.px(map_caption_height)) / 2;
  const float side = std::round(std::clamp(room / scene->aspect(), context.px(60),
                                           std::min(context.px(most_side), body.width() * 0.3f)));
  const float height = side * scene->aspect();
  const Rect seen{body.from, {body.from.x + side, body.from.y + height}};
  const float second = seen.to.y + context.px(map_caption_height);
  const Rect tinted{{body.from.x, second}, {body.from.x + side, second + height}};
  const float slider_top = tinted.to.y + context.px(map_caption_height) + context.px(4);
  const Rect slider{{body.from.x, slider_top}, {tinted.to.x, slider_top + context.px(k_slider_height - 14)}};
  const Rect triangle{{body.from.x, slider.to.y + context.px(10)},
                      {tinted.to.x, slider.to.y + context.px(triangle_height)}};

  const auto selected = selected_group(state, context, *scene);
  const bool is_here = selected && selected->ref.layer == layer;
  picture(state, context, *scene, "image", scene->layer, overlay_of_selection(state, context, *scene), seen);
  caption(context, seen,
          is_here ? "Where group " + std::to_string(selected->ref.group + 1) + " is active"
                  : "As the network sees it");
  const bool choosing = choices(state, context, *scene, slider, triangle);
  const Rect right{{seen.to.x + context.px(Theme::column_gap), body.from.y}, body.to};
  if (known.error) {
    draw_failed(context, right, *known.error);
    return;
  }
  if (!known.value) {
    draw_pending(context, right, known.progress, "Groups");
    return;
  }
  group_picture(state, context, *scene, *known.value,
                is_here ? std::optional(selected->ref.group) : std::nullopt, "groups/map", tinted);
  caption(context, tinted, is_here ? "The same in its hue" : "All groups in their hues");

  GroupTable table;
  table.groups = known.value;
  table.effects = effects;
  const int fitting = int((right.width() - context.px(300)) / context.px(least_group_column));
  table.classes = classes_in_question(*scene, std::clamp(fitting, 1, most_group_columns));
  std::optional<session::GroupContributions> contributions;
  if (effects.value && scene->objective) contributions = contributions_to(*effects.value, *scene->objective);
  table.order = shown_order(*known.value, state.groups.order, contributions);
  table.may_render = known.settled && !choosing;
  group_table(state, context, *scene, table, right);
}

}  // namespace tessera::ui
