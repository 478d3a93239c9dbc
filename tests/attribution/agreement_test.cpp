// Forwards and backwards are the same numbers, in whatever pieces they are computed.
#include <random>

#include "attribution/support.h"
#include "model/fixtures.h"
#include "support/catch.h"
#include "support/paths.h"

namespace tessera::test::agreement_test {

using namespace tessera;
using namespace tessera::attribution;

namespace {

double largest_of(const std::vector<float>& values) {
  double largest = 1e-12;
  for (const float value : values) largest = std::max(largest, double(std::abs(value)));
  return largest;
}

double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, double(std::abs(a[i] - b[i])));
  return largest;
}

class Dice {
 public:
  int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(engine_); }
  float number() { return std::normal_distribution<float>()(engine_); }

 private:
  std::mt19937 engine_{7};
};

Group random_group(const model::LayerInfo& layer, Dice& dice) {
  Group group;
  for (int i = 0; i < layer.height * layer.width; ++i) group.map.push_back(std::abs(dice.number()));
  for (int i = 0; i < layer.channels; ++i) group.direction.push_back(dice.number());
  return group;
}

Atoms random_atoms(const model::LayerInfo& layer, Dice& dice) {
  switch (dice.below(5)) {
    case 0:
      return AllPositions{};
    case 1:
      return AllChannels{};
    case 2:
      return Whole{};
    case 3: {
      ChosenNeurons neurons;
      for (int i = 0; i < 4; ++i)
        neurons.list.push_back(
            {dice.below(layer.height), dice.below(layer.width), dice.below(layer.channels)});
      return neurons;
    }
    default:
      return GroupCubes{{random_group(layer, dice), random_group(layer, dice)}, false};
  }
}

void check_agreement(test::Subject& subject, int trials, std::size_t most_atoms) {
  Dice dice;
  const std::vector<model::LayerInfo>& layers = subject.model->card().layers;
  int compared = 0;
  for (int trial = 0; trial < 20 * trials && compared < trials; ++trial) {
    const int first = dice.below(int(layers.size()));
    const int second = first + dice.below(int(layers.size()) - first + 1);  // one past the end: the logits
    const model::LayerInfo& from = layers[std::size_t(first)];
    const bool logits = second == int(layers.size());
    const Atoms atoms = random_atoms(from, dice);
    Target target;
    if (!logits) {
      target.layer = layers[std::size_t(second)].name;
      target.atoms = random_atoms(layers[std::size_t(second)], dice);
      if (count(target.atoms, layers[std::size_t(second)].height, layers[std::size_t(second)].width,
                layers[std::size_t(second)].channels) > most_atoms)
        continue;
    }
    if (count(atoms, from.height, from.width, from.channels) > most_atoms) continue;
    // The network of all kinds of pools has one with gaps in its window.
    const GradientRules rules{subject.name == "pools" ? Pooling::exact : Pooling(dice.below(3)),
                              dice.below(2) == 1};
    INFO(subject.name << " " << from.name << " → " << (logits ? "logits" : target.layer) << " "
                      << to_text(rules));
    const Source source{from.name, atoms, nullptr, {}};
    const Sweep forward =
        subject.sweeps->effects(subject.picture, source, std::array{target}, rules, {}, Direction::forward);
    const Sweep backward =
        subject.sweeps->effects(subject.picture, source, std::array{target}, rules, {}, Direction::backward);
    CHECK(backward.note.direction == Direction::backward);
    // What normalises makes sums that stay the same: their derivative is zero, but for rounding.
    constexpr double rounding = 2e-7;
    CHECK(largest_difference(forward.effects[0].values, backward.effects[0].values) <=
          1e-5 * largest_of(backward.effects[0].values) + rounding);
    ++compared;
  }
  CHECK(compared > 0);
}

}  // namespace

TEST_CASE("forward sweeps equal backward sweeps on the tiny networks", "[attribution]") {
  for (const std::string network : {"tiny_inception", "tiny_inception_trace", "tiny_resnet",
                                    "tiny_resnet_trace", "tiny_vit", "tiny_vit_trace"}) {
    test::Subject subject = test::tiny_subject(network);
    check_agreement(subject, 12, 300);
  }
}

TEST_CASE("forward sweeps equal backward sweeps on every small network", "[attribution]") {
  for (const std::string& name : test::small_models()) {
    if (name == "non_finite") continue;
    test::Subject subject = test::small_subject(name);
    check_agreement(subject, 6, 200);
  }
}

