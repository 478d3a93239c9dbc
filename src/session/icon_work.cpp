#include "session/icon_work.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>

#include "tessera/featurevis/icon_quality.h"

namespace tessera::session {
namespace {

using featurevis::Failure;
using featurevis::Icon;
using featurevis::IconSubject;
using featurevis::Recipe;

// Updates in a row: with a millisecond or a few for each, a view waits for a tenth of a second at most.
constexpr int icons_at_once = 32;

// Of channels and neurons, which is what the reference is known for.
std::optional<int> measured_channel(const IconSubject& subject) {
  if (subject.negative) return std::nullopt;
  if (const auto* channel = std::get_if<featurevis::Channel>(&subject.objective)) return channel->channel;
  if (const auto* neuron = std::get_if<featurevis::CentreNeuron>(&subject.objective)) return neuron->channel;
  return std::nullopt;
}

bool is_better(const Icon& icon, const Icon& than) {
  const auto severity = [](const Icon& of) {
    return of.quality.failure == Failure::none ? 0 : of.quality.failure == Failure::weak ? 1 : 2;
  };
  if (severity(icon) != severity(than)) return severity(icon) < severity(than);
  return icon.quality.objective > than.quality.objective;
}

}  // namespace

IconWork::IconWork(std::shared_ptr<model::Model> model, std::vector<IconSubject> subjects,
                   const Recipe& recipe, std::vector<float> natural, int attempts)
    : model_(std::move(model)),
      subjects_(std::move(subjects)),
      recipe_(recipe),
      natural_(std::move(natural)),
      most_attempts_(std::max(1, attempts)),
      icons_(subjects_.size() * std::size_t(recipe.diversity)),
      batch_(*model_, subjects_, recipe),
      precision_(to_text(batch_.precision())) {
  for (std::size_t i = 0; i < icons_.size(); ++i) icons_[i].in_batch = i;
}

std::optional<std::size_t> IconWork::find(const IconSubject& subject) const {
  const auto found = std::find(subjects_.begin(), subjects_.end(), subject);
  if (found == subjects_.end()) return std::nullopt;
  return std::size_t(found - subjects_.begin()) * std::size_t(recipe_.diversity);
}

const IconSubject& IconWork::subject(std::size_t icon) const {
  return subjects_[icon / std::size_t(recipe_.diversity)];
}

bool IconWork::step() {
  const std::vector<int> shown = featurevis::preview_steps(steps_of_attempt());
  const int next = *std::upper_bound(shown.begin(), std::prev(shown.end()), steps_);
  const int few = std::max(1, icons_at_once / int(batch_.size()));
  const int taken = std::max(1, std::min(few, next - steps_));
  batch_.advance(taken);
  steps_ += taken;
  if (batch_.finished()) {
    end_attempt();
    return true;
  }
  return steps_ == next;
}

bool IconWork::finished() const {
  return std::all_of(icons_.begin(), icons_.end(), [](const Place& place) { return place.settled; });
}

float IconWork::fraction() const { return float(steps_) / float(steps_of_attempt()); }

int IconWork::steps_of_attempt() const {
  constexpr int most = 4096;
  return attempt_ > 2 ? std::min(most, 2 * recipe_.steps) : recipe_.steps;
}

Icon IconWork::present(std::size_t icon) const {
  Icon made = batch_.icon(*icons_[icon].in_batch);
  made.quality.attempts = attempt_;
  const auto channel = measured_channel(subject(icon));
  if (channel && std::size_t(*channel) < natural_.size())
    made = with_natural(std::move(made), natural_[std::size_t(*channel)]);
  return made;
}

Icon IconWork::icon(std::size_t icon) const {
  const Place& place = icons_[icon];
  // While it is tried again, what there is is better than a sketch.
  return place.best ? *place.best : present(icon);
}

void IconWork::end_attempt() {
  for (std::size_t i = 0; i < icons_.size(); ++i) {
    Place& place = icons_[i];
    if (!place.in_batch) continue;
    Icon made = present(i);
    made.quality.settled = true;
    if (!place.best || is_better(made, *place.best)) place.best = std::move(made);
    place.best->quality.attempts = attempt_;
    place.settled = place.best->quality.failure == Failure::none || attempt_ >= most_attempts_;
    place.in_batch.reset();
  }
  if (!finished()) begin_attempt();
}

void IconWork::begin_attempt() {
  ++attempt_;
  steps_ = 0;
  Recipe recipe = recipe_;
  recipe.steps = steps_of_attempt();
  std::vector<IconSubject> again;
  for (std::size_t first = 0; first < icons_.size(); first += std::size_t(recipe_.diversity)) {
    // Variations are made to differ from each other, so that all of them are made again.
    const auto one = [&](std::size_t v) { return !icons_[first + v].settled; };
    bool failed = false;
    for (std::size_t v = 0; v < std::size_t(recipe_.diversity); ++v) failed = failed || one(v);
    if (!failed) continue;
    for (std::size_t v = 0; v < std::size_t(recipe_.diversity); ++v)
      if (one(v)) icons_[first + v].in_batch = again.size() * std::size_t(recipe_.diversity) + v;
    again.push_back(subject(first));
  }
  // Far from the seeds that somebody may ask for.
  const std::uint64_t seed = recipe_.seed + std::uint64_t(attempt_ - 1) * 0x9E3779B97F4A7C15u;
  batch_ = featurevis::IconBatch(*model_, again, recipe, std::vector<std::uint64_t>(again.size(), seed));
}

bool IconWork::can_extend_to(const Recipe& recipe) const {
  Recipe longer = recipe;
  longer.steps = recipe_.steps;
  longer.variation = recipe_.variation;
  return attempt_ == 1 && longer == recipe_ && recipe.steps > recipe_.steps;
}

void IconWork::extend_to(const Recipe& recipe) {
  recipe_.steps = recipe.steps;
  batch_.extend(recipe.steps);
  for (std::size_t i = 0; i < icons_.size(); ++i) icons_[i] = {std::nullopt, i, false};
}

}  // namespace tessera::session
