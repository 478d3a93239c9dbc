#include "app/progress_line.h"

#include <cstdio>

#include "app/channel_range.h"
#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::progress_line_test {

TEST_CASE("times are written as a clock shows them", "[cli]") {
  CHECK(app::clock_text(0) == "0:00");
  CHECK(app::clock_text(59.6) == "1:00");
  CHECK(app::clock_text(61) == "1:01");
  CHECK(app::clock_text(3723) == "1:02:03");
  CHECK(app::clock_text(-5) == "0:00");
}

TEST_CASE("progress tells what is done, how fast and what is left, but guesses nothing at the start",
          "[cli]") {
  std::FILE* nowhere = std::fopen("/dev/null", "w");
  REQUIRE(nowhere);
  {
    const app::ProgressLine line("icons", 40, nowhere, true);
    CHECK(line.text(0, 0) == "[                        ] 0 of 40 icons");
    CHECK(line.text(10, 1) == "[######                  ] 10 of 40 icons");
    CHECK(line.text(10.5, 60) == "[######                  ] 10 of 40 icons, 10.5 a minute, 2:49 left");
    CHECK(line.text(40, 60) == "[########################] 40 of 40 icons, 40.0 a minute, 0:00 left");
  }
  std::fclose(nowhere);
}

TEST_CASE("channels are one, several or all", "[cli]") {
  const auto is = [](const std::string& text, int first, int last) {
    const app::ChannelRange range = app::channel_range(text, 64);
    return range.first == first && range.last == last;
  };
  CHECK(is("", 0, 63));
  CHECK(is("17", 17, 17));
  CHECK(is("3-5", 3, 5));
  CHECK(is("63-63", 63, 63));
  for (const char* text : {"64", "0-64", "5-3", "-1", "a", "1-", "-", "1-2-3", "1,2"})
    CHECK_THROWS_AS(app::channel_range(text, 64), Error);
}

}  // namespace tessera::test::progress_line_test
