#include "tessera/featurevis/icon_batch.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>

#include "featurevis/diversity.h"
#include "featurevis/icon_state.h"
#include "featurevis/pass.h"
#include "featurevis/picture.h"
#include "featurevis/rectifier.h"
#include "featurevis/workers.h"
#include "model/failure_text.h"
#include "tessera/base/error.h"
#include "tessera/featurevis/icon_quality.h"

namespace tessera::featurevis {
namespace {

constexpr float diversity_weight = 100;
// Steps that an icon takes in a row before its worker looks for the one that is furthest behind.
constexpr int steps_in_a_row = 4;

bool is_logit(const IconSubject& subject) { return std::holds_alternative<ClassLogit>(subject.objective); }

void check_all(const std::vector<IconSubject>& subjects, const Recipe& recipe, std::size_t seeds,
               const model::Model::Impl& model) {
  check(recipe);
  if (subjects.empty()) throw Error("there is no subject to make an icon of");
  if (subjects.size() * std::size_t(recipe.diversity) > IconBatch::most_icons)
    throw Error("a batch holds at most " + std::to_string(IconBatch::most_icons) + " icons",
                std::to_string(subjects.size() * std::size_t(recipe.diversity)) + " were asked for",
                "Make several batches");
  if (seeds != 0 && seeds != subjects.size())
    throw Error("there are " + std::to_string(seeds) + " seeds for " + std::to_string(subjects.size()) +
                " subjects");
  const bool logits = is_logit(subjects[0]);
  for (const IconSubject& subject : subjects) {
    check(subject, model);
    if (is_logit(subject) != logits || (!logits && subject.layer != subjects[0].layer))
      throw Error("the icons of a batch are of one layer", subjects[0].layer + " and " + subject.layer);
  }
}

Pass make_pass(model::Model& model, const IconSubject& subject, const Recipe& recipe, Precision precision) {
  return Pass(model.impl(), subject.layer, is_logit(subject), recipe.style, recipe.size,
              precision == Precision::float32 ? at::kFloat : at::kBFloat16);
}

}  // namespace

struct IconBatch::Impl {
  std::string model_name;
  Recipe recipe;
  Precision precision;
  Pass pass;
  std::optional<Rectifier> rectifier;  // after the layer's values
  std::vector<IconState> icons;
  std::vector<Room> rooms;

  Impl(model::Model& model, const std::vector<IconSubject>& subjects, const Recipe& recipe_,
       const std::vector<std::uint64_t>& seeds)
      : model_name(model.card().name),
        recipe(recipe_),
        precision(choose_precision(model)),
        pass(make_pass(model, subjects[0], recipe, precision)) {
    if (!is_logit(subjects[0])) rectifier = rectifier_of(model.impl().layer(subjects[0].layer).value->node());
    for (std::size_t i = 0; i < subjects.size(); ++i)
      for (int variation = 0; variation < recipe.diversity; ++variation)
        icons.emplace_back(subjects[i], seeds.empty() ? recipe.seed : seeds[i], std::uint64_t(variation),
                           pass.spectrum().numbers());
    rooms.resize(recipe.diversity > 1 ? icons.size() : std::min(icons.size(), most_workers()));
  }

  void see(IconState& icon, Room& room) const {
    pass.see(icon.optimiser.numbers(), icon.steps(), icon.random, room);
  }
  void value(IconState& icon, Room& room) const {
    const float objective = pass.value(icon.subject, room);
    icon.note(objective, room.peak);
  }
  void learn(IconState& icon, Room& room) const {
    pass.pull_back(room);
    icon.optimiser.step(room.numbers, recipe.learning_rate, recipe.restraint);
  }

  bool goes_on(const IconState& icon) const { return icon.steps() < recipe.steps && !icon.flat; }

  // Every icon by itself: who is free takes the one that is furthest behind.
  void advance_apart(int steps, const std::stop_token& stop) {
    std::vector<int> goal;
    for (const IconState& icon : icons) goal.push_back(std::min(recipe.steps, icon.steps() + steps));
    std::vector<bool> taken(icons.size());
    std::mutex mutex;
    const auto next = [&]() -> std::optional<std::size_t> {
      const std::lock_guard lock(mutex);
      std::optional<std::size_t> found;
      for (std::size_t i = 0; i < icons.size(); ++i)
        if (!taken[i] && goes_on(icons[i]) && icons[i].steps() < goal[i] &&
            (!found || icons[i].steps() < icons[*found].steps()))
          found = i;
      if (found) taken[*found] = true;
      return found;
    };
    in_parallel(std::min(icons.size(), rooms.size()), [&](std::size_t, std::size_t worker) {
      const at::NoGradGuard no_grad;
      while (const std::optional<std::size_t> i = next()) {
        IconState& icon = icons[*i];
        for (int step = 0; step < steps_in_a_row && icon.steps() < goal[*i] && goes_on(icon); ++step) {
          if (stop.stop_requested()) return;
          see(icon, rooms[worker]);
          value(icon, rooms[worker]);
          learn(icon, rooms[worker]);
        }
        const std::lock_guard lock(mutex);
        taken[*i] = false;
      }
    });
  }