TEST_CASE("a gradient pulled back to an earlier layer is what its atoms push forward", "[attribution]") {
  for (const std::string network : {"tiny_inception", "tiny_resnet", "tiny_vit"}) {
    test::Subject subject = test::tiny_subject(network);
    const std::vector<std::string> layers = test::all_layers(*subject.model);
    const Pullback back = subject.sweeps->pullback(subject.picture, ClassLogit{1}, layers);
    for (const LayerGradient& layer : back.layers) {
      INFO(network + " " + layer.layer);
      if (layer.activations->positions() > 300) continue;
      Cube terms = product(*layer.activations, *layer.gradient);
      const std::vector<float> by_position = reduce(terms, AllPositions{});
      const Sweep sweep = subject.sweeps->effects(subject.picture, {layer.layer, AllPositions{}, nullptr, {}},
                                                  std::array{Target{}}, {}, {}, Direction::forward);
      std::vector<float> pushed;
      for (std::size_t p = 0; p < by_position.size(); ++p) pushed.push_back(sweep.effects[0].at(1, p));
      // A position's terms may nearly cancel: what they are before that is what float32 rounds.
      for (float& term : terms.values) term = std::abs(term);
      CHECK(largest_difference(by_position, pushed) <= 1e-5 * largest_of(reduce(terms, AllPositions{})));
    }
  }
}

namespace {

// Any objective that reads `layer`, or the logits where it is null.
Objective random_objective(const model::LayerInfo* layer, int classes, Dice& dice) {
  if (!layer) {
    const int plus = dice.below(classes);
    switch (dice.below(3)) {
      case 0:
        return ClassLogit{plus};
      case 1:
        return LogitDifference{plus, (plus + 1) % classes};
      default:
        return LogProbability{plus};
    }
  }
  switch (dice.below(4)) {
    case 0:
      return ChannelSum{layer->name, dice.below(layer->channels)};
    case 1:
      return Neuron{layer->name, dice.below(layer->height), dice.below(layer->width),
                    dice.below(layer->channels)};
    case 2:
      return PositionNorm{layer->name, dice.below(layer->height), dice.below(layer->width)};
    default: {
      Group group = random_group(*layer, dice);
      return GroupActivation{layer->name, std::move(group.map), std::move(group.direction)};
    }
  }
}

// How an objective weighs the logits: its gradient there.
std::vector<double> logit_weights(const Objective& objective, const std::vector<float>& logits) {
  std::vector<double> weights(logits.size());
  if (const auto* one = std::get_if<ClassLogit>(&objective)) weights[std::size_t(one->index)] = 1;
  if (const auto* two = std::get_if<LogitDifference>(&objective)) {
    weights[std::size_t(two->plus)] = 1;
    weights[std::size_t(two->minus)] = -1;
  }
  if (const auto* log = std::get_if<LogProbability>(&objective)) {
    const double largest = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits) sum += std::exp(logit - largest);
    for (std::size_t i = 0; i < logits.size(); ++i) weights[i] = -std::exp(logits[i] - largest) / sum;
    weights[std::size_t(log->index)] += 1;
  }
  return weights;
}

// ⟨part_i(a), gradient of the objective⟩, by one sweep back and by one forward with a tangent an atom.
void check_objectives(test::Subject& subject, int trials, std::size_t most_atoms) {
  Dice dice;
  const std::vector<model::LayerInfo>& layers = subject.model->card().layers;
  const std::vector<float> logits = subject.sweeps->logits(subject.picture);
  for (int trial = 0, compared = 0; trial < 20 * trials && compared < trials; ++trial) {
    const int first = dice.below(int(layers.size()));
    const int second = first + dice.below(int(layers.size()) - first + 1);
    const model::LayerInfo& from = layers[std::size_t(first)];
    const model::LayerInfo* to = second == int(layers.size()) ? nullptr : &layers[std::size_t(second)];
    const Objective objective = random_objective(to, subject.model->card().classes, dice);
    const Atoms atoms = random_atoms(from, dice);
    if (count(atoms, from.height, from.width, from.channels) > most_atoms) continue;
    const GradientRules rules{subject.name == "pools" ? Pooling::exact : Pooling(dice.below(3)),
                              dice.below(2) == 1};
    std::vector<std::string> wanted{from.name};
    if (to) wanted.push_back(to->name);
    const Pullback back = subject.sweeps->pullback(subject.picture, objective, wanted, rules);
    const std::vector<float> backward = reduce(*back.layers[0].activations, *back.layers[0].gradient, atoms);

    // The objective as what is read of its layer: all of it, weighed by its gradient there.
    Target target;
    if (to) target = {to->name, Whole{}, back.layers[1].gradient};
    const Sweep sweep = subject.sweeps->effects(subject.picture, {from.name, atoms, nullptr, {}},
                                                std::array{target}, rules, {}, Direction::forward);
    std::vector<float> forward(backward.size());
    const std::vector<double> weights = to ? std::vector<double>{1} : logit_weights(objective, logits);
    for (std::size_t i = 0; i < forward.size(); ++i) {
      double sum = 0;
      for (std::size_t t = 0; t < weights.size(); ++t) sum += weights[t] * sweep.effects[0].at(t, i);
      forward[i] = float(sum);
    }
    // Terms may nearly cancel in an atom: what they are before that is what float32 rounds.
    Cube terms = product(*back.layers[0].activations, *back.layers[0].gradient);
    double magnitude = 1e-12;
    if (std::holds_alternative<GroupCubes>(atoms)) {
      magnitude = largest_of(backward);
    } else {
      for (float& term : terms.values) term = std::abs(term);
      magnitude = std::max(magnitude, largest_of(reduce(terms, atoms)));
    }
    INFO(subject.name << " " << from.name << " → " << to_json(objective).substr(0, 80) << " "
                      << to_text(rules));
    CHECK(largest_difference(forward, backward) <= 1e-5 * magnitude);
    ++compared;
  }
}

}  // namespace

