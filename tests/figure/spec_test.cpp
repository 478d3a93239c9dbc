// Figures as sentences: JSON both ways, the built-in ones, and what is drawn of them.
#include "tessera/figure/spec.h"

#include <optional>
#include <random>
#include <set>

#include "figure/combinations.h"
#include "figure/refusal.h"
#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/figure/catalogue.h"
#include "tessera/figure/plan.h"
#include "tessera/figure/presets.h"

namespace tessera::test::spec_test {

using namespace tessera;
using namespace tessera::figure;
using test::refusal_of;

namespace {

bool survives(const FigureSpec& spec) { return spec_from_json(to_json(spec)) == spec; }

// Some operations and layers for a combination; what is not legal is left out.
FigureSpec elaborated(const Element& plain, std::mt19937& random) {
  const auto one_in = [&](int n) { return std::uniform_int_distribution(0, n - 1)(random) == 0; };
  Element element = plain;
  const auto keep_if_legal = [&](auto change) {
    Element tried = element;
    change(tried);
    if (!objection(tried)) element = tried;
  };
  if (one_in(2)) keep_if_legal([](Element& e) { e.layers = {"blocks.5.expand", "größe \"7\""}; });
  if (one_in(2) && element.towards) keep_if_legal([](Element& e) { e.towards->layer = "blocks.15"; });
  if (one_in(2)) keep_if_legal([&](Element& e) { e.operations.push_back(Sort{SortBy(random() % 3)}); });
  if (one_in(2))
    keep_if_legal([&](Element& e) { e.operations.push_back(Top{1 + int(random() % most_shown)}); });
  if (one_in(2)) keep_if_legal([](Element& e) { e.operations.push_back(Project{"input"}); });
  FigureSpec spec{{element}, {}, {}};
  if (one_in(2)) {
    FigureSpec filtered = spec;
    filtered.elements.push_back(Element{});
    filtered.elements[0].operations.push_back(Filter{1});
    if (!objection(filtered.elements)) spec = filtered;
  }
  if (one_in(2))
    spec.settings = {
        {"k", std::int64_t(4)}, {"method", std::string("linear")}, {"place", std::string("a:0.5,0.25")}};
  if (one_in(2)) spec.figure = "channels";
  return spec;
}

std::string refusal(const std::string& json) {
  return refusal_of([&] { spec_from_json(json); });
}

const std::string plain_element =
    R"({"content":"activations","presentation":"feature","stratum":"hidden","atoms":"channel"})";
std::string spec_with(const std::string& element) { return R"({"format":2,"elements":[)" + element + "]}"; }
std::string changed(const std::string& from, const std::string& to) {
  std::string text = spec_with(plain_element);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("every legal combination survives the way through JSON, with operations and settings", "[figure]") {
  std::mt19937 random(7);
  for (const Element& element : test::legal_combinations()) {
    INFO(describe(element));
    CHECK(survives({{element}, {}, {}}));
    for (int i = 0; i < 20; ++i) {
      const FigureSpec spec = elaborated(element, random);
      INFO(to_json(spec));
      CHECK(survives(spec));
      CHECK(to_json(spec_from_json(to_json(spec))) == to_json(spec));
    }
  }
}

TEST_CASE("no illegal combination is written or read", "[figure]") {
  for (const Element& element : test::all_combinations()) {
    const auto why = objection(element);
    if (!why) continue;
    INFO(describe(element));
    CHECK(refusal_of([&] { to_json(FigureSpec{{element}, {}, {}}); }).find(*why) != std::string::npos);
    CHECK_THROWS_AS(plan(FigureSpec{{element}, {}, {}}), Error);
  }
  CHECK(refusal(changed("\"hidden\"", "\"output\"")).find("no grid") != std::string::npos);
}

TEST_CASE("format 1, which had one layer, is read", "[figure]") {
  const FigureSpec old = spec_from_json(
      R"({"format":1,"elements":[{"content":"activations","presentation":"feature","stratum":"hidden",)"
      R"("atoms":"channel","layer":"blocks.5"}]})");
  REQUIRE(old.elements.size() == 1);
  CHECK(old.elements[0].layers == std::vector<std::string>{"blocks.5"});
  CHECK(to_json(old).find("\"format\":2") != std::string::npos);
  CHECK(survives(old));
  CHECK(refusal(changed("\"format\":2,", "\"format\":1,")).empty());
}

TEST_CASE("newer formats and unknown fields are refused with what to do", "[figure]") {
  const std::string newer = refusal(changed("\"format\":2", "\"format\":3"));
  CHECK(newer.find("format 3") != std::string::npos);
  CHECK(newer.find("Update Tessera") != std::string::npos);
  // Whatever else a newer one has.
  CHECK(refusal(R"({"format":3,"sentence":"new"})").find("Update Tessera") != std::string::npos);
  CHECK(refusal(R"({"format":0,"elements":[]})").find("reads 1 to 2") != std::string::npos);
  CHECK(refusal(changed("\"atoms\":", "\"colour\":\"red\",\"atoms\":")).find("\"colour\"") !=
        std::string::npos);
  CHECK(refusal(changed("\"elements\"", "\"theme\":1,\"elements\"")).find("\"theme\"") != std::string::npos);
  CHECK(refusal(changed("\"atoms\":", "\"layer\":\"a\",\"atoms\":")).find("\"layer\"") != std::string::npos);
  CHECK(refusal(changed("\"content\":\"activations\",", "")).find("lacks the field \"content\"") !=
        std::string::npos);
}

TEST_CASE("what a stranger may have written is refused in a sentence", "[figure]") {
  const std::string names(2000, 'x');
  const std::string wrong[] = {
      "",
      "{}",
      "[]",
      "null",
      R"({"format":2})",
      R"({"format":2,"elements":{}})",
      R"({"format":"2","elements":[]})",
      R"({"format":2,"elements":[7]})",
      R"({"format":2,"format":2,"elements":[]})",
      R"({"format":2,"elements":[],"figure":"moon"})",
      R"({"format":2,"elements":[],"settings":{"spec":"{}"}})",
      R"({"format":2,"elements":[],"settings":{"k":99}})",
      R"({"format":2,"elements":[],"settings":{"colour":1}})",
      changed("\"channel\"", "\"pixel\""),
      changed("\"channel\"", "7"),
      changed("\"feature\"", "\"Feature\""),
      changed("\"atoms\":", "\"layers\":\"a\",\"atoms\":"),
      changed("\"atoms\":", "\"layers\":[1],\"atoms\":"),
      changed("\"atoms\":", "\"layers\":[\"\"],\"atoms\":"),
      changed("\"atoms\":", "\"layers\":[\"" + names + "\"],\"atoms\":"),
      changed("\"atoms\":", "\"towards\":{\"stratum\":\"output\"},\"atoms\":"),
      changed("\"atoms\":", "\"towards\":{\"stratum\":\"output\",\"atoms\":\"neuron\",\"x\":1},\"atoms\":"),
      changed("\"atoms\":", "\"operations\":[{}],\"atoms\":"),
      changed("\"atoms\":", "\"operations\":[{\"do\":\"dance\"}],\"atoms\":"),
      changed("\"atoms\":", "\"operations\":[{\"do\":\"top\",\"count\":1.5}],\"atoms\":"),
      changed("\"atoms\":", "\"operations\":[{\"do\":\"top\",\"count\":999}],\"atoms\":"),
      changed("\"atoms\":", "\"operations\":[{\"do\":\"filter\",\"by\":0}],\"atoms\":"),
      changed("\"atoms\":", "\"operations\":[{\"do\":\"filter\",\"by\":-1}],\"atoms\":"),
      changed("\"atoms\":", "\"operations\":[{\"do\":\"sort\",\"by\":\"colour\"}],\"atoms\":"),
      spec_with(plain_element + "," + R"({"content":"activations"})"),
      std::string(longest_spec + 1, ' ')};
  for (const std::string& text : wrong) {
    INFO(text.substr(0, 200));
    const std::string why = refusal(text);
    CHECK_FALSE(why.empty());
    CHECK(why.size() < 1600);
  }
  CHECK(refusal(spec_with(plain_element)).empty());
}

TEST_CASE("damaged text never does worse than being refused", "[figure]") {
  std::mt19937 random(3);
  const std::string whole =
      to_json(FigureSpec{presets().back().elements, {{"k", std::int64_t(4)}}, "groups"});
  int refused = 0;
  for (int i = 0; i < 2000; ++i) {
    std::string text = whole;
    for (int changes = 0; changes < 3; ++changes) text[random() % text.size()] = char(random() % 256);
    std::optional<FigureSpec> read;
    try {
      read = spec_from_json(text);
    } catch (const Error&) {
      ++refused;
    }
    if (read) CHECK(survives(*read));
  }
  CHECK(refused > 1000);
}

TEST_CASE("every figure of the catalogue but the space itself is a sentence, and its plan is its own view",
          "[figure]") {
  std::set<std::string> written;
  for (const BuiltIn& known : built_in_specs()) {
    INFO(known.figure);
    CHECK(find_figure(known.figure));
    CHECK(written.insert(known.figure).second);
    CHECK_FALSE(objection(known.elements));
    CHECK(survives({known.elements, {}, known.figure}));
    CHECK(find_built_in(known.elements) == &known);
    const auto panels = plan({known.elements, {}, {}});
    REQUIRE(panels.size() == 1);
    CHECK(panels[0].kind == PanelKind::view);
    CHECK(panels[0].view == known.figure);
  }
  CHECK(written.size() + 1 == catalogue().size());
  CHECK_FALSE(written.contains("space"));
}

TEST_CASE("every preset is legal, survives JSON and is drawn", "[figure]") {
  std::set<std::string> names;
  for (const Preset& preset : presets()) {
    INFO(preset.name);
    CHECK(names.insert(preset.name).second);
    CHECK_FALSE(preset.sentence.ends_with('.'));
    CHECK_FALSE(objection(preset.elements));
    CHECK(survives({preset.elements, {}, {}}));
    CHECK_FALSE(plan({preset.elements, {}, {}}).empty());
  }
  for (const char* name : {"dictionary", "grid", "saliency", "spatial", "channels", "groups", "flows",
                           "teaser_1", "teaser_2", "teaser_3"})
    CHECK(names.contains(name));
}

TEST_CASE("each element has a panel, but for those that only rank another", "[figure]") {
  for (const Element& element : test::legal_combinations()) {
    const auto panels = plan({{element, Element{}, Element{}}, {}, {}});
    REQUIRE(panels.size() == 3);
    CHECK(panels[0].kind == kind_of(element));
  }
  Element icons;
  icons.presentation = Presentation::feature;
  icons.operations = {Filter{1}, Top{4}};
  Element attribution;
  attribution.content = Content::attribution;
  attribution.towards = Target{};
  const auto panels = plan({{icons, attribution}, {}, {}});
  REQUIRE(panels.size() == 1);
  CHECK(panels[0] == Panel{PanelKind::icon_strip, 0, 1, {}});
  // Of other atoms, what filters is something to point at.
  attribution.atoms = Atoms::position;
  CHECK(plan({{icons, attribution}, {}, {}}).size() == 2);
  CHECK(plan({}).empty());
}

TEST_CASE("a grammar is a setting of the design space", "[figure]") {
  const Setting& setting = *find_figure("space")->find("spec");
  for (const Element& element : test::legal_combinations()) {
    const std::string text = to_json(FigureSpec{{element}, {}, {}});
    CHECK(value_from_text(setting, text) == Value(text));
  }
  CHECK_THROWS_AS(value_from_text(setting, "icons"), Error);
  CHECK_THROWS_AS(value_from_text(setting, R"({"format":2,"elements":[],"figure":"cube"})"), Error);
}

}  // namespace tessera::test::spec_test
