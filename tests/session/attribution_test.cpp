// Attributions asked through the engine, as views and command lines do.
#include <cmath>
#include <limits>
#include <set>

#include "session/opening.h"
#include "support/catch.h"
#include "tessera/session/attribution_queries.h"

namespace tessera::test::attribution_test {
namespace {

using session::AssessTrust;
using session::Attribute;
using session::AttributeAllClasses;
using session::Flows;
using session::LayerToLayer;

Attribute attribute_at(const std::string& network, const std::string& layer,
                       attribution::Objective objective) {
  Attribute query{tiny_model(network), small_image(), {}};
  query.request.layer = layer;
  query.request.objective = std::move(objective);
  return query;
}

std::vector<attribution::Group> two_groups(int positions, int channels) {
  std::vector<attribution::Group> groups(2);
  for (int p = 0; p < positions; ++p) {
    groups[0].map.push_back(float(p % 3));
    groups[1].map.push_back(float(p % 2) + 0.5f);
  }
  for (int c = 0; c < channels; ++c) {
    groups[0].direction.push_back(1);
    groups[1].direction.push_back(float(c % 4));
  }
  return groups;
}

}  // namespace

TEST_CASE("attributions, trust, classes, layers and flows are answered together", "[session]") {
  Opened opened;
  const Attribute attribute = attribute_at("tiny_resnet.pt", "layer2", attribution::ClassLogit{3});
  const auto attribution = opened.engine.wait(attribute);
  CHECK(attribution->influences);
  CHECK(attribution->method == "path");
  CHECK(attribution->values->channels == 48);

  AssessTrust assess{attribute.model, attribute.image, {}};
  assess.request.layer = "layer2";
  assess.request.objective = attribution::ClassLogit{3};
  const auto trust = opened.engine.wait(assess);
  CHECK(trust->path_total == Approx(attribution->total).margin(1e-4));
  CHECK(trust->value == Approx(attribution->value).margin(1e-5));
  CHECK(trust->compared.size() == 20);

  const auto all = opened.engine.wait(AttributeAllClasses{
      attribute.model, attribute.image, {"layer2", attribution::AllPositions{}, 20, {}, {}}});
  CHECK(all->effects.targets == 8);
  double third = 0;
  for (std::size_t i = 0; i < all->effects.atoms; ++i) third += all->effects.at(3, i);
  CHECK(third == Approx(attribution->total).margin(1e-3));

  LayerToLayer pair{attribute.model, attribute.image, {}};
  pair.request.layer = "layer2";
  pair.request.other = "layer3";
  CHECK(opened.engine.wait(pair)->effects.values.size() == 64 * 64);

  Flows flows{attribute.model, attribute.image, {}};
  flows.request.earlier = "layer2";
  flows.request.earlier_groups = two_groups(64, 48);
  flows.request.later = "layer3";
  flows.request.later_groups = two_groups(64, 48);
  flows.request.towards = attribution::ClassLogit{3};
  const auto conserved = opened.engine.wait(flows);
  CHECK(conserved->flows.values.size() == 4);
  CHECK(conserved->later.size() == 2);
}

TEST_CASE("whatever decides an attribution is in its key", "[session]") {
  const Attribute plain = attribute_at("tiny_resnet.pt", "layer2", attribution::ClassLogit{3});
  std::set<std::string> keys{plain.key()};
  CHECK(attribute_at("tiny_resnet.pt", "layer2", attribution::ClassLogit{3}).key() == plain.key());
  int changes = 0;
  const auto changed = [&](auto change) {
    Attribute query = plain;
    change(query.request);
    keys.insert(query.key());
    ++changes;
  };
  changed([](auto& request) { request.method = "linear"; });
  changed([](auto& request) { request.layer = "layer1"; });
  changed([](auto& request) { request.objective = attribution::ClassLogit{4}; });
  changed([](auto& request) { request.objective = attribution::LogProbability{3}; });
  changed([](auto& request) { request.rules.pooling = attribution::Pooling::lucid; });
  changed([](auto& request) { request.rules.cancel_checkerboard = true; });
  changed([](auto& request) { request.baseline = attribution::Baseline::mean; });
  changed([](auto& request) { request.steps = 21; });
  changed([](auto& request) { request.paths = 9; });
  changed([](auto& request) { request.noise = std::nextafter(0.5f, 1.0f); });
  changed([](auto& request) { request.seed = 1; });
  changed([](auto& request) { request.ablated = attribution::AllChannels{}; });
  changed([](auto& request) { request.ablated = attribution::ChosenChannels{{1}}; });
  CHECK(keys.size() == std::size_t(changes) + 1);

  Flows flows{plain.model, plain.image, {}};
  const std::string bare = flows.key();
  flows.request.later_groups = two_groups(2, 2);
  const std::string later = flows.key();
  std::swap(flows.request.later_groups, flows.request.earlier_groups);
  CHECK(std::set<std::string>{bare, later, flows.key()}.size() == 3);
  flows.request.earlier_groups[0].map[0] = std::numeric_limits<float>::quiet_NaN();
  CHECK_NOTHROW(flows.key());
}

TEST_CASE("what cannot be attributed fails with a sentence, and the next question is answered", "[session]") {
  Opened opened;
  const Attribute good = attribute_at("tiny_resnet.pt", "layer2", attribution::ClassLogit{3});
  Attribute query = good;
  query.request.layer = "layer9";
  CHECK(refusal_of(opened.engine, query).find("layer9") != std::string::npos);
  query = good;
  query.request.objective = attribution::ClassLogit{8};
  CHECK(!refusal_of(opened.engine, query).empty());
  query = good;
  query.request.method = "magic";
  CHECK(refusal_of(opened.engine, query).find("magic") != std::string::npos);
  query = good;
  query.request.objective = attribution::ChannelSum{"layer1", 0};  // before layer2
  CHECK(!refusal_of(opened.engine, query).empty());
  CHECK(refusal_of(opened.engine, good).empty());
}

}  // namespace tessera::test::attribution_test