TEST_CASE("any objective pulled back is what its atoms push forward to it, on every fixture",
          "[attribution]") {
  for (const std::string network : {"tiny_inception", "tiny_inception_trace", "tiny_resnet",
                                    "tiny_resnet_trace", "tiny_vit", "tiny_vit_trace"}) {
    test::Subject subject = test::tiny_subject(network);
    check_objectives(subject, 10, 300);
  }
  for (const std::string& name : test::small_models()) {
    if (name == "non_finite") continue;
    test::Subject subject = test::small_subject(name);
    check_objectives(subject, 6, 200);
  }
}

TEST_CASE("forward sweeps equal backward sweeps on the bundled network", "[attribution]") {
  test::Subject subject = test::bundled_subject(test::bundled_image("coffee.png"));
  check_agreement(subject, 4, 200);
  check_objectives(subject, 6, 200);
}

TEST_CASE("a small memory budget changes nothing but the pieces", "[attribution]") {
  test::Subject subject = test::tiny_subject("tiny_resnet");
  const Source source{"layer1", AllPositions{}, nullptr, {}};
  Control tight;
  tight.memory_budget = 1;
  int told = 0;
  tight.progress = [&](float fraction, std::string_view) {
    CHECK(fraction >= 0);
    CHECK(fraction <= 1);
    ++told;
  };
  const Sweep at_once =
      subject.sweeps->effects(subject.picture, source, std::array{Target{}}, {}, {}, Direction::forward);
  const Sweep piecewise =
      subject.sweeps->effects(subject.picture, source, std::array{Target{}}, {}, tight, Direction::forward);
  CHECK(told > 200);
  CHECK(largest_difference(at_once.effects[0].values, piecewise.effects[0].values) <=
        1e-5 * largest_of(at_once.effects[0].values));
}

TEST_CASE("mean effects over points are the mean of those at each point", "[attribution]") {
  test::Subject subject = test::tiny_subject("tiny_resnet");
  const auto cube = subject.sweeps->activations(subject.picture, "layer1");
  Source source{"layer1", ChosenChannels{{0, 5, 9}}, nullptr, {}};
  for (const float scale : {.25f, .5f, .75f}) {
    source.points.push_back(*cube);
    for (float& value : source.points.back().values) value *= scale;
  }
  const std::array targets{Target{"layer3", AllChannels{}, nullptr}, Target{}};
  const Sweep together = subject.sweeps->effects(subject.picture, source, targets);
  CHECK(together.note.points == 3);
  for (std::size_t t = 0; t < targets.size(); ++t) {
    std::vector<float> sum(together.effects[t].values.size());
    for (const Cube& point : std::vector<Cube>(source.points)) {
      source.points = {point};
      const Sweep one = subject.sweeps->effects(subject.picture, source, std::array{targets[t]});
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += one.effects[0].values[i] / 3;
    }
    CHECK(largest_difference(together.effects[t].values, sum) <= 1e-5 * largest_of(sum));
    source.points.clear();
    for (const float scale : {.25f, .5f, .75f}) {
      source.points.push_back(*cube);
      for (float& value : source.points.back().values) value *= scale;
    }
  }
}

TEST_CASE("a network with a layer replaced by its own cube gives its own values", "[attribution]") {
  for (const std::string network : {"tiny_inception", "tiny_resnet_trace", "tiny_vit"}) {
    test::Subject subject = test::tiny_subject(network);
    const std::vector<float> logits = subject.sweeps->logits(subject.picture);
    for (const std::string& layer : test::all_layers(*subject.model)) {
      INFO(network + " " + layer);
      const auto cube = subject.sweeps->activations(subject.picture, layer);
      const std::vector<Cube> three{*cube, *cube, *cube};
      for (const float value : subject.sweeps->values_at(subject.picture, layer, three, ClassLogit{2}))
        CHECK(value == test::Approx(logits[2]).margin(1e-4));
    }
  }
}

}  // namespace tessera::test::agreement_test
