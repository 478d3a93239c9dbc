// How an inspection is written down, from made-up findings.
#include <limits>
#include <nlohmann/json.hpp>

#include "app/reports/inspection.h"
#include "app/table.h"
#include "support/catch.h"

namespace tessera::test::report_test {
namespace {

using nlohmann::ordered_json;

app::Inspection made_up() {
  model::ModelCard card;
  card.name = "tiny";
  card.classes = 2;
  card.layers.resize(1);
  card.layers[0].name = "stem";
  card.layers[0].height = 8;
  card.layers[0].width = 9;
  card.layers[0].channels = 4;
  card.layers[0].suggested = true;
  model::Classification verdict;
  verdict.classes = {{1, "cat", 0.1f, 0.9f}, {0, "dog", -2.5f, 0.1f}};
  return {"tiny.pt",
          "cat.png",
          640,
          480,
          std::make_shared<const model::ModelCard>(card),
          std::make_shared<const model::Classification>(verdict)};
}

app::Inspection with(std::vector<model::ClassScore> classes) {
  app::Inspection inspection = made_up();
  inspection.verdict =
      std::make_shared<const model::Classification>(model::Classification{std::move(classes), {}});
  return inspection;
}

}  // namespace

TEST_CASE("the JSON has exactly the promised keys, and floats as short as they are", "[cli]") {
  const ordered_json report = ordered_json::parse(to_json(made_up()));
  CHECK(report.dump() == R"({"model":"tiny.pt","image":"cat.png","notes":[],)"
                         R"("classes":[{"index":1,"label":"cat","logit":0.1,"probability":0.9},)"
                         R"({"index":0,"label":"dog","logit":-2.5,"probability":0.1}],)"
                         R"("layers":[{"name":"stem","height":8,"width":9,"channels":4,"turned":"as the picture","suggested":true}]})");
}

TEST_CASE("the JSON stays valid whatever the network says", "[cli]") {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  const std::string text =
      to_json(with({{0, "quote \" and \\ and \n", infinity, 0},
                    {1, "not UTF-8: \xff", std::numeric_limits<float>::quiet_NaN(), -infinity},
                    {2, "tiny", std::numeric_limits<float>::denorm_min(), 1e-30f}}));
  REQUIRE(ordered_json::accept(text));
  const ordered_json report = ordered_json::parse(text);
  CHECK(report["classes"][0]["logit"].is_null());
  CHECK(report["classes"][0]["label"] == "quote \" and \\ and \n");
  CHECK(report["classes"][1]["logit"].is_null());
  CHECK(report["classes"][1]["probability"].is_null());
  CHECK(float(report["classes"][2]["logit"]) == std::numeric_limits<float>::denorm_min());
}

TEST_CASE("people get the ten likeliest classes", "[cli]") {
  std::vector<model::ClassScore> classes;
  for (int i = 0; i < 12; ++i) classes.push_back({i, "class " + std::to_string(i), float(12 - i), 1.0f / 12});
  const std::string text = to_text(with(classes));
  CHECK(text.find("class 9\n") != std::string::npos);
  CHECK(text.find("class 10\n") == std::string::npos);
  CHECK(text.find("cat.png (640 × 480)") != std::string::npos);
}

TEST_CASE("columns line up, also with letters beyond ASCII", "[cli]") {
  app::Table table({app::Align::left, app::Align::right});
  table.add({"größe", "1"});
  table.add({"a", "1000"});
  table.add({"", ""});
  CHECK(table.text() == "größe     1\na      1000\n\n");
}

}  // namespace tessera::test::report_test
