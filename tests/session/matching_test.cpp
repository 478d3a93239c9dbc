// Which channels of two networks fire alike.
#include <algorithm>
#include <functional>

#include "session/opening.h"
#include "support/catch.h"
#include "tessera/session/matching_queries.h"

namespace tessera::test::matching_test {
namespace {

using session::MatchChannels;

MatchChannels same_network(const std::string& layer) {
  return {tiny_model("tiny_resnet.pt"), layer, tiny_model("tiny_resnet_trace.pt"), layer, {small_image()}};
}

}  // namespace

TEST_CASE("a network and its trace have the same channels in the same order", "[session]") {
  Opened opened;
  MatchChannels query = same_network("bn1");
  query.images.push_back(image_at(bundled_image("chelsea.png")));
  const auto found = opened.engine.wait(query);
  const auto card = opened.engine.wait(session::OpenModel{query.model});
  const model::LayerInfo& layer = *card->find_layer("bn1");
  CHECK(found->channels.pairs.size() == std::size_t(layer.channels));
  CHECK(found->channels.positions == 2 * std::size_t(layer.height) * std::size_t(layer.width));
  CHECK(found->channels.constant_one.empty());
  for (const factorization::ChannelPair& pair : found->channels.pairs) {
    CHECK(pair.one == pair.other);
    CHECK(pair.correlation == Approx(1));
  }
  CHECK(found->remarks.empty());
}

TEST_CASE("layers of different sizes and grids are matched on the coarser grid", "[session]") {
  Opened opened;
  MatchChannels query = same_network("layer1");
  query.with = query.model;
  query.with_layer = "layer3";
  const auto found = opened.engine.wait(query);
  const auto card = opened.engine.wait(session::OpenModel{query.model});
  const model::LayerInfo& fine = *card->find_layer("layer1");
  const model::LayerInfo& coarse = *card->find_layer("layer3");
  REQUIRE(coarse.height < fine.height);
  CHECK(found->channels.positions == std::size_t(coarse.height) * std::size_t(coarse.width));
  CHECK(found->channels.correlations.rows == fine.channels);
  CHECK(found->channels.correlations.columns == coarse.channels);
  CHECK(found->channels.pairs.size() == std::size_t(std::min(fine.channels, coarse.channels)));
  CHECK(std::ranges::is_sorted(found->channels.pairs, std::greater{},
                               &factorization::ChannelPair::correlation));
}

TEST_CASE("networks that see different parts of a picture are matched with a remark", "[session]") {
  Opened opened;
  MatchChannels query = same_network("layer2");
  query.with.preprocessing = model::preprocessing_from_text("unit,64x64,crop=0.5");
  query.images = {image_at(bundled_image("chelsea.png"))};
  CHECK(opened.engine.wait(query)->remarks.size() == 1);
}

TEST_CASE("what cannot be matched is refused", "[session]") {
  Opened opened;
  MatchChannels query = same_network("layer2");
  query.with_layer = "nowhere";
  CHECK(refusal_of(opened.engine, query).find("no layer \"nowhere\"") != std::string::npos);
  query = same_network("layer2");
  query.images.clear();
  CHECK(refusal_of(opened.engine, query).find("no pictures") != std::string::npos);
}

TEST_CASE("the answer depends on both networks, both layers and all pictures", "[session]") {
  const MatchChannels query = same_network("layer2");
  MatchChannels turned = query;
  std::swap(turned.model, turned.with);
  MatchChannels elsewhere = query;
  elsewhere.with_layer = "layer1";
  MatchChannels more = query;
  more.images.push_back(small_image());
  for (const MatchChannels& other : {turned, elsewhere, more}) CHECK(other.key() != query.key());
}

}  // namespace tessera::test::matching_test
