// What views show as arrays, of a fake network whose numbers are known.
#include <chrono>
#include <numeric>
#include <thread>

#include "support/catch.h"
#include "support/paths.h"
#include "tessera/figure/catalogue.h"
#include "tessera/figure/queries.h"
#include "tessera/session/queries.h"
#include "ui/fake_session.h"
#include "ui/numbers/numbers_in_frames.h"
#include "ui/state/figure_settings.h"
#include "ui/state/update.h"

namespace tessera::test::numbers_test {

using namespace tessera;

namespace {

struct Asking {
  test::FakeSession session;
  engine::Engine engine;
  ui::AppState state;

  explicit Asking(const std::string& model = "tiny/tiny_resnet.pt") {
    session.serve(engine);
    figure::serve(engine);
    state.pending_image = session::ImageRef{session::stamp(test::data("image/scene.png"))};
    state.pending_model = session::ModelRef{session::stamp(test::data(model)), {}, {}};
    const auto card = engine.wait(session::OpenModel{*state.pending_model});
    ui::update(state, ui::action::ImageOpened{});
    ui::update(state, ui::action::ModelOpened{*card});
  }

  void set(const std::string& figure, const figure::Settings& settings = {}) {
    ui::apply_settings(state, figure, settings, *engine.wait(session::OpenModel{*state.model}));
  }

  ui::NumbersInFrames ask() {
    ui::NumbersInFrames numbers;
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!numbers.complete() && numbers.failure().empty()) {
      REQUIRE(std::chrono::steady_clock::now() < give_up);
      engine.begin_frame();
      numbers.ask(state, engine);
      engine.end_frame();
      std::this_thread::yield();
    }
    return numbers;
  }
  ui::FigureNumbers numbers() {
    ui::NumbersInFrames asked = ask();
    REQUIRE(asked.failure() == "");
    return asked.take();
  }
};

const ui::PythonValue* constant(const ui::FigureNumbers& numbers, const std::string& name) {
  for (const ui::PythonConstant& each : numbers.constants)
    if (each.name == name) return &each.value;
  return nullptr;
}

bool has_part(const ui::FigureNumbers& numbers, const std::string& part) {
  return std::find(numbers.parts.begin(), numbers.parts.end(), part) != numbers.parts.end();
}

}  // namespace

TEST_CASE("every figure has numbers, whole arrays of them, and a script whose parts there are", "[ui]") {
  Asking asking;
  for (const figure::Figure& figure : figure::catalogue()) {
    CAPTURE(figure.name);
    asking.set(figure.name);
    const ui::FigureNumbers numbers = asking.numbers();
    CHECK(numbers.sentence.starts_with(figure.title));
    CHECK(numbers.arrays.at("input").shape == std::vector<std::size_t>{32, 32, 3});
    CHECK(numbers.arrays.at("logits").shape == std::vector<std::size_t>{3});
    CHECK(numbers.arrays.size() > 2);
    for (const auto& [name, array] : numbers.arrays) {
      CAPTURE(name);
      CHECK(std::accumulate(array.shape.begin(), array.shape.end(), std::size_t(1), std::multiplies<>()) ==
            array.values.size());
    }
    CHECK(numbers.parts.front() == "start");
    CHECK(numbers.parts.back() == "end");
    for (const std::string& part : numbers.parts)
      CHECK(std::filesystem::is_regular_file(test::source_folder() / "assets" / "python" / (part + ".py")));
    REQUIRE(constant(numbers, "MODEL"));
    CHECK(std::get<std::string>(*constant(numbers, "MODEL")) == test::data("tiny/tiny_resnet.pt").string());
  }
}

TEST_CASE("contributions of channels are those of the view, at the pinned position alone where there is one",
          "[ui]") {
  Asking asking;
  asking.set("channels", {{"class", std::int64_t(1)}, {"layers", std::vector<std::string>{"mid"}}});
  const ui::FigureNumbers all = asking.numbers();
  const npz::Arrays& arrays = all.arrays;
  const auto& values = arrays.at("contribution/mid").values;
  REQUIRE(values.size() == 12);
  for (std::size_t c = 0; c < values.size(); ++c)
    CHECK(values[c] == float(c + 1) * 2 * (c % 2 == 1 ? -1.0f : 1.0f));
  CHECK_FALSE(arrays.contains("counts/mid"));
  CHECK(std::get<std::int64_t>(*constant(all, "PLUS")) == 1);
  CHECK(std::holds_alternative<std::monostate>(*constant(all, "MINUS")));
  CHECK(std::get<std::int64_t>(*constant(all, "STEPS")) > 0);

  asking.set("channels", {{"class", std::int64_t(1)},
                          {"layers", std::vector<std::string>{"mid"}},
                          {"place", std::string("mid:0.1,0.1")}});
  const ui::FigureNumbers there = asking.numbers();
  const auto& counts = there.arrays.at("counts/mid");
  CHECK(counts.shape == std::vector<std::size_t>{4, 4});
  CHECK(std::accumulate(counts.values.begin(), counts.values.end(), 0.0f) == 1);
  CHECK(there.arrays.at("contribution/mid").values[0] == 2);
  CHECK(there.arrays.at("contribution/mid").values[1] == 0);
}

