// Agreement with numbers from an independent implementation (shared/reference/README.md says which and how
// near).
#include <array>

#include "attribution/methods/small.h"
#include "support/catch.h"
#include "tessera/attribution/all_classes.h"
#include "tessera/attribution/flows.h"
#include "tessera/attribution/layer_to_layer.h"

namespace tessera::test::reference_test {

using namespace tessera;
using namespace tessera::attribution;
using test::Approx;

namespace {

using Numbers = std::map<std::string, npy::Array>;

std::vector<std::string> split(const std::string& key) {
  std::vector<std::string> parts(1);
  for (const char c : key) {
    if (c == '/')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

struct Recorded {
  std::shared_ptr<model::Model> model;
  Image picture;
  Numbers numbers;
};

Recorded tiny(const std::string& network) {
  const auto file = test::reference("tiny/" + network + "_dev_chelsea.npz");
  return {test::load_on_cpu(test::data("tiny/" + network + ".pt"),
                            model::preprocessing_from_text("unit,size=64")),
          image::load(test::data("tiny/chelsea_64.png")), test::load_npz(file)};
}

Recorded bundled(const std::string& picture, const std::string& ending) {
  const auto file = test::reference("efficientnet_lite0/" + picture + ending + ".npz");
  return {test::load_on_cpu(test::bundled_model()),
          image::load(test::reference("efficientnet_lite0/" + picture + ".png")), test::load_npz(file)};
}

AttributionRequest path_request(const std::string& layer, int index) {
  AttributionRequest request;
  request.layer = layer;
  request.objective = ClassLogit{index};
  request.steps = 50;
  return request;
}

}  // namespace

TEST_CASE("tiny networks: path attributions agree with the recorded ones", "[attribution]") {
  int compared = 0;
  for (const std::string network : {"tiny_inception", "tiny_resnet"}) {
    const auto recorded = tiny(network);
    Sweeps sweeps(*recorded.model);
    for (const auto& [key, array] : recorded.numbers) {
      const std::vector<std::string> parts = split(key);
      if (parts[0] != "ig_mid") continue;
      const Attribution attribution =
          attribute(sweeps, recorded.picture, path_request(parts[1], std::stoi(parts[2])));
      test::check_close(network + " " + key, attribution.values->values, array.values, 1e-3);
      const float change = recorded.numbers.at("ig_delta/" + parts[1] + "/" + parts[2]).values[0];
      CHECK(attribution.value - attribution.baseline_value == Approx(change).margin(1e-4));
      CHECK(std::abs(attribution.gap) <= 5e-2f * std::abs(change));
      ++compared;
    }
  }
  CHECK(compared == 4);
}

TEST_CASE("tiny networks: linear attributions agree with the recorded ones, under every rule for max pools",
          "[attribution]") {
  int compared = 0;
  const std::map<std::string, GradientRules> rules{{"attr_plain", {}},
                                                   {"attr_prop", {Pooling::proportional, false}},
                                                   {"attr_lucid", {Pooling::lucid, false}},
                                                   {"attr_lucid_blur", {Pooling::lucid, true}}};
  for (const std::string network : {"tiny_inception", "tiny_resnet"}) {
    const auto recorded = tiny(network);
    Sweeps sweeps(*recorded.model);
    for (const auto& [key, array] : recorded.numbers) {
      const std::vector<std::string> parts = split(key);
      if (!rules.contains(parts[0])) continue;
      AttributionRequest request = path_request(parts[1], std::stoi(parts[2]));
      request.method = "linear";
      request.rules = rules.at(parts[0]);
      const Attribution attribution = attribute(sweeps, recorded.picture, request);
      test::check_close(network + " " + key, attribution.values->values, array.values, 1e-4);
      ++compared;
    }
  }
  CHECK(compared == 44);
}

TEST_CASE("tiny networks: layers, groups and classes agree with the recorded ones", "[attribution]") {
  int compared = 0;
  const std::map<std::string, Pooling> poolings{{"ss_plain", Pooling::exact},
                                                {"ss_prop", Pooling::proportional},
                                                {"ss_lucid", Pooling::lucid},
                                                {"cc_sum", Pooling::exact}};
  for (const std::string network : {"tiny_inception", "tiny_resnet"}) {
    const auto recorded = tiny(network);
    Sweeps sweeps(*recorded.model);
    for (const auto& [key, array] : recorded.numbers) {
      const std::vector<std::string> parts = split(key);
      if (poolings.contains(parts[0])) {
        LayerToLayerRequest request;
        request.layer = parts[1];
        request.other = parts[2];
        request.rules.pooling = poolings.at(parts[0]);
        if (parts[0] == "cc_sum") request.atoms = request.other_atoms = AllChannels{};
        const LayerToLayer result = layer_to_layer(sweeps, recorded.model->card(), recorded.picture, request);
        test::check_close(network + " " + key, result.effects.values, array.values, 1e-3);
        ++compared;
      } else if (parts[0] == "class_spatial") {
        const AllClassesRequest request{parts[1], AllPositions{}, 0, Baseline::zero, {}};
        const AllClasses result = all_classes(sweeps, *recorded.model, recorded.picture, request);
        test::check_close(network + " " + key, result.effects.values, array.values, 1e-4);
        ++compared;
      } else if (parts[0] == "group_group") {
        FlowRequest request;
        request.earlier = parts[1];
        request.earlier_groups = test::recorded_groups(recorded.numbers, parts[1] + "/3");
        request.later = parts[2];
        request.later_groups = test::recorded_groups(recorded.numbers, parts[2] + "/3");
        request.steps = 0;
        const GroupFlows result = flows(sweeps, recorded.picture, request);
        test::check_close(network + " " + key, result.flows.values, array.values, 1e-3);
        ++compared;
      } else if (parts[0] == "group_class") {
        LayerToLayerRequest request;
        request.layer = parts[1];
        request.atoms = GroupCubes{test::recorded_groups(recorded.numbers, parts[1] + "/3"), false};
        const LayerToLayer result = layer_to_layer(sweeps, recorded.model->card(), recorded.picture, request);
        const std::vector<float>& classes = recorded.numbers.at("classes").values;
        std::vector<float> rows;
        for (const float index : classes)
          for (std::size_t i = 0; i < 3; ++i) rows.push_back(result.effects.at(std::size_t(index), i));
        test::check_close(network + " " + key, rows, array.values, 1e-3);
        ++compared;
      }
    }
  }
  CHECK(compared == 25);
}

TEST_CASE("the bundled network: path attributions agree with the recorded ones", "[attribution]") {
  const std::vector<std::array<std::string, 3>> cases{{"", "_blocks.15", "blocks.15"},
                                                      {"", "_blocks.10", "blocks.10"},
                                                      {"_expand", "blocks.11.expand", "blocks.11.expand"}};
  for (const auto& [ending, key, layer] : cases) {
    const auto recorded = bundled("chelsea", ending);
    const char* classes = ending.empty() ? "top10" : "classes";
    Sweeps sweeps(*recorded.model);
    const Attribution attribution =
        attribute(sweeps, recorded.picture, path_request(layer, int(recorded.numbers.at(classes).values[0])));
    test::check_close("ig/" + layer, contributions(attribution, AllPositions{}),
                      recorded.numbers.at("ig/" + key).values, layer == "blocks.15" ? 1e-3 : 2e-2);
    test::check_close("ig_channel/" + layer, contributions(attribution, AllChannels{}),
                      recorded.numbers.at("ig_channel/" + key).values, layer == "blocks.15" ? 1e-3 : 2e-2);
    const std::vector<float>& delta = recorded.numbers.at("ig_delta/" + key).values;
    CHECK(attribution.value - attribution.baseline_value == Approx(delta[0]).margin(1e-3));
    CHECK(attribution.total == Approx(delta[1]).margin(layer == "blocks.15" ? 2e-3 : 5e-2));
  }
}

TEST_CASE("the bundled network: zeroed channels cost what was recorded", "[attribution]") {
  for (const std::string picture : {"chelsea", "coffee", "astronaut"}) {
    const auto recorded = bundled(picture, "_expand");
    Sweeps sweeps(*recorded.model);
    AttributionRequest request =
        path_request("blocks.15.expand", int(recorded.numbers.at("classes").values[0]));
    request.method = "ablation";
    ChosenChannels channels;
    for (const float channel : recorded.numbers.at("ablate_sel").values)
      channels.list.push_back(int(channel));
    request.ablated = channels;
    test::check_close(picture + " ablate_delta", attribute(sweeps, recorded.picture, request).falls,
                      recorded.numbers.at("ablate_delta").values, 1e-3);
  }
}

TEST_CASE("the bundled network: flows between groups agree with the recorded ones", "[attribution]") {
  const auto recorded = bundled("chelsea", "_expand");
  Sweeps sweeps(*recorded.model);
  FlowRequest request;
  request.earlier = "blocks.11.expand";
  request.earlier_groups = test::recorded_groups(recorded.numbers, "blocks.11.expand/6");
  request.later = "blocks.15.expand";
  request.later_groups = test::recorded_groups(recorded.numbers, "blocks.15.expand/6");
  request.steps = 0;
  test::check_close("group_group", flows(sweeps, recorded.picture, request).flows.values,
                    recorded.numbers.at("group_group/blocks.11.expand/blocks.15.expand").values, 1e-3);
  LayerToLayerRequest pair;
  pair.layer = "blocks.11.expand";
  pair.other = "blocks.15.expand";
  test::check_close("ss",
                    layer_to_layer(sweeps, recorded.model->card(), recorded.picture, pair).effects.values,
                    recorded.numbers.at("ss/blocks.11.expand/blocks.15.expand").values, 1e-3);
}

}  // namespace tessera::test::reference_test
