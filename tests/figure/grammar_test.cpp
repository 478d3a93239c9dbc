// What combines with what.
#include "figure/combinations.h"
#include "support/catch.h"

namespace tessera::test::grammar_test {

using namespace tessera;
using namespace tessera::figure;

namespace {

Element channels(Content content = Content::activations) {
  Element element;
  element.content = content;
  if (content == Content::attribution) element.towards = Target{};
  return element;
}

Element with(Element element, Operation operation) {
  element.operations.push_back(operation);
  return element;
}

Element of(Element element, Atoms atoms, Stratum stratum = Stratum::hidden) {
  element.atoms = atoms;
  element.stratum = stratum;
  return element;
}

std::string said(const std::vector<Element>& elements) { return objection(elements).value_or(""); }

}  // namespace

TEST_CASE("every combination is legal or has a sentence that says why not", "[figure]") {
  const auto all = test::all_combinations();
  CHECK(all.size() == 2 * 2 * 3 * 5 * 16);
  for (const Element& element : all) {
    INFO(describe(element));
    CHECK_FALSE(describe(element).empty());
    const auto why = objection(element);
    if (!why) continue;
    CHECK(why->size() > 30);
    CHECK_FALSE(why->ends_with('.'));
  }
  // Held: five kinds of the input's and a hidden layer's atoms but groups of the former, and the classes; as
  // icons hidden ones and the classes. Contributed: to a class and to four kinds of hidden atoms, by four
  // kinds of the input's atoms and five hidden ones, as icons by four.
  CHECK(test::legal_combinations().size() == 10 + 6 + 5 * (4 + 5) + 5 * 4);
}

TEST_CASE("the output has no grid, and nothing comes after it or before the input", "[figure]") {
  CHECK(said({of(channels(), Atoms::position, Stratum::output)}).find("no grid") != std::string::npos);
  CHECK(said({of(channels(), Atoms::group, Stratum::output)}).find("no grid") != std::string::npos);
  CHECK(said({of(channels(), Atoms::neuron, Stratum::output)}).empty());
  CHECK(said({of(channels(Content::attribution), Atoms::neuron, Stratum::output)}).find("after the output") !=
        std::string::npos);
  Element backwards = channels(Content::attribution);
  backwards.towards = Target{Stratum::input, Atoms::position, {}};
  CHECK(said({backwards}).find("comes first") != std::string::npos);
}

TEST_CASE("attributions have another end, activations have none", "[figure]") {
  Element endless = channels(Content::attribution);
  endless.towards.reset();
  CHECK(said({endless}).find("two ends") != std::string::npos);
  Element held = channels();
  held.towards = Target{};
  CHECK(said({held}).find("only attributions") != std::string::npos);
}

TEST_CASE("layers are hidden ones, named once, and come before what they contribute to", "[figure]") {
  Element named = channels(Content::attribution);
  named.layers = {"low", "low"};
  CHECK(said({named}).find("twice") != std::string::npos);
  named.layers = {"low"};
  CHECK(said({named}).empty());
  named.stratum = Stratum::input;
  CHECK(said({named}).find("only hidden ones") != std::string::npos);
  named.stratum = Stratum::hidden;
  named.towards = Target{Stratum::hidden, Atoms::channel, "low"};
  CHECK(said({named}).find("to itself") != std::string::npos);
  named.towards->layer = "high";
  const std::vector<Element> elements{named};
  const std::vector<std::string> model{"input", "low", "high"}, reversed{"input", "high", "low"},
      other{"input"};
  CHECK_FALSE(objection(elements, model));
  CHECK(objection(elements, reversed) == "low comes after high and cannot contribute to it");
  CHECK(objection(elements, other) == "The model has no layer low");
}

TEST_CASE("filters name another element that has something to say about the atoms", "[figure]") {
  const Element icons = with(channels(), Filter{1});
  CHECK(said({icons, channels(Content::attribution)}).empty());
  CHECK(said({icons}).find("no element 2") != std::string::npos);
  CHECK(said({with(channels(), Filter{0})}).find("circle") != std::string::npos);
  CHECK(said({icons, with(channels(), Filter{0})}).find("circle") != std::string::npos);
  CHECK(said({icons, of(channels(), Atoms::whole)}).find("chooses nothing") != std::string::npos);
  CHECK(said({icons, of(channels(), Atoms::neuron)}).find("single number") != std::string::npos);
  CHECK(said({icons, of(channels(), Atoms::neuron, Stratum::output)}).find("hidden layer") !=
        std::string::npos);
  // A channel chooses where it is active; two maps of positions stand side by side.
  const Element map = with(of(channels(), Atoms::position), Filter{1});
  CHECK(said({map, channels()}).empty());
  CHECK(said({map, of(channels(Content::attribution), Atoms::position)}).find("beside each other") !=
        std::string::npos);
  Element here = channels(Content::attribution), there = icons;
  here.layers = {"low"};
  there.layers = {"high"};
  CHECK(said({there, here}).find("same layers") != std::string::npos);
}

TEST_CASE("operations are for atoms that stand in a list, once each", "[figure]") {
  CHECK(said({with(channels(), Sort{SortBy::index})}).empty());
  CHECK(said({with(with(channels(), Top{3}), Top{4})}).find("once each") != std::string::npos);
  for (const int count : {0, -1, most_shown + 1})
    CHECK(said({with(channels(), Top{count})}).find("can be shown") != std::string::npos);
  CHECK(said({with(of(channels(), Atoms::neuron, Stratum::output), Top{3})}).empty());
  for (const Operation& operation : {Operation(Sort{}), Operation(Top{})}) {
    CHECK(said({with(of(channels(), Atoms::position), operation)}).find("where they are") !=
          std::string::npos);
    CHECK(said({with(of(channels(), Atoms::whole), operation)}).find("one atom") != std::string::npos);
    CHECK_FALSE(said({with(of(channels(), Atoms::channel, Stratum::input), operation)}).empty());
    CHECK(said({with(of(channels(), Atoms::group), operation)}).find("over the picture") !=
          std::string::npos);
  }
  Element flow = of(channels(Content::attribution), Atoms::group);
  flow.towards = Target{Stratum::hidden, Atoms::group, {}};
  CHECK(said({flow}).empty());
  CHECK(said({with(flow, Top{3})}).find("add up") != std::string::npos);
  CHECK(said({with(of(channels(), Atoms::position), Project{"high"})}).empty());
  CHECK(said({with(of(channels(), Atoms::position), Project{""})}).find("has to name") != std::string::npos);
  CHECK(said({with(channels(), Project{"high"})}).find("laid over") != std::string::npos);
}

TEST_CASE("a figure has few elements", "[figure]") {
  CHECK(said(std::vector<Element>(most_elements, channels())).empty());
  CHECK(said(std::vector<Element>(most_elements + 1, channels())).find("at most 12") != std::string::npos);
  CHECK(said({}).empty());
}

TEST_CASE("an element is told in words", "[figure]") {
  Element element;
  element.content = Content::attribution;
  element.stratum = Stratum::input;
  element.atoms = Atoms::position;
  element.towards = Target{Stratum::hidden, Atoms::group, {}};
  CHECK(describe(element) == "What pixels of the input contribute to a hidden group, as graphics");
  Element icons = with(with(channels(), Filter{1}), Top{4});
  icons.presentation = Presentation::feature;
  icons.layers = {"low", "high"};
  CHECK(describe(icons) == "Activations of channels of low, high, as icons, filtered by 2, the first 4");
}

}  // namespace tessera::test::grammar_test
