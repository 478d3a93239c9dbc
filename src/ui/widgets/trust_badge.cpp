#include "ui/widgets/trust_badge.h"

#include <algorithm>
#include <cmath>

#include "ui/attributions.h"
#include "ui/overlays/overlay.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr int compared_channels = 20;
constexpr int listed_channels = 12;

session::AssessTrust trust_query(const AppState& state, const Scene& scene, const std::string& layer) {
  attribution::TrustRequest request;
  request.layer = layer;
  if (scene.objective) request.objective = objective_of(*scene.objective);
  request.rules = state.attribution.rules;
  request.most = compared_channels;
  return {scene.model, scene.image, std::move(request)};
}

// How much of the change the sum explains: "97.3 %". Empty where nothing changes.
std::string completeness_text(const attribution::Attribution& known) {
  const float change = known.value - known.baseline_value;
  return std::abs(change) < 1e-6f ? std::string() : percent(double(known.total) / double(change));
}

std::string text_of(const std::optional<float>& value) { return value ? number(double(*value)) : "–"; }

}  // namespace

std::optional<HeaderBadge> trust_badge(const AppState& state, Context& context, const Scene& scene,
                                       const std::string& layer, const attribution::Attribution* known) {
  if (!scene.objective) return std::nullopt;
  const auto badge = [&](const std::string& explained, const std::string& agreement) {
    return TextWithNames{
        layer + ": " +
            (explained.empty() ? "no change to explain" : "explains " + explained + " of the change") +
            " · agrees with ablation " + agreement,
        {layer}};
  };
  HeaderBadge made;
  made.name = "trust";
  made.press = [&context] { context.emit(action::ShowOverlay{Overlay::trust}); };
  made.longest = badge("100.0 %", "−0.999");
  made.text = made.brief = {layer + ": …", {layer}};
  if (!known) return made;
  const auto trust =
      context.engine
          .ask(trust_query(state, scene, layer),
               context.shown.controls ? engine::Visibility::ahead : engine::Visibility::visible)
          .value;
  const attribution::Agreement* agreement = !trust                    ? nullptr
                                            : known->method == "path" ? &trust->path_ablation
                                                                      : &trust->linear_ablation;
  const std::string agrees = agreement ? text_of(agreement->ranks) : std::string("…");
  const std::string explained = completeness_text(*known);
  made.text = badge(explained, agrees);
  made.brief = {layer + ": " + (explained.empty() ? "no change" : explained) + ", " + agrees, {layer}};
  return made;
}

void trust_detail(const AppState& state, Context& context, const Rect& window) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || !scene->objective || scene->layers.empty()) return;
  const std::string layer = scene->layers.back()->name;
  overlay_panel(context, "trust", "Can this be trusted?", 560, 560, window, [&] {
    ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const auto trust = value_or_status(
        context, context.engine.ask(trust_query(state, *scene, layer), engine::Visibility::focused),
        {at, {at.x + width, at.y + context.px(200)}}, "Comparing methods");
    if (!trust) return;
    const float line = context.px(21);
    const auto say = [&](const std::string& name, const std::string& value, ImU32 color) {
      draw_text(context, context.fonts.body, at, context.theme.muted, name, width * 0.75f);
      draw_text(context, context.fonts.number, {at.x + width, at.y}, color, value, 0, Align::right);
      at.y += line;
    };
    at.y += context.px(4);
    say("The network’s value for " + ui::text_of(*scene, *scene->objective), number(trust->value),
        context.theme.ink);
    say("Without " + layer + " (the bias)", number(trust->baseline_value), context.theme.ink);
    say("The path method’s sum, of " + number(trust->value - trust->baseline_value) + " to explain",
        number(trust->path_total), context.theme.ink);
    say("The linear method’s sum", number(trust->linear_total), context.theme.ink);
    at.y += context.px(10);
    say("Order of the strongest channels, path against ablation", text_of(trust->path_ablation.ranks),
        context.theme.ink);
    say("Linear against ablation", text_of(trust->linear_ablation.ranks), context.theme.ink);
    say("Linear against path", text_of(trust->linear_path.ranks), context.theme.ink);
    at.y += context.px(10);
    const float columns[] = {width - context.px(210), width - context.px(105), width};
    const char* names[] = {"path", "linear", "ablation"};
    draw_text(context, context.fonts.small, at, context.theme.muted, "Channel");
    for (int i = 0; i < 3; ++i)
      draw_text(context, context.fonts.small, {at.x + columns[i], at.y}, context.theme.muted, names[i], 0,
                Align::right);
    at.y += line;
    const std::size_t rows = std::min<std::size_t>(listed_channels, trust->compared.size());
    for (std::size_t i = 0; i < rows; ++i) {
      const float values[] = {trust->path[i], trust->linear[i], trust->ablation[i]};
      draw_text(context, context.fonts.body, at, context.theme.ink, std::to_string(trust->compared[i]));
      for (int k = 0; k < 3; ++k)
        draw_text(context, context.fonts.number, {at.x + columns[k], at.y},
                  values[k] < 0 ? context.theme.minus : context.theme.plus, signed_number(double(values[k])),
                  0, Align::right);
      at.y += line;
    }
  });
}

}  // namespace tessera::ui