  // Variations see each other, and so go in step.
  void advance_together(int steps, const std::stop_token& stop) {
    for (int step = 0; step < steps && icons[0].steps() < recipe.steps; ++step) {
      if (stop.stop_requested()) return;
      in_parallel(icons.size(), [&](std::size_t i, std::size_t) {
        const at::NoGradGuard no_grad;
        see(icons[i], rooms[i]);
        value(icons[i], rooms[i]);
      });
      for (std::size_t first = 0; first < icons.size(); first += std::size_t(recipe.diversity)) differ(first);
      in_parallel(icons.size(), [&](std::size_t i, std::size_t) {
        const at::NoGradGuard no_grad;
        learn(icons[i], rooms[i]);
      });
    }
  }

  void differ(std::size_t first) {
    std::vector<at::Tensor> features;
    for (int i = 0; i < recipe.diversity; ++i)
      features.push_back(rooms[first + std::size_t(i)].values.flatten(1, 2));
    const at::Tensor before = at::cat(features);
    const at::Tensor after = rectifier ? rectified(before, *rectifier) : before;
    at::Tensor gradient = likeness(after).gradient * diversity_weight;
    if (rectifier) gradient = gradient * after.gt(0).logical_and_(after.lt(rectifier->limit));
    for (int i = 0; i < recipe.diversity; ++i) {
      at::Tensor& own = rooms[first + std::size_t(i)].gradient;
      own.add_(gradient[i].view_as(own));
    }
  }
};

IconBatch::IconBatch(model::Model& model, std::vector<IconSubject> subjects, const Recipe& recipe,
                     std::vector<std::uint64_t> seeds) {
  check_all(subjects, recipe, seeds.size(), model.impl());
  impl_ = std::make_unique<Impl>(model, subjects, recipe, seeds);
}
IconBatch::~IconBatch() = default;
IconBatch::IconBatch(IconBatch&&) noexcept = default;
IconBatch& IconBatch::operator=(IconBatch&&) noexcept = default;

void IconBatch::advance(int steps, const std::stop_token& stop) {
  try {
    if (impl_->recipe.diversity > 1)
      impl_->advance_together(steps, stop);
    else
      impl_->advance_apart(steps, stop);
  } catch (const c10::Error& error) {
    throw Error("the network failed while an icon was made: " + model::clause_of(error), impl_->model_name);
  }
}

void IconBatch::extend(int steps) {
  impl_->recipe.steps = std::max(impl_->recipe.steps, steps);
  check(impl_->recipe);
}

int IconBatch::steps() const {
  return std::min_element(impl_->icons.begin(), impl_->icons.end(),
                          [](const IconState& a, const IconState& b) { return a.steps() < b.steps(); })
      ->steps();
}

bool IconBatch::finished() const {
  return std::none_of(impl_->icons.begin(), impl_->icons.end(),
                      [&](const IconState& icon) { return impl_->goes_on(icon); });
}

std::size_t IconBatch::size() const { return impl_->icons.size(); }

Icon IconBatch::icon(std::size_t index) const {
  const IconState& state = impl_->icons.at(index);
  Room room;
  impl_->pass.develop(state.optimiser.numbers(), room);
  Icon icon;
  icon.picture = to_picture(room.straight.data(), impl_->recipe.size);
  icon.quality.steps = state.steps();
  icon.quality.settled = !impl_->goes_on(state);
  icon.quality.objective = state.reached();
  icon.quality.peak = state.peak();
  icon.quality.failure = judge(measure_contrast(icon.picture));
  return icon;
}

std::vector<float> IconBatch::objectives() const {
  std::vector<float> objectives;
  for (const IconState& icon : impl_->icons)
    objectives.push_back(icon.objectives.empty() ? 0 : icon.objectives.back());
  return objectives;
}

Precision IconBatch::precision() const { return impl_->precision; }
int IconBatch::input_size() const { return impl_->pass.width(); }

std::size_t IconBatch::memory_per_icon(model::Model& model, const std::string& layer, const Recipe& recipe) {
  check(recipe);
  const at::NoGradGuard no_grad;
  return Pass(model.impl(), layer, layer.empty(), recipe.style, recipe.size, at::kFloat).memory();
}

std::vector<int> preview_steps(int steps) {
  std::vector<int> at;
  for (int step = 8; step < steps; step *= 2) at.push_back(step);
  at.push_back(steps);
  return at;
}

}  // namespace tessera::featurevis
