#include "tessera/attribution/objective.h"

#include <limits>

#include "attribution/refusal.h"
#include "support/catch.h"

namespace tessera::test::objective_test {

using namespace tessera;
using namespace tessera::attribution;

TEST_CASE("objectives survive JSON exactly", "[attribution]") {
  const std::vector<Objective> all{
      ClassLogit{285},
      LogitDifference{285, 281},
      LogProbability{0},
      ChannelSum{"blocks.8", 17},
      Neuron{"input", 3, 4, 2},
      PositionNorm{"a \"quoted\"\n läyer", 0, 13},
      GroupActivation{
          "blocks.8", {0.1f, -3e-30f, 1e30f}, {1.0f / 3, std::numeric_limits<float>::denorm_min()}}};
  for (const Objective& objective : all) {
    INFO(to_json(objective));
    CHECK(objective_from_json(to_json(objective)) == objective);
  }
  CHECK(to_json(Neuron{"blocks.8", 3, 4, 17}) ==
        R"({"kind":"neuron","layer":"blocks.8","y":3,"x":4,"channel":17})");
}

TEST_CASE("an objective knows the layer that it reads", "[attribution]") {
  CHECK(layer_of(ClassLogit{3}).empty());
  CHECK(layer_of(LogitDifference{3, 4}).empty());
  CHECK(layer_of(LogProbability{3}).empty());
  CHECK(layer_of(PositionNorm{"blocks.8", 1, 2}) == "blocks.8");
  CHECK(layer_of(GroupActivation{"conv", {1}, {1}}) == "conv");
}

TEST_CASE("what is no objective is refused with a reason", "[attribution]") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"", "not valid JSON"},
      {"{", "not valid JSON"},
      {R"({"kind":"class","index":1} x)", "not valid JSON"},
      {"[]", "not a JSON object"},
      {"{}", "lacks the field \"kind\""},
      {R"({"kind":3})", "\"kind\" that is not text"},
      {R"({"kind":"clas","index":1})", "kind that does not exist, \"clas\""},
      {R"({"kind":"class"})", "lacks the field \"index\""},
      {R"({"kind":"class","index":1,"layer":"x"})", "does not know, \"layer\""},
      {R"({"kind":"class","index":1,"index":2})", "\"index\" twice"},
      {R"({"kind":"class","index":-1})", "whole number"},
      {R"({"kind":"class","index":1.0})", "whole number"},
      {R"({"kind":"class","index":"1"})", "whole number"},
      {R"({"kind":"class","index":2147483648})", "whole number"},
      {R"({"kind":"class","index":18446744073709551615})", "whole number"},
      {R"({"kind":"channel","layer":7,"channel":1})", "\"layer\" that is not text"},
      {R"({"kind":"group","layer":"a","map":[1,null],"direction":[1]})", "something else than numbers"},
      {R"({"kind":"group","layer":"a","map":3,"direction":[1]})", "\"map\" that is not a list"},
      {R"({"kind":"group","layer":"a","map":[1e39],"direction":[1]})", "not finite"},
      {R"({"kind":"group","layer":"a","map":[1e999],"direction":[1]})", "not valid JSON"},
      {R"({"kind":"group","layer":"a","map":[NaN],"direction":[1]})", "not valid JSON"},
      {std::string(100000, '['), "nested too deeply"},
  }));
  const auto& [text, reason] = row;
  INFO(text.substr(0, 80));
  CHECK(test::refuses(reason, [&input = text] { objective_from_json(input); }));
}

TEST_CASE("numbers that could not be read again are not written", "[attribution]") {
  const Objective objective = GroupActivation{"a", {std::numeric_limits<float>::quiet_NaN()}, {1}};
  CHECK_THROWS_AS(to_json(objective), Error);
}

}  // namespace tessera::test::objective_test
