#include "ui/views/groups.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/classes_in_question.h"
#include "ui/groups.h"
#include "ui/views/group_table.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/blend_triangle.h"
#include "ui/widgets/group_picture.h"
#include "ui/widgets/k_slider.h"
#include "ui/widgets/method_choices.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"

namespace tessera::ui {
namespace {

constexpr float most_side = 250;  // of a picture
constexpr float map_caption_height = 24;
constexpr float k_slider_height = 104;
constexpr float triangle_height = 112;
constexpr float least_width_for_group_column = 500;
constexpr float least_group_side_column = 150;
constexpr float narrow_picture = 96;  // its height, where the column has no room
constexpr float narrow_choices_height = 92;
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

// `explained`: the share that the groups explain; empty: not known yet.
std::string subtitle_of(const AppState& state, const Scene& scene, const std::string& explained) {
  std::string text = std::to_string(scene.layer->channels) + " channels at " +
                     std::to_string(scene.layer->height) + " × " + std::to_string(scene.layer->width) +
                     " positions, by their " + objective_text(state.groups.objective);
  if (!explained.empty()) text += ". The groups explain " + explained + " of what is active";
  return text;
}

void caption(Context& context, const Rect& picture, const std::string& text, float room) {
  draw_text(context, context.fonts.small, {picture.from.x, picture.to.y + context.px(5)}, context.theme.muted,
            text, room);
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

ViewHead head_of(const AppState& state, Context& context, const Scene& scene, const KnownGroups& known) {
  const std::string& layer = scene.layer->name;
  ViewHead head{{"Neuron groups of " + layer, {layer}}};
  const std::string explained = !known.value    ? ""
                                : known.settled ? percent(1 - known.value->unexplained())
                                                : "…";
  head.subtitle = {subtitle_of(state, scene, explained)};
  head.longest_subtitle = {subtitle_of(state, scene, "100.0 %")};
  head.choices = method_choices(state, context, scene, false);
  head.choices.push_back({"groups/order",
                          {"As found", "By contribution", "Left to right"},
                          int(state.groups.order),
                          [&](int index) {
                            GroupOptions options = state.groups;
                            options.order = GroupOrder(index);
                            context.emit(action::SetGroups{options});
                          }});
  return head;
}

// Where these lie: in a column to the left of the table, or above it where there is no room for that.
struct GroupPlaces {
  Rect seen;
  Rect tinted;
  Rect slider;
  Rect triangle;
  Rect table;
};

GroupPlaces group_places(const Context& context, const Scene& scene, const Rect& body) {
  const float caption = context.px(map_caption_height);
  if (body.width() < context.px(least_width_for_group_column)) {
    const float gap = context.px(14);
    const float half = (body.width() - gap) / 2;
    const float side = std::min(half, context.px(narrow_picture) / scene.aspect());
    const float height = side * scene.aspect();
    const float right = body.from.x + half + gap;
    const float second = body.from.y + height + caption;
    const float third = second + context.px(narrow_choices_height);
    return {{body.from, {body.from.x + side, body.from.y + height}},
            {{right, body.from.y}, {right + side, body.from.y + height}},
            {{body.from.x, second}, {body.from.x + half, third}},
            {{right, second}, {body.to.x, third}},
            {{body.from.x, third + gap}, body.to}};
  }
  const float below = context.px(k_slider_height + triangle_height);
  const float room = (body.height() - below - 2 * caption) / 2;
  const float most = std::min(context.px(most_side), body.width() * 0.3f);
  const float side = std::round(std::clamp(room / scene.aspect(), context.px(60), most));
  const float height = side * scene.aspect();
  // Slider and triangle need more width than a small picture has.
  const float column = std::max(side, std::min(context.px(least_group_side_column), most));
  const Rect seen{body.from, {body.from.x + side, body.from.y + height}};
  const float second = seen.to.y + caption;
  const Rect tinted{{body.from.x, second}, {body.from.x + side, second + height}};
  const float slider_top = tinted.to.y + caption + context.px(4);
  const float right = body.from.x + column;
  const Rect slider{{body.from.x, slider_top}, {right, slider_top + context.px(k_slider_height - 14)}};
  const Rect triangle{{body.from.x, slider.to.y + context.px(10)},
                      {right, slider.to.y + context.px(triangle_height)}};
  return {seen, tinted, slider, triangle, {{right + context.px(Theme::column_gap), body.from.y}, body.to}};
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
  const Rect body = view_header(context, where, head_of(state, context, *scene, known));

  const GroupPlaces places = group_places(context, *scene, body);
  const Rect& seen = places.seen;
  const Rect& tinted = places.tinted;

  const auto selected = selected_group(state, context, *scene);
  const bool is_here = selected && selected->ref.layer == layer;
  picture(state, context, *scene, "image", scene->layer, overlay_of_selection(state, context, *scene), seen);
  caption(context, seen,
          is_here ? "Where group " + std::to_string(selected->ref.group + 1) + " is active"
                  : "As the network sees it",
          places.slider.width());
  const bool choosing = choices(state, context, *scene, places.slider, places.triangle);
  const Rect& right = places.table;
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
  caption(context, tinted, is_here ? "The same in its hue" : "All groups in their hues",
          places.slider.width());

  GroupTable table;
  table.groups = known.value;
  table.effects = effects;
  table.classes = classes_in_question(*scene, fitting_group_columns(context, right));
  std::optional<session::GroupContributions> contributions;
  if (effects.value && scene->objective) contributions = contributions_to(*effects.value, *scene->objective);
  table.order = shown_order(*known.value, state.groups.order, contributions);
  table.may_render = known.settled && !choosing;
  group_table(state, context, *scene, table, right);
}

}  // namespace tessera::ui