TEST_CASE("a pinned channel is explained by earlier layers and explains later ones", "[ui]") {
  Asking asking;
  asking.set("channels", {{"channel", std::string("mid:3")}});
  const ui::FigureNumbers numbers = asking.numbers();
  CHECK(std::get<std::vector<std::string>>(*constant(numbers, "EARLIER")) == std::vector<std::string>{"low"});
  CHECK(std::get<std::vector<std::string>>(*constant(numbers, "LATER")) == std::vector<std::string>{"high"});
  CHECK(std::get<std::vector<std::string>>(*constant(numbers, "LAYERS")) == std::vector<std::string>{"mid"});
  CHECK(has_part(numbers, "channel_inputs"));
  CHECK(has_part(numbers, "channel_outputs"));
}

TEST_CASE("the vector is that of the pinned position", "[ui]") {
  Asking asking;
  asking.set("dictionary", {{"layer", std::string("mid")}, {"place", std::string("mid:0.1,0.35")}});
  const ui::FigureNumbers numbers = asking.numbers();
  const auto& vector = numbers.arrays.at("vector").values;
  CHECK(std::get<std::int64_t>(*constant(numbers, "ROW")) == 0);
  CHECK(std::get<std::int64_t>(*constant(numbers, "COLUMN")) == 1);
  CHECK(vector[1] == 2);  // channel 1 fires there alone
  CHECK(std::accumulate(vector.begin(), vector.end(), 0.0f) == 2);
}

TEST_CASE("spatial attribution is of the classes that the legend names", "[ui]") {
  Asking asking;
  asking.set("spatial", {{"factors", std::int64_t(2)}});
  const ui::FigureNumbers numbers = asking.numbers();
  const auto& classes = numbers.arrays.at("classes").values;
  CHECK(classes == std::vector<float>{0, 1, 2});
  CHECK(numbers.arrays.at("positions/mid").shape == std::vector<std::size_t>{3, 4, 4});
}

TEST_CASE("a cube that is cut into groups has them", "[ui]") {
  Asking asking;
  asking.set("cube", {{"layer", std::string("mid")}});
  CHECK_FALSE(asking.numbers().arrays.contains("maps/mid"));
  asking.set("cube", {{"layer", std::string("mid")}, {"atom", std::string("group")}});
  const ui::FigureNumbers numbers = asking.numbers();
  const std::vector<std::size_t>& shape = numbers.arrays.at("maps/mid").shape;
  REQUIRE(shape.size() == 3);
  CHECK((shape[0] == 4 && shape[1] == 4));
  CHECK(numbers.arrays.at("magnitude/mid").shape == std::vector<std::size_t>{shape[2]});
  CHECK(has_part(numbers, "group_cubes"));
}

TEST_CASE("flows are taken over with their groups, towards a class or without one", "[ui]") {
  Asking asking;
  asking.set("flows", {{"k", std::int64_t(2)}});
  const ui::FigureNumbers towards = asking.numbers();
  CHECK(towards.arrays.at("directions/mid").shape == std::vector<std::size_t>{2, 12});
  CHECK(towards.arrays.at("maps/mid").shape == std::vector<std::size_t>{4, 4, 2});
  CHECK(towards.arrays.contains("flow/low/mid"));
  CHECK(towards.arrays.contains("bias/high"));
  CHECK(has_part(towards, "flows_towards"));
  asking.set("flows", {{"k", std::int64_t(2)}, {"towards", std::string("groups")}});
  const ui::FigureNumbers free = asking.numbers();
  CHECK(free.arrays.contains("flow/mid/high"));
  CHECK_FALSE(free.arrays.contains("bias/high"));
  CHECK(has_part(free, "flows_free"));
}

TEST_CASE("gradients by a rule that PyTorch has not are not judged, and the script says so", "[ui]") {
  Asking asking;
  asking.set("comparison", {{"pooling", std::string("lucid")}});
  const ui::FigureNumbers numbers = asking.numbers();
  CHECK_FALSE(std::get<bool>(*constant(numbers, "JUDGED")));
  CHECK(std::any_of(numbers.remarks.begin(), numbers.remarks.end(),
                    [](const std::string& remark) { return remark.find("lucid") != std::string::npos; }));
}

TEST_CASE("numbers that cannot be had end with a sentence", "[ui]") {
  Asking asking;
  asking.set("sheet");
  asking.state.selection.layer = "mid";
  asking.state.image = session::ImageRef{session::stamp("no_such_picture.png")};
  CHECK(asking.ask().failure().find("no_such_picture.png") != std::string::npos);
  asking.state.image.reset();
  CHECK_FALSE(asking.ask().failure().empty());
}

TEST_CASE("constants are what Python reads back as the same", "[ui]") {
  using ui::python_literal;
  CHECK(python_literal(std::monostate{}) == "None");
  CHECK(python_literal(true) == "True");
  CHECK(python_literal(std::int64_t(-3)) == "-3");
  CHECK(python_literal(0.1) == "0.1");
  CHECK(python_literal(std::string("a\"b\\c\nd\x01 é")) == "\"a\\\"b\\\\c\\x0ad\\x01 é\"");
  CHECK(python_literal(std::vector<std::string>{"a", "b"}) == "[\"a\", \"b\"]");
  CHECK(python_literal(std::vector<double>{}) == "[]");
  CHECK(ui::python_comment("a\"\"\"b\\\nimport os") == "a'''b' import os");
}

}  // namespace tessera::test::numbers_test
