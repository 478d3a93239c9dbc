// EfficientNet-Lite0 on photographs, against attributions by an independent implementation in float64. Where
// float32 falls on the other side of a ReLU6's kink the two differ; the README of the references allows for
// it.
#include "attribution/support.h"
#include "model/fixtures.h"
#include "support/catch.h"
#include "support/npz.h"
#include "support/paths.h"

namespace tessera::test::bundled_reference_test {

using namespace tessera;
using namespace tessera::attribution;

namespace {

std::string layer_of_key(std::string key) {
  if (key.starts_with("_")) key.erase(0, 1);
  if (const auto found = key.find("._swish#1"); found != std::string::npos)
    key.replace(found, 9, ".depthwise");
  return key;
}

void check_near(const std::string& what, const std::vector<float>& got, const std::vector<float>& recorded) {
  INFO(what);
  CHECK(test::distance(got, recorded) <= 2e-2);
  CHECK(test::cosine(got, recorded) >= .999);
}

void check_per_class(test::Subject& subject, const std::map<std::string, npy::Array>& recorded,
                     const std::vector<float>& classes) {
  std::vector<std::string> keys;
  std::vector<std::string> layers;
  for (const auto& [key, array] : recorded)
    if (key.starts_with("attr_spatial/") || key.starts_with("attr_channel/")) {
      keys.push_back(key);
      layers.push_back(layer_of_key(key.substr(13)));
    }
  CHECK(keys.size() >= 8);
  for (std::size_t i = 0; i < 5; ++i) {
    const Pullback back = subject.sweeps->pullback(subject.picture, ClassLogit{int(classes[i])}, layers);
    for (std::size_t k = 0; k < keys.size(); ++k) {
      const Cube found = product(*back.layers[k].activations, *back.layers[k].gradient);
      const bool spatial = keys[k].starts_with("attr_spatial/");
      check_near(keys[k], reduce(found, spatial ? Atoms(AllPositions{}) : Atoms(AllChannels{})),
                 test::row(recorded.at(keys[k]), i));
    }
  }
}

}  // namespace

TEST_CASE("attributions of the bundled network agree with the recorded ones", "[attribution]") {
  for (const std::string picture : {"chelsea", "coffee", "astronaut"}) {
    const auto file = test::reference("efficientnet_lite0/" + picture + ".npz");
    INFO(picture);
    test::Subject subject = test::bundled_subject(test::reference("efficientnet_lite0/" + picture + ".png"));
    Sweeps& sweeps = *subject.sweeps;
    const auto recorded = test::load_npz(file);
    const auto expanded = test::load_npz(test::reference("efficientnet_lite0/" + picture + "_expand.npz"));
    check_per_class(subject, recorded, recorded.at("top10").values);
    check_per_class(subject, expanded, expanded.at("classes").values);

    const int top = int(recorded.at("top10").values[0]);
    const Sweep classes =
        sweeps.effects(subject.picture, {"blocks.15", AllPositions{}, nullptr, {}}, std::array{Target{}});
    CHECK(classes.note.direction == Direction::forward);
    test::check_close("class_spatial", classes.effects[0].values,
                      recorded.at("class_spatial/_blocks.15").values, 1e-3);

    const auto pairs = [&](const std::string& from, const std::string& to, const std::vector<float>& array) {
      const Sweep sweep = sweeps.effects(subject.picture, {from, AllPositions{}, nullptr, {}},
                                         std::array{Target{to, AllPositions{}, nullptr}});
      check_near("ss " + from + " " + to, sweep.effects[0].values, array);
    };
    pairs("blocks.10", "blocks.15", recorded.at("ss/_blocks.10/_blocks.15").values);
    pairs("blocks.7", "blocks.10", recorded.at("ss/_blocks.7/_blocks.10").values);
    pairs("blocks.11.expand", "blocks.15.expand", expanded.at("ss/blocks.11.expand/blocks.15.expand").values);

    const Sweep channels = sweeps.effects(subject.picture, {"blocks.7", AllChannels{}, nullptr, {}},
                                          std::array{Target{"blocks.10", AllChannels{}, nullptr}});
    check_near("cc_sum", channels.effects[0].values, recorded.at("cc_sum/_blocks.7/_blocks.10").values);

    const std::string layer = "blocks.11.expand";
    const auto groups =
        test::recorded_groups(expanded.at("nmf_W/" + layer + "/6"), expanded.at("nmf_H/" + layer + "/6"));
    const Sweep by_group = sweeps.effects(subject.picture, {layer, GroupCubes{groups, false}, nullptr, {}},
                                          std::array{Target{}});
    std::vector<float> found;
    for (const float index : expanded.at("classes").values)
      for (std::size_t g = 0; g < groups.size(); ++g)
        found.push_back(by_group.effects[0].at(std::size_t(index), g));
    check_near("group_class", found, expanded.at("group_class/" + layer + "/6").values);

    std::vector<Cube> points;
    const auto cube = sweeps.activations(subject.picture, layer);
    for (int k = 0; k < 50; ++k) {
      points.push_back(*cube);
      for (float& value : points.back().values) value *= (float(k) + .5f) / 50;
    }
    const MeanGradients mean =
        sweeps.gradients_at(subject.picture, layer, points, ClassLogit{top}, std::array{layer});
    test::check_close("ig", reduce(product(*cube, *mean.layers[0].gradient), AllPositions{}),
                      expanded.at("ig/blocks.11.expand").values, 1e-3);

    // The fall of the top logit when channels are taken away.
    const auto above = sweeps.activations(subject.picture, "blocks.15.expand");
    std::vector<Cube> ablated{*above};
    for (const float channel : expanded.at("ablate_sel").values) {
      ablated.push_back(*above);
      for (std::size_t p = 0; p < above->positions(); ++p)
        ablated.back().values[p * std::size_t(above->channels) + std::size_t(channel)] = 0;
    }
    const std::vector<float> values =
        sweeps.values_at(subject.picture, "blocks.15.expand", ablated, ClassLogit{top});
    std::vector<float> falls;
    for (std::size_t i = 1; i < values.size(); ++i) falls.push_back(values[0] - values[i]);
    test::check_close("ablate_delta", falls, expanded.at("ablate_delta").values, 1e-3);
  }
}

}  // namespace tessera::test::bundled_reference_test
