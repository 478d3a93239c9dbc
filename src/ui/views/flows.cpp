#include "ui/views/flows.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>

#include "ui/flows.h"
#include "ui/views/flow_diagram.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/k_slider.h"
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
constexpr float choices_width = 186;
constexpr int most_classes = 5;
constexpr int slider_end = 16;

std::string title_of(const KnownFlows& flows, const Scene& scene) {
  return flows.inputs.towards ? "Group flows towards " + text_of(scene, *flows.inputs.towards)
                              : "Group flows, whatever comes of them";
}

// How much of the objective the picture explains.
std::string subtitle_of(const Context& context, const KnownFlows& flows) {
  if (!flows.inputs.towards)
    return "What each group does to those of the next layer, and the last ones to the classes";
  const auto balance = balance_of(flows.inputs);
  if (!balance) return "What groups hand on to each other on the way to the class";
  const auto sum = [&](double value) { return sum_text(context, signed_number(value), flows.certainty()); };
  return "Of " + number(balance->value) + " the last layer’s groups bring " + sum(balance->groups) +
         ", what is in no group " + sum(balance->residual) + ", the bias " + signed_number(balance->bias) +
         "; missed: " + sum(balance->missed);
}

void method_choice(const AppState& state, Context& context, ImVec2 right) {
  const auto methods = {"Path", "Linear"};
  ImGui::SetCursorScreenPos({right.x - choice_width(context, methods), right.y});
  AttributionOptions options = state.attribution;
  options.method = AttributionMethod(choice(context, "method", methods, int(options.method)));
  if (options != state.attribution) context.emit(action::SetAttribution{options});
}

// A few words under a muted title; returns what is chosen.
int titled_choice(Context& context, const std::string& name, const char* title,
                  std::initializer_list<const char*> labels, int chosen, ImVec2& at) {
  if (!context.shown.controls) return chosen;
  draw_text(context, context.fonts.small, at, context.theme.muted, title);
  ImGui::SetCursorScreenPos({at.x, at.y + context.px(17)});
  const int result = choice(context, name, labels, chosen);
  at.y += context.px(48);
  return result;
}

double mean(const std::vector<double>& values) {
  return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

void legend(Context& context, const KnownFlows& flows, const Rect& where) {
  if (!context.shown.legend) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImVec2 at = where.from;
  const Certainty certainty = flows.certainty();
  const auto swatch = [&](double sign, const char* text) {
    const float line = render::font_size(context.fonts.small);
    const Rect bar{{at.x, at.y + line / 2 - context.px(2)},
                   {at.x + context.px(22), at.y + line / 2 + context.px(3)}};
    const ImU32 color = sign_color(context, sign, certainty);
    if (certainty.provisional)
      hatched_bar(context, bar, color);
    else
      list.AddRectFilled(bar.from, bar.to, color, context.px(1));
    draw_text(context, context.fonts.small, {at.x + context.px(30), at.y}, context.theme.muted, text);
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
  const double compatible = mean(flows.chain->compatible_concentration);
  const double independent = mean(flows.chain->independent_concentration);
  at.y += context.px(6);
  draw_wrapped(context, context.fonts.small, at, context.theme.muted,
               "Concentration of the flow, from 0 (spread evenly) to 1: " + number(compatible) + ", and " +
                   number(independent) + " where each layer is on its own.",
               where.width());
}

// Where these lie: in a column to the left of the diagram, or where that takes too much of its width, as in
// half a stage, side by side above it.
struct Places {
  Rect seen;
  Rect slider;
  Rect choices;  // and beneath them the legend, unless it has its own
  std::optional<Rect> legend;
  Rect diagram;
};

Places places(const Context& context, const Scene& scene, const Rect& body) {
  const float gap = context.px(diagram_column_gap);
  if (body.width() < context.px(least_width_beside)) {
    const float width = std::min(context.px(strip_height) / scene.aspect(), body.width() * 0.26f);
    const float height = width * scene.aspect();
    const float left = body.from.x + width + gap * 0.7f;
    const float last = body.to.x - context.px(choices_width);
    const float bottom = body.from.y + std::max(height + context.px(24), context.px(strip_height + 16));
    const Rect slider{{left, body.from.y},
                      {last - gap * 0.7f, body.from.y + context.px(diagram_slider_height)}};
    return {{body.from, {body.from.x + width, body.from.y + height}},
            slider,
            {{last, body.from.y}, {body.to.x, bottom}},
            Rect{{left, slider.to.y + context.px(14)}, {slider.to.x, bottom}},
            {{body.from.x, bottom + context.px(6)}, body.to}};
  }
  const float width = std::min(context.px(side_width), body.width() * 0.26f);
  const Rect seen{body.from, {body.from.x + width, body.from.y + width * scene.aspect()}};
  const Rect slider{{body.from.x, seen.to.y + context.px(36)},
                    {seen.to.x, seen.to.y + context.px(36 + diagram_slider_height)}};
  return {seen,
          slider,
          {{body.from.x, slider.to.y + context.px(16)}, {seen.to.x, body.to.y}},
          std::nullopt,
          {{seen.to.x + gap, body.from.y}, body.to}};
}

// Picture, choices and legend. True while a person is still choosing.
bool side_panels(const AppState& state, Context& context, const Scene& scene, const KnownFlows& flows,
                 const Places& where) {
  const Rect& seen = where.seen;
  picture(state, context, scene, "image", scene.layer, overlay_of_selection(state, context, scene), seen);
  const auto selected = selected_group(state, context, scene);
  draw_text(context, context.fonts.small, {seen.from.x, seen.to.y + context.px(5)}, context.theme.muted,
            selected ? "Where group " + std::to_string(selected->ref.group + 1) + " is active"
                     : "As the network sees it",
            seen.width());
  GroupOptions options = state.groups;
  const int last = options.k > slider_end ? factorization::Factorization::most_atoms : slider_end;
  options.k = k_slider(context, "flows/k", {}, options.k, last, where.slider);
  const bool choosing = context.shown.controls && ImGui::IsItemActive();
  if (options != state.groups) context.emit(action::SetGroups{options});
  ImVec2 at = where.choices.from;
  FlowOptions chosen = state.flows;
  chosen.compatible = titled_choice(context, "flows/groups", "Groups", {"Each layer’s own", "Compatible"},
                                    chosen.compatible ? 1 : 0, at) == 1;
  chosen.towards_class = titled_choice(context, "flows/towards", "Flows", {"Towards the class", "Class-free"},
                                       chosen.towards_class ? 0 : 1, at) == 0;
  chosen.height = FlowHeight(titled_choice(context, "flows/height", "Height", {"Magnitude", "Contribution"},
                                           int(chosen.height), at));
  if (chosen != state.flows) context.emit(action::SetFlows{chosen});
  legend(context, flows, where.legend ? *where.legend : Rect{at, where.choices.to});
  return choosing;
}

}  // namespace

void flows_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || scene->layers.empty()) return;
  const KnownFlows flows = flows_of(state, context, *scene, most_classes);
  const Rect body =
      view_header(context, where, title_of(flows, *scene), subtitle_of(context, flows), HeaderWith::choices);
  method_choice(state, context, {where.to.x, view_header_choices(context, where)});
  const Places where_to = places(context, *scene, body);
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
