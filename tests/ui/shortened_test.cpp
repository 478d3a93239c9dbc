// What is left of a text where there is no room for all of it.
#include <imgui.h>

#include "support/catch.h"
#include "ui/widgets/shortened.h"
#include "ui/widgets/text.h"

namespace tessera::test::shortened_test {

using namespace tessera;
using ui::TextWithNames;

namespace {

// ImGui's own font, in which all letters are equally wide.
struct Letters {
  Letters() : context(ImGui::CreateContext()) {
    ImGui::SetCurrentContext(context);
    font = ImGui::GetIO().Fonts->AddFontDefault();
#if IMGUI_VERSION_NUM < 19200
    ImGui::GetIO().Fonts->Build();
#endif
  }
  ~Letters() { ImGui::DestroyContext(context); }
  Letters(const Letters&) = delete;
  Letters& operator=(const Letters&) = delete;

  float wide(int letters) const { return ui::text_size(font, "x").x * float(letters) + 0.5f; }

  ImGuiContext* context;
  ImFont* font;
};

}  // namespace

TEST_CASE("a text is cut after a word, and never within a number", "[ui]") {
  const Letters letters;
  const auto cut = [&](const char* text, int room) {
    return ui::shortened(letters.font, text, letters.wide(room));
  };
  CHECK(cut("explains a lot", 20) == "explains a lot");
  CHECK(cut("explains a good deal", 18) == "explains a good…");
  CHECK(cut("explains 97.3 of it", 12) == "explains…");
  CHECK(cut("97.3", 2) == "97.3");
  CHECK(cut("blocks.11.expand", 9) == "blocks…");
  CHECK(cut("denseblock4.conv", 13) == "denseblock4 …");
  CHECK(cut("denseblock4.conv", 12) == "denseblock…");
}

TEST_CASE("names give way before the numbers beside them", "[ui]") {
  const Letters letters;
  const TextWithNames text{"blocks.eleven.expand, channel 384", {"blocks.eleven.expand"}};
  CHECK(ui::shortened(letters.font, text, letters.wide(40)) == text.text);
  const std::string left = ui::shortened(letters.font, text, letters.wide(24));
  CHECK(left.starts_with("blocks"));
  CHECK(left.ends_with("…, channel 384"));
  CHECK(ui::text_size(letters.font, left).x <= letters.wide(24));
  CHECK(ui::has_numbers_of(text.text, left));
  CHECK_FALSE(ui::has_numbers_of(text.text, "blocks.eleven…"));
}

TEST_CASE("a text takes as many lines as it may, and is cut in the last", "[ui]") {
  const Letters letters;
  const auto lines = [&](const char* text, std::size_t most) {
    return ui::lines_of(letters.font, {text}, letters.wide(10), most);
  };
  CHECK(lines("one two", 2) == std::vector<std::string>{"one two"});
  CHECK(lines("one two three", 2) == std::vector<std::string>{"one two", "three"});
  CHECK(lines("of 14 × 14 in all", 3) == std::vector<std::string>{"of 14 × 14", "in all"});
  CHECK(lines("one four 3 × 3", 3) == std::vector<std::string>{"one four", "3 × 3"});
  CHECK(lines("one two three four five", 2) == std::vector<std::string>{"one two", "three…"});
}

}  // namespace tessera::test::shortened_test
