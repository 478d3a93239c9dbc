// What truly happens without an atom, and what a channel is made of.
#include <cmath>
#include <numeric>

#include "session/opening.h"
#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/session/attribution_queries.h"
#include "tessera/session/effect_queries.h"

namespace tessera::test::effects_test {
namespace {

using session::Ablate;
using session::InputsOfChannel;

session::Attribute ablation_of(const attribution::Atoms& atoms, int class_index) {
  session::Attribute query{tiny_model("tiny_resnet.pt"), small_image(), {}};
  query.request.method = "ablation";
  query.request.layer = "layer2";
  query.request.objective = attribution::ClassLogit{class_index};
  query.request.ablated = atoms;
  return query;
}

}  // namespace

TEST_CASE("the logits without an atom fall as ablation says", "[session]") {
  Opened opened;
  const attribution::Atoms atom = attribution::ChosenChannels{{5}};
  const auto ablated =
      opened.engine.wait(Ablate{tiny_model("tiny_resnet.pt"), small_image(), "layer2", atom, {}});
  REQUIRE(ablated->before.size() == ablated->after.size());
  for (const int index : {0, 3}) {
    const auto falls = opened.engine.wait(ablation_of(atom, index))->falls;
    REQUIRE(falls.size() == 1);
    CHECK(ablated->before[std::size_t(index)] - ablated->after[std::size_t(index)] ==
          Approx(falls[0]).margin(1e-4));
  }
}

TEST_CASE("nothing is left of a layer without all of its channels", "[session]") {
  Opened opened;
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  const auto all = opened.engine.wait(Ablate{model, small_image(), "layer2", attribution::AllChannels{}, {}});
  const auto whole = opened.engine.wait(Ablate{model, small_image(), "layer2", attribution::Whole{}, {}});
  REQUIRE(all->after.size() == whole->after.size());
  for (std::size_t i = 0; i < all->after.size(); ++i)
    CHECK(all->after[i] == Approx(whole->after[i]).margin(1e-4));
}

TEST_CASE("a group is taken away as its own cube: one that is a channel as the channel", "[session]") {
  Opened opened;
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  const auto activations = opened.engine.wait(session::Activations{model, small_image(), "layer2"});
  const Cube& cube = *activations->cube;
  attribution::Group group;
  for (std::size_t p = 0; p < cube.positions(); ++p)
    group.map.push_back(cube.values[p * std::size_t(cube.channels) + 5]);
  group.direction.assign(std::size_t(cube.channels), 0);
  group.direction[5] = 1;
  const auto ablated = [&](const attribution::Atoms& atoms) {
    return opened.engine.wait(Ablate{model, small_image(), "layer2", atoms, {}})->after;
  };
  const auto of_group = ablated(attribution::GroupCubes{{group}, false});
  const auto of_channel = ablated(attribution::ChosenChannels{{5}});
  REQUIRE(of_group.size() == of_channel.size());
  for (std::size_t i = 0; i < of_group.size(); ++i) CHECK(of_group[i] == Approx(of_channel[i]).margin(1e-4));

  // A group and all that it leaves are the layer.
  const auto nothing = ablated(attribution::GroupCubes{{group}, true});
  const auto whole = ablated(attribution::Whole{});
  for (std::size_t i = 0; i < whole.size(); ++i) CHECK(nothing[i] == Approx(whole[i]).margin(1e-4));
  CHECK_THROWS_AS(
      opened.engine.wait(Ablate{model, small_image(), "layer2", attribution::GroupCubes{{group}, false},
                                attribution::Baseline::mean}),
      Error);
}

TEST_CASE("weights times activations and the bias add up to a channel before its activation", "[session]") {
  Opened opened;
  const session::ModelRef model = small_model_at(bundled_model());
  const session::ImageRef image = image_at(bundled_image("chelsea.png"));
  // The projection has no activation function: its values are what its weights make of its inputs.
  const std::string layer = "blocks.8.project";
  const auto card = opened.engine.wait(session::OpenModel{{model.file, {}, model::DeviceChoice::cpu}});
  REQUIRE(card->find_layer(layer));
  const session::ModelRef own{model.file, {}, model::DeviceChoice::cpu};
  const auto activations = opened.engine.wait(session::Activations{own, image, layer});
  for (const int channel : {0, 7}) {
    const auto inputs = opened.engine.wait(InputsOfChannel{own, image, layer, channel});
    double sum = inputs->bias;
    for (const model::ChannelInput& input : inputs->inputs) sum += input.contribution;
    CHECK(sum == Approx(activations->channel_mean[std::size_t(channel)]).margin(1e-3));
    REQUIRE(inputs->inputs.size() > 1);
    CHECK(std::abs(inputs->inputs[0].contribution) >= std::abs(inputs->inputs[1].contribution));
    CHECK_FALSE(inputs->layer.empty());
  }
}

TEST_CASE("a channel that does not exist, and a layer that no convolution makes, are refused", "[session]") {
  Opened opened;
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  CHECK_THROWS_AS(opened.engine.wait(InputsOfChannel{model, small_image(), "layer2", 1000}), Error);
  CHECK_THROWS_AS(opened.engine.wait(InputsOfChannel{model, small_image(), "input", 0}), Error);
  CHECK_THROWS_AS(opened.engine.wait(InputsOfChannel{model, small_image(), "nowhere", 0}), Error);
}

}  // namespace tessera::test::effects_test
