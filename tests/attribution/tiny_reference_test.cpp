// The three tiny networks, scripted and traced, against attributions by an independent implementation in
// float64.
#include <map>

#include "attribution/support.h"
#include "model/fixtures.h"
#include "support/catch.h"
#include "support/npz.h"
#include "support/paths.h"

namespace tessera::test::tiny_reference_test {

using namespace tessera;
using namespace tessera::attribution;

namespace {

const std::map<std::string, GradientRules> rules_by_name{{"plain", {}},
                                                         {"prop", {Pooling::proportional, false}},
                                                         {"lucid", {Pooling::lucid, false}},
                                                         {"lucid_blur", {Pooling::lucid, true}}};

std::vector<std::string> split(const std::string& key) {
  std::vector<std::string> parts;
  std::size_t first = 0;
  for (std::size_t next; (next = key.find('/', first)) != std::string::npos; first = next + 1)
    parts.push_back(key.substr(first, next - first));
  parts.push_back(key.substr(first));
  return parts;
}

// Recorded tokens come with the class token in front.
std::vector<float> without_prefix(const npy::Array& array, std::size_t neurons) {
  return {array.values.end() - std::ptrdiff_t(neurons), array.values.end()};
}

std::vector<Cube> scaled(const Cube& cube, double offset, int steps) {
  std::vector<Cube> points;
  for (int k = 0; k < steps; ++k) {
    points.push_back(cube);
    for (float& value : points.back().values) value = float(value * ((k + offset) / steps));
  }
  return points;
}

int check_tiny(test::Subject& subject, const std::map<std::string, npy::Array>& recorded) {
  int compared = 0;
  Sweeps& sweeps = *subject.sweeps;
  for (const auto& [key, array] : recorded) {
    INFO(subject.name + " " + key);
    const std::vector<std::string> parts = split(key);
    const std::string kind = parts[0];
    const auto rules_of = [&](std::size_t prefix) { return rules_by_name.at(kind.substr(prefix)); };
    if (kind.starts_with("attr_")) {
      const Pullback back = sweeps.pullback(subject.picture, ClassLogit{std::stoi(parts[2])},
                                            std::array{parts[1]}, rules_of(5));
      const Cube found = product(*back.layers[0].activations, *back.layers[0].gradient);
      test::check_close("attribution", found.values, without_prefix(array, found.values.size()), 1e-4);
    } else if (kind.starts_with("ig_") && kind != "ig_delta") {
      const auto cube = sweeps.activations(subject.picture, parts[1]);
      const double offset = kind == "ig_mid" ? .5 : kind == "ig_right" ? 1 : 0;
      const MeanGradients mean = sweeps.gradients_at(subject.picture, parts[1], scaled(*cube, offset, 50),
                                                     ClassLogit{std::stoi(parts[2])}, std::array{parts[1]});
      test::check_close("path", product(*cube, *mean.layers[0].gradient).values, array.values, 1e-3);
    } else if (kind.starts_with("ss_")) {
      for (const Direction direction : {Direction::forward, Direction::backward}) {
        const Sweep sweep =
            sweeps.effects(subject.picture, {parts[1], AllPositions{}, nullptr, {}},
                           std::array{Target{parts[2], AllPositions{}, nullptr}}, rules_of(3), {}, direction);
        test::check_close("positions", sweep.effects[0].values, array.values, 1e-3);
      }
    } else if (kind == "cc_sum") {
      for (const Direction direction : {Direction::forward, Direction::backward}) {
        const Sweep sweep =
            sweeps.effects(subject.picture, {parts[1], AllChannels{}, nullptr, {}},
                           std::array{Target{parts[2], AllChannels{}, nullptr}}, {}, {}, direction);
        test::check_close("channels", sweep.effects[0].values, array.values, 1e-3);
      }
    } else if (kind == "class_spatial") {
      for (const Direction direction : {Direction::forward, Direction::backward}) {
        const Sweep sweep = sweeps.effects(subject.picture, {parts[1], AllPositions{}, nullptr, {}},
                                           std::array{Target{}}, {}, {}, direction);
        test::check_close("classes", sweep.effects[0].values, array.values, 1e-4);
      }
    } else if (kind == "group_class") {
      const auto groups = test::recorded_groups(recorded.at("nmf_W/" + parts[1] + "/" + parts[2]),
                                                recorded.at("nmf_H/" + parts[1] + "/" + parts[2]));
      const Sweep sweep = sweeps.effects(subject.picture, {parts[1], GroupCubes{groups, false}, nullptr, {}},
                                         std::array{Target{}});
      std::vector<float> found;
      for (const float index : recorded.at("classes").values)
        for (std::size_t g = 0; g < groups.size(); ++g)
          found.push_back(sweep.effects[0].at(std::size_t(index), g));
      test::check_close("groups", found, array.values, 1e-3);
    } else if (kind == "group_group") {
      const auto groups = [&](const std::string& layer) {
        return test::recorded_groups(recorded.at("nmf_W/" + layer + "/3"),
                                     recorded.at("nmf_H/" + layer + "/3"));
      };
      const Sweep sweep =
          sweeps.effects(subject.picture, {parts[1], GroupCubes{groups(parts[1]), false}, nullptr, {}},
                         std::array{Target{parts[2], GroupCubes{groups(parts[2]), false}, nullptr}});
      test::check_close("groups", sweep.effects[0].values, array.values, 1e-3);
    } else {
      continue;
    }
    ++compared;
  }
  return compared;
}

}  // namespace

TEST_CASE("attributions of the tiny networks agree with the recorded ones", "[attribution]") {
  const std::map<std::string, int> least{{"tiny_inception", 45}, {"tiny_resnet", 30}, {"tiny_vit", 10}};
  for (const auto& [network, expected] : least) {
    const auto file = test::reference("tiny/" + network + "_dev_chelsea.npz");
    const auto recorded = test::load_npz(file);
    for (const std::string suffix : {"", "_trace"}) {
      test::Subject subject = test::tiny_subject(network + suffix);
      CHECK(check_tiny(subject, recorded) >= expected);
    }
  }
}

}  // namespace tessera::test::tiny_reference_test
