#include "tessera/figure/provenance.h"

#include <random>

#include "figure/refusal.h"
#include "support/catch.h"
#include "tessera/base/content_hash.h"
#include "tessera/figure/catalogue.h"
#include "tessera/figure/presets.h"
#include "tessera/figure/spec.h"

namespace tessera::test::provenance_test {

using namespace tessera;
using figure::Provenance;
using figure::SettingKind;
using figure::Value;
using test::refusal_of;

namespace {

Provenance example() {
  Provenance made;
  made.version = "0.1.0";
  made.figure = "spatial";
  made.settings = {{"factors", std::int64_t(6)},
                   {"method", std::string("linear")},
                   {"layers", std::vector<std::string>{"blocks.5.expand", "größe"}}};
  made.model = {"net.pt", std::string(32, 'a'), 18'000'000'000};
  made.model_title = "EfficientNet-Lite0";
  made.preprocessing = "224x224,range=1";
  made.image = {"Straße \"7\".jpg", "0123456789abcdef0123456789abcdef", 0};
  made.page = {2880, 2, true, false, true};
  return made;
}

// The example's text with one piece of it exchanged.
std::string changed(const std::string& from, const std::string& to) {
  std::string text = figure::to_json(example());
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string refusal_of_changed(const std::string& from, const std::string& to) {
  const std::string text = changed(from, to);
  return refusal_of([&] { figure::provenance_from_json(text); });
}

// Some possible value of a setting.
Value any_value(const figure::Setting& setting, std::mt19937& random) {
  const auto whole = [&](std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random);
  };
  switch (setting.kind) {
    case SettingKind::truth:
      return whole(0, 1) == 1;
    case SettingKind::whole:
      return whole(std::int64_t(setting.least), std::int64_t(setting.most));
    case SettingKind::number:
      return std::uniform_real_distribution(setting.least, setting.most)(random);
    case SettingKind::word:
      return setting.words[std::size_t(whole(0, std::int64_t(setting.words.size()) - 1))];
    case SettingKind::layer:
      return std::string("blöcke/") + std::to_string(whole(0, 99));
    case SettingKind::layers:
      return std::vector<std::string>(std::size_t(whole(1, std::int64_t(setting.most))), "a \"b\" \\ c");
    case SettingKind::class_index:
      return whole(0, 1000);
    case SettingKind::channel:
    case SettingKind::group:
      return "a:b:" + std::to_string(whole(0, 99));
    case SettingKind::channels:
      return "a:b:" + std::to_string(whole(0, 99)) + "," + std::to_string(whole(0, 99));
    case SettingKind::place:
      return std::string("blöcke/7:0.25,0.5");
    case SettingKind::spec:
      return figure::to_json(
          figure::FigureSpec{figure::presets()[random() % figure::presets().size()].elements});
  }
  return false;
}

}  // namespace

TEST_CASE("what made a figure survives being written and read", "[figure]") {
  CHECK(figure::provenance_from_json(figure::to_json(example())) == example());
}

TEST_CASE("every setting of every figure survives too", "[figure]") {
  std::mt19937 random(7);
  for (const figure::Figure& known : figure::catalogue())
    for (int round = 0; round < 50; ++round) {
      Provenance made = example();
      made.figure = known.name;
      made.settings.clear();
      for (const figure::Setting& setting : known.settings)
        if (random() % 4 != 0) made.settings[setting.key] = any_value(setting, random);
      const std::string text = figure::to_json(made);
      INFO(text);
      CHECK(figure::provenance_from_json(text) == made);
    }
}

TEST_CASE("a kept view, and what a network does without, survive in a format of their own", "[figure]") {
  Provenance made = example();
  CHECK(figure::to_json(made).starts_with("{\"format\":1,"));
  made.kept = example();
  made.kept->figure = "groups";
  made.kept->settings = {{"k", std::int64_t(4)}};
  const std::string two_views = figure::to_json(made);
  CHECK(two_views.starts_with("{\"format\":2,"));
  CHECK(figure::provenance_from_json(two_views) == made);
  made.without = figure::Without{
      "größe", attribution::GroupCubes{{{{0.1f, 1.0f / 3}, {1e-20f, -2.5f}}}, false}, "group 1 of größe"};
  CHECK(figure::provenance_from_json(figure::to_json(made)) == made);
  made.kept.reset();
  CHECK(figure::to_json(made).starts_with("{\"format\":2,"));
  CHECK(figure::provenance_from_json(figure::to_json(made)) == made);
}

TEST_CASE("the format of two views is read without forgiveness too", "[figure]") {
  Provenance made = example();
  made.kept = example();
  made.without = figure::Without{"a", attribution::ChosenChannels{{7}}, "channel 7 of a"};
  const std::string good = figure::to_json(made);
  const auto refused = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    return refusal_of([&] { figure::provenance_from_json(text); });
  };
  CHECK(refused("\"format\":2", "\"format\":1").find("\"kept\"") != std::string::npos);
  CHECK(refused("\"kept\":{", "\"kept\":{\"page\":1,").find("\"page\"") != std::string::npos);
  CHECK(refused("\"kept\":{", "\"beside\":{").find("\"beside\"") != std::string::npos);
  CHECK(refused("\"without\":{", "\"lacking\":{").find("\"lacking\"") != std::string::npos);
  CHECK(refused("\"without\":{", "\"without\":{\"why\":1,").find("\"why\"") != std::string::npos);
  CHECK_FALSE(refused("\"channels\"", "\"chanels\"").empty());
  CHECK_FALSE(refused("[7]", "[-7]").empty());
  CHECK_FALSE(refused("\"a\"", "\"\"").empty());
}

TEST_CASE("what is too much for a text chunk is not written", "[figure]") {
  Provenance made = example();
  const std::vector<float> map(224 * 224, 1.0f / 3);
  made.without =
      figure::Without{"input", attribution::GroupCubes{{{map, {1, 1, 1}}}, false}, "group 1 of input"};
  CHECK(refusal_of([&] { figure::to_json(made); }).find("group 1 of input") != std::string::npos);
}

TEST_CASE("the text is ASCII, so that every program keeps it", "[figure]") {
  for (const char letter : figure::to_json(example())) CHECK((letter >= ' ' && letter <= '~'));
}

TEST_CASE("what does not fit the catalogue is not written", "[figure]") {
  Provenance made = example();
  made.settings["factors"] = std::int64_t(1000);
  CHECK_THROWS_AS(figure::to_json(made), Error);
  made = example();
  made.figure = "nothing";
  CHECK_THROWS_AS(figure::to_json(made), Error);
}

TEST_CASE("a newer format says what to do", "[figure]") {
  CHECK(
      refusal_of_changed("\"format\":1,\"tessera\":\"0.1.0\"",
                         "\"format\":3,\"tessera\":\"0.9\",\"spec\":[]") ==
      "this figure was made by Tessera 0.9, in format 3 where this one reads up to 2. Update Tessera to open "
      "it");
  CHECK(refusal_of_changed("\"format\":1", "\"format\":0") ==
        "this figure was made by another version of Tessera, in format 0 where this one reads up to 2. "
        "Make it again");
}

TEST_CASE("unknown and missing fields are named", "[figure]") {
  CHECK(refusal_of_changed("\"format\":1", "\"format\":1,\"colour\":\"red\"").find("\"colour\"") !=
        std::string::npos);
  CHECK(refusal_of_changed("\"title\"", "\"titel\"").find("\"titel\"") != std::string::npos);
  CHECK(refusal_of_changed("\"factors\"", "\"facters\"").find("\"facters\"") != std::string::npos);
  CHECK(refusal_of_changed("\"caption\":false,", "").find("\"caption\"") != std::string::npos);
  CHECK(refusal_of_changed("spatial", "spacial").find("\"spacial\"") != std::string::npos);
  CHECK(refusal_of_changed("\"theme\"", "\"scale\"").find("twice") != std::string::npos);
}

TEST_CASE("values that make no sense are refused", "[figure]") {
  const std::pair<const char*, const char*> changes[] = {
      {"\"factors\":6", "\"factors\":6.5"},
      {"\"factors\":6", "\"factors\":\"6\""},
      {"\"factors\":6", "\"factors\":13"},
      {"\"factors\":6", "\"factors\":1e400"},
      {"\"factors\":6", "\"factors\":18446744073709551615"},
      {"\"method\":\"linear\"", "\"method\":\"index\""},
      {"\"method\":\"linear\"", "\"method\":null"},
      {"[\"blocks.5.expand\"", "[5"},
      {"[\"blocks.5.expand\"", "[\"\""},
      {"\"settings\":{", "\"settings\":[{"},
      {"\"net.pt\"", "\"/etc/net.pt\""},
      {"\"net.pt\"", "\"..\\\\net.pt\""},
      {"\"net.pt\"", "\"..\""},
      {"\"net.pt\"", "\"net\\u0000.pt\""},
      {"\"net.pt\"", "\"\""},
      {"aaaaaaaa", "aaaaaaag"},
      {"aaaaaaaa", "aaaaaaaaa"},
      {"224x224", "224x"},
      {"\"bytes\":0", "\"bytes\":-1"},
      {"\"bytes\":0", "\"bytes\":1.5"},
      {"\"width\":2880", "\"width\":0"},
      {"\"width\":2880", "\"width\":1000000000"},
      {"\"scale\":2.0", "\"scale\":0"},
      {"\"scale\":2.0", "\"scale\":1e9"},
      {"\"theme\":\"dark\"", "\"theme\":\"blue\""},
      {"\"legend\":true", "\"legend\":1"}};
  for (const auto& [from, to] : changes) {
    INFO(from << " → " << to);
    CHECK_FALSE(refusal_of_changed(from, to).empty());
  }
}

TEST_CASE("no text, however strange, does anything but be refused", "[figure]") {
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("null"), std::string("\0", 1),
        std::string(100'000, '['), std::string("{\"format\":[]}"), std::string("{\"format\":1}"),
        "{\"a\":\"" + std::string(figure::longest_provenance, 'x') + "\"}"})
    CHECK_FALSE(refusal_of([&] { figure::provenance_from_json(text); }).empty());

  // Every single byte of a good text changed in turn: read as something that makes sense, or refused.
  const std::string good = figure::to_json(example());
  for (std::size_t i = 0; i < good.size(); ++i)
    for (const char with : {'\0', '"', '{', '9', '\\', '\xff'}) {
      std::string text = good;
      text[i] = with;
      try {
        const Provenance read = figure::provenance_from_json(text);
        CHECK(figure::provenance_from_json(figure::to_json(read)) == read);
      } catch (const Error&) {
      }
    }
}

}  // namespace tessera::test::provenance_test
