#include "tessera/figure/catalogue.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "figure/refusal.h"
#include "support/catch.h"

namespace tessera::test::catalogue_test {

using namespace tessera;

namespace {

bool is_plain(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char letter) {
    return std::islower(letter) || std::isdigit(letter) || letter == '_';
  });
}

}  // namespace

TEST_CASE("names are plain words and told apart", "[figure]") {
  std::set<std::string> names;
  for (const figure::Figure& known : figure::catalogue()) {
    INFO(known.name);
    CHECK(is_plain(known.name));
    CHECK(names.insert(known.name).second);
    CHECK_FALSE(known.title.empty());
    CHECK_FALSE(known.sentence.empty());
    CHECK(figure::find_figure(known.name) == &known);
    std::set<std::string> keys;
    for (const figure::Setting& setting : known.settings) {
      INFO(setting.key);
      CHECK(is_plain(setting.key));
      CHECK(keys.insert(setting.key).second);
      CHECK_FALSE(setting.sentence.empty());
      CHECK_FALSE(setting.sentence.ends_with('.'));
      CHECK(known.find(setting.key) == &setting);
    }
  }
  CHECK(names.contains("overview"));
  CHECK(figure::find_figure("Overview") == nullptr);
  CHECK(figure::find_figure("") == nullptr);
}

TEST_CASE("what is usual is possible", "[figure]") {
  for (const figure::Figure& known : figure::catalogue())
    for (const figure::Setting& setting : known.settings) {
      INFO(known.name << " " << setting.key);
      CHECK_FALSE(figure::possible_values(setting).empty());
      if (!setting.usual) continue;
      CHECK_NOTHROW(figure::check(setting, *setting.usual));
      CHECK(figure::value_from_text(setting, figure::to_text(*setting.usual)) == *setting.usual);
    }
}

TEST_CASE("settings that a figure does not have are refused", "[figure]") {
  const figure::Figure& spatial = *figure::find_figure("spatial");
  CHECK_NOTHROW(figure::check(spatial, {{"factors", std::int64_t(4)}}));
  CHECK(test::refusal_of([&] {
          figure::check(spatial, {{"facters", std::int64_t(4)}});
        }) == "the figure spatial has no setting 'facters'");
}

}  // namespace tessera::test::catalogue_test
