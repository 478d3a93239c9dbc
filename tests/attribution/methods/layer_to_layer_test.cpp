#include "tessera/attribution/layer_to_layer.h"

#include "attribution/methods/small.h"
#include "attribution/refusal.h"
#include "support/catch.h"
#include "tessera/attribution/all_classes.h"

namespace tessera::test::layer_to_layer_test {

using namespace tessera;
using namespace tessera::attribution;
using test::Approx;

namespace {

LayerToLayer run(test::Small& small, const LayerToLayerRequest& request) {
  return layer_to_layer(small.sweeps, small.model->card(), small.picture, request);
}

LayerToLayerRequest between(const std::string& layer, const std::string& other) {
  LayerToLayerRequest request;
  request.layer = layer;
  request.other = other;
  return request;
}

}  // namespace

TEST_CASE("two layers act the same way, whichever is asked about first", "[attribution]") {
  test::Small small("tiny_resnet");
  LayerToLayerRequest forwards = between("layer1", "layer3");
  forwards.atoms = AllChannels{};
  LayerToLayerRequest backwards = between("layer3", "layer1");
  backwards.other_atoms = AllChannels{};
  const LayerToLayer there = run(small, forwards), back = run(small, backwards);
  CHECK(!there.other_is_earlier);
  CHECK(back.other_is_earlier);
  CHECK(there.effects.targets == 64);
  CHECK(there.effects.atoms == 24);
  CHECK(there.effects.values == back.effects.values);
}

TEST_CASE("effects towards an objective add up to its attribution", "[attribution]") {
  test::Small small("tiny_resnet");
  for (const int steps : {0, 10}) {
    LayerToLayerRequest request = between("layer2", "layer3");
    request.towards = ClassLogit{3};
    request.steps = steps;
    const LayerToLayer result = run(small, request);
    std::vector<float> total(result.effects.atoms);
    for (std::size_t j = 0; j < result.effects.targets; ++j)
      for (std::size_t i = 0; i < total.size(); ++i) total[i] += result.effects.at(j, i);
    AttributionRequest asked;
    asked.method = steps ? "path" : "linear";
    asked.steps = std::max(1, steps);
    asked.layer = "layer2";
    asked.objective = ClassLogit{3};
    // layer3 is all that layer2 acts through, and the rest of the network is linear.
    const std::vector<float> expected =
        contributions(attribute(small.sweeps, small.picture, asked), AllPositions{});
    CHECK(test::largest_difference(total, expected) <= 1e-4f * test::largest(expected));
  }
}

TEST_CASE("all classes at once are each class by itself", "[attribution]") {
  test::Small small("tiny_inception");
  const auto cube = small.sweeps.activations(small.picture, "mixed3b");
  for (const int steps : {0, 8})
    for (const Baseline baseline : {Baseline::zero, Baseline::mean})
      for (const Atoms& atoms :
           std::vector<Atoms>{AllPositions{}, AllChannels{}, GroupShares{test::made_up_groups(*cube), {}}}) {
        AllClassesRequest request{"mixed3b", atoms, steps, baseline, {}};
        const AllClasses all = all_classes(small.sweeps, *small.model, small.picture, request);
        REQUIRE(all.effects.targets == 10);
        REQUIRE(all.logits.size() == 10);
        for (const int index : {0, 7}) {
          AttributionRequest asked;
          asked.method = steps ? "path" : "linear";
          asked.steps = std::max(1, steps);
          asked.baseline = baseline;
          asked.layer = "mixed3b";
          asked.objective = ClassLogit{index};
          const Attribution attribution = attribute(small.sweeps, small.picture, asked);
          const std::vector<float> expected = contributions(attribution, atoms);
          REQUIRE(all.effects.atoms == expected.size());
          for (std::size_t i = 0; i < expected.size(); ++i)
            CHECK(all.effects.at(std::size_t(index), i) ==
                  Approx(expected[i]).margin(1e-4 * test::largest(expected)));
          CHECK(all.logits[std::size_t(index)] == Approx(attribution.value).margin(1e-4));
          CHECK(all.baseline_logits[std::size_t(index)] == Approx(attribution.baseline_value).margin(1e-4));
        }
        // The classes as the other end of a pair of layers are the same.
        LayerToLayerRequest pair = between("mixed3b", "");
        pair.atoms = atoms;
        pair.steps = steps;
        pair.baseline = baseline;
        CHECK(run(small, pair).effects.values == all.effects.values);
      }
}

TEST_CASE("chosen classes are rows of the sweep to all classes", "[attribution]") {
  test::Small small("tiny_inception");
  // Some layers have more positions than there are chosen classes: the sweep then goes the other way.
  for (const char* layer : {"mixed3b", "conv1"})
    for (const int steps : {0, 4}) {
      AllClassesRequest request{layer, AllPositions{}, steps, Baseline::zero, {}};
      const AllClasses all = all_classes(small.sweeps, *small.model, small.picture, request);
      request.classes = {7, 0, 3};
      const AllClasses chosen = all_classes(small.sweeps, *small.model, small.picture, request);
      CHECK(chosen.classes == request.classes);
      CHECK(chosen.logits == all.logits);
      REQUIRE(chosen.effects.targets == 3);
      REQUIRE(chosen.effects.atoms == all.effects.atoms);
      CHECK_FALSE(chosen.row_of(1));
      const float largest = test::largest(all.effects.values);
      for (const int index : request.classes) {
        REQUIRE(chosen.row_of(index));
        for (std::size_t i = 0; i < all.effects.atoms; ++i)
          CHECK(chosen.effects.at(*chosen.row_of(index), i) ==
                Approx(all.effects.at(*all.row_of(index), i)).margin(1e-5 * largest));
      }
    }
}

TEST_CASE("one atom's effects are its column of the sweep over all atoms", "[attribution]") {
  test::Small small("tiny_resnet");
  for (const int steps : {0, 4}) {
    AllClassesRequest request{"layer2", AllPositions{}, steps, Baseline::zero, {}};
    const AllClasses all = all_classes(small.sweeps, *small.model, small.picture, request);
    request.atoms = ChosenPositions{{{1, 2}}};
    const AllClasses one = all_classes(small.sweeps, *small.model, small.picture, request);
    const int width = small.sweeps.activations(small.picture, "layer2")->width;
    REQUIRE(one.effects.atoms == 1);
    for (std::size_t target = 0; target < all.effects.targets; ++target)
      CHECK(one.effects.at(target, 0) == Approx(all.effects.at(target, std::size_t(width + 2)))
                                             .margin(1e-5 * test::largest(all.effects.values)));
  }
}

TEST_CASE("layers that do not exist, or act on themselves, are refused", "[attribution]") {
  test::Small small("tiny_resnet");
  CHECK(test::refuses("layer7", [&] { run(small, between("layer1", "layer7")); }));
  CHECK(test::refuses("layer7", [&] { run(small, between("layer7", "")); }));
  CHECK(test::refuses("on itself", [&] { run(small, between("layer1", "layer1")); }));
  LayerToLayerRequest request = between("layer1", "layer2");
  request.atoms = ChosenChannels{{24}};
  CHECK(test::refuses("channel 24", [&] { run(small, request); }));
  AllClassesRequest to_classes;
  to_classes.layer = "layer1";
  to_classes.classes = {0, 8};
  CHECK(
      test::refuses("class 8", [&] { all_classes(small.sweeps, *small.model, small.picture, to_classes); }));
  request.atoms = AllChannels{};
  request.steps = -1;
  CHECK(test::refuses("steps", [&] { run(small, request); }));
}

}  // namespace tessera::test::layer_to_layer_test
