#include "ui/widgets/method_choices.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace tessera::ui {
namespace {

// What a click sets in the options that all of these share.
using SetOption = std::function<void(AttributionOptions&, int)>;

ChoiceGroup group_of(const AppState& state, Context& context, std::string name,
                     std::vector<std::string> words, int chosen, SetOption set) {
  return {std::move(name), std::move(words), chosen, [&state, &context, set = std::move(set)](int index) {
            AttributionOptions options = state.attribution;
            set(options, index);
            context.emit(action::SetAttribution{options});
          }};
}

}  // namespace

bool has_max_pools(const model::ModelCard& card) {
  return std::any_of(card.layers.begin(), card.layers.end(), [](const model::LayerInfo& layer) {
    return layer.operation.find("max_pool") != std::string::npos;
  });
}

ChoiceGroup method_choice(const AppState& state, Context& context) {
  return group_of(state, context, "method", {"Path", "Linear"}, int(state.attribution.method),
                  [](AttributionOptions& options, int index) { options.method = AttributionMethod(index); });
}

std::vector<ChoiceGroup> method_choices(const AppState& state, Context& context, const Scene& scene,
                                        bool maps) {
  const AttributionOptions& now = state.attribution;
  std::vector<ChoiceGroup> groups{method_choice(state, context)};
  if (has_max_pools(*scene.card))
    groups.push_back(group_of(
        state, context, "pooling", {"Exact pooling", "Proportional", "Lucid"}, int(now.rules.pooling),
        [](AttributionOptions& options, int index) { options.rules.pooling = attribution::Pooling(index); }));
  if (maps)
    groups.push_back(group_of(state, context, "checkerboard", {"As computed", "Smoothed", "Difference"},
                              now.show_difference             ? 2
                              : now.rules.cancel_checkerboard ? 1
                                                              : 0,
                              [](AttributionOptions& options, int index) {
                                options.show_difference = index == 2;
                                options.rules.cancel_checkerboard = index == 1;
                              }));
  groups.push_back(group_of(state, context, "scale", {"One scale", "Own scales"}, now.one_scale ? 0 : 1,
                            [](AttributionOptions& options, int index) { options.one_scale = index == 0; }));
  return groups;
}

}  // namespace tessera::ui
