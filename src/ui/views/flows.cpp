#include "ui/views/flows.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ui/flows.h"
#include "ui/views/flow_diagram.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/k_slider.h"
#include "ui/widgets/method_choices.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"

namespace tessera::ui {
namespace {

constexpr float side_width = 196;
constexpr float diagram_column_gap = 30;
constexpr float diagram_slider_height = 58;
constexpr float least_width_beside = 620;  // of the view, for a column beside the diagram
constexpr float strip_height = 132;
constexpr float widest_slider = 240;
constexpr int most_classes = 5;
constexpr int slider_end = 16;

TextWithNames title_of(const KnownFlows& flows, const Scene& scene) {
  if (!flows.inputs.towards) return {"Group flows, whatever comes of them"};
  return {"Group flows towards " + text_of(scene, *flows.inputs.towards),
          labels_of(scene, *flows.inputs.towards)};
}

constexpr const char* class_free =
    "What each group does to those of the next layer, and the last ones to the classes";

std::string balance_text(const std::string& value, const std::string& groups, const std::string& residual,
                         const std::string& bias, const std::string& missed) {
  return "Of " + value + " the last layer’s groups bring " + groups + ", what is in no group " + residual +
         ", the bias " + bias + "; missed: " + missed;
}

// How much of the objective the picture explains.
std::string subtitle_of(const Context& context, const KnownFlows& flows) {
  if (!flows.inputs.towards) return class_free;
  const auto balance = balance_of(flows.inputs);
  if (!balance) return "What groups hand on to each other on the way to the class";
  const auto sum = [&](double value) { return sum_text(context, signed_number(value), flows.certainty()); };
  return balance_text(number(balance->value), sum(balance->groups), sum(balance->residual),
                      signed_number(balance->bias), sum(balance->missed));
}

std::string longest_subtitle(const KnownFlows& flows) {
  if (!flows.inputs.towards) return class_free;
  return balance_text("−0.999", "−0.999", "−0.999", "−0.999", "−0.999");
}

double mean(const std::vector<double>& values) {
  return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

// As much of it as there is room for.
void legend(Context& context, const KnownFlows& flows, const Rect& where) {
  if (!context.shown.legend) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = context.fonts.small;
  const float line = render::font_size(font);
  ImVec2 at = where.from;
  const Certainty certainty = flows.certainty();
  const auto swatch = [&](double sign, const char* text) {
    if (at.y + line > where.to.y) return;
    const Rect bar{{at.x, at.y + line / 2 - context.px(2)},
                   {at.x + context.px(22), at.y + line / 2 + context.px(3)}};
    const ImU32 color = sign_color(context, sign, certainty);
    if (certainty.provisional)
      hatched_bar(context, bar, color);
    else
      list.AddRectFilled(bar.from, bar.to, color, context.px(1));
    draw_text(context, font, {at.x + context.px(30), at.y}, context.theme.muted, text,
              where.width() - context.px(30));
    at.y += line + context.px(6);
  };
  const bool towards = flows.inputs.towards.has_value();
  if (certainty.provisional) {
    swatch(0, towards ? "for it or against it" : "raises or lowers");
  } else {
    swatch(1, towards ? "speaks for the class" : "raises");
    swatch(-1, towards ? "speaks against it" : "lowers");
  }
  if (!flows.chain) return;
  const std::string text = "Concentration of the flow, from 0 (spread evenly) to 1: " +
                           number(mean(flows.chain->compatible_concentration)) + ", and " +
                           number(mean(flows.chain->independent_concentration)) +
                           " where each layer is on its own.";
  at.y += context.px(6);
  if (at.y + wrapped_size(font, text, where.width()).y <= where.to.y)
    draw_wrapped(context, font, at, context.theme.muted, text, where.width());
}

// How the diagram is made.
std::vector<ChoiceGroup> flow_choices(const AppState& state, Context& context) {
  const auto group = [&](const char* name, const char* title, std::vector<std::string> words, int chosen,
                         const std::function<void(FlowOptions&, int)>& set) {
    return ChoiceGroup{name, std::move(words), chosen,
                       [&state, &context, set](int index) {
                         FlowOptions options = state.flows;
                         set(options, index);
                         context.emit(action::SetFlows{options});
                       },
                       title};
  };
  return {
      group("flows/groups", "Groups", {"Each layer’s own", "Compatible"}, state.flows.compatible ? 1 : 0,
            [](FlowOptions& options, int index) { options.compatible = index == 1; }),
      group("flows/towards", "Flows", {"Towards the class", "Class-free"}, state.flows.towards_class ? 0 : 1,
            [](FlowOptions& options, int index) { options.towards_class = index == 0; }),
      group("flows/height", "Height", {"Magnitude", "Contribution"}, int(state.flows.height),
            [](FlowOptions& options, int index) { options.height = FlowHeight(index); })};
}

// Each under its title, from `at`, where Context::shown has controls; moves `at` below.
void titled_choices(Context& context, std::vector<ChoiceGroup> groups, float width, ImVec2& at) {
  if (!context.shown.controls) return;
  for (ChoiceGroup& group : groups) {
    draw_text(context, context.fonts.small, at, context.theme.muted, group.before, width);
    group.before.clear();
    const ChoiceRows rows(context, {group}, width, width);
    for (std::size_t row = 0; row < rows.count(); ++row)
      rows.draw(context, row, {at.x, at.y + context.px(17) + ChoiceRows::step(context) * float(row)});
    at.y += context.px(25) + ChoiceRows::step(context) * float(rows.count());
  }
}

// Where these lie: in a column to the left of the diagram, or where that takes too much of its width, as in
// half a stage, above it.
struct Places {
  Rect seen;
  Rect slider;
  std::optional<Rect> choices_in_rows;  // else in a column beneath the slider
  Rect beneath;                         // what is left for choices and the legend
  Rect diagram;
};

Places places(const AppState& state, Context& context, const Scene& scene, const Rect& body) {
  const float gap = context.px(diagram_column_gap);
  if (body.width() < context.px(least_width_beside)) {
    const float width = std::min(context.px(strip_height) / scene.aspect(), body.width() * 0.26f);
    const float height = width * scene.aspect();
    const Rect seen{body.from, {body.from.x + width, body.from.y + height}};
    const float left = seen.to.x + gap * 0.7f;
    const float slider_right = std::min(body.to.x, left + context.px(widest_slider));
    const Rect slider{{left, body.from.y}, {slider_right, body.from.y + context.px(diagram_slider_height)}};
    const float legend_bottom = slider.to.y + context.px(14 + 40);
    const float strip_bottom = std::max(seen.to.y + context.px(24), legend_bottom);
    // Both halves leave the same room.
    const bool rows_have_room = context.shown.controls || context.shown.controls_beside;
    const ChoiceRows rows(context, flow_choices(state, context), body.width(), body.width());
    const float rows_height = rows_have_room ? ChoiceRows::step(context) * float(rows.count()) : 0;
    const Rect choices{{body.from.x, strip_bottom}, {body.to.x, strip_bottom + rows_height}};
    return {seen,
            slider,
            choices,
            {{left, slider.to.y + context.px(14)}, {body.to.x, strip_bottom}},
            {{body.from.x, choices.to.y + context.px(8)}, body.to}};
  }
  const float width = std::min(context.px(side_width), body.width() * 0.26f);
  const Rect seen{body.from, {body.from.x + width, body.from.y + width * scene.aspect()}};
  const Rect slider{{body.from.x, seen.to.y + context.px(36)},
                    {seen.to.x, seen.to.y + context.px(36 + diagram_slider_height)}};
  return {seen,
          slider,
          std::nullopt,
          {{body.from.x, slider.to.y + context.px(16)}, {seen.to.x, body.to.y}},
          {{seen.to.x + gap, body.from.y}, body.to}};
}

// Picture, choices and legend. True while a person is still choosing.
bool side_panels(const AppState& state, Context& context, const Scene& scene, const KnownFlows& flows,
                 const Places& where) {
  const Rect& seen = where.seen;
  picture(state, context, scene, "image", scene.layer, overlay_of_selection(state, context, scene), seen);
  const auto selected = selected_group(state, context, scene);
  std::string caption = "As the network sees it";
  if (selected) {
    const std::string group = "group " + std::to_string(selected->ref.group + 1);
    caption = "Where " + group + " is active";
    if (text_size(context.fonts.small, caption).x > seen.width()) caption = "Of " + group;
  }
  draw_text(context, context.fonts.small, {seen.from.x, seen.to.y + context.px(5)}, context.theme.muted,
            caption, seen.width());
  GroupOptions options = state.groups;
  const int last = options.k > slider_end ? factorization::Factorization::most_atoms : slider_end;
  options.k = k_slider(context, "flows/k", {}, options.k, last, where.slider);
  const bool choosing = context.shown.controls && ImGui::IsItemActive();
  if (options != state.groups) context.emit(action::SetGroups{options});
  std::vector<ChoiceGroup> groups = flow_choices(state, context);
  ImVec2 at = where.beneath.from;
  if (where.choices_in_rows) {
    const Rect& there = *where.choices_in_rows;
    const ChoiceRows rows(context, std::move(groups), there.width(), there.width());
    for (std::size_t row = 0; row < rows.count(); ++row)
      rows.draw(context, row, {there.from.x, there.from.y + ChoiceRows::step(context) * float(row)});
  } else {
    titled_choices(context, std::move(groups), where.beneath.width(), at);
  }
  legend(context, flows, {at, where.beneath.to});
  return choosing;
}

}  // namespace

void flows_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || scene->layers.empty()) return;
  const KnownFlows flows = flows_of(state, context, *scene, most_classes);
  ViewHead head{title_of(flows, *scene)};
  head.subtitle = {subtitle_of(context, flows)};
  head.longest_subtitle = {longest_subtitle(flows)};
  head.choices = {method_choice(state, context)};
  const Rect body = view_header(context, where, head);
  const Places where_to = places(state, context, *scene, body);
  const bool choosing = side_panels(state, context, *scene, flows, where_to);
  const Rect& right = where_to.diagram;
  if (flows.error) {
    draw_failed(context, right, *flows.error);
    return;
  }
  if (flows.inputs.groups.empty()) {
    draw_pending(context, right, flows.progress, "Groups");
    return;
  }
  const FlowPlan plan = plan_flows(flows.inputs, state.flows.height);
  flow_diagram(state, context, *scene, flows, plan, !choosing, right);
}

}  // namespace tessera::ui
