#include "app/roff.h"

#include "support/catch.h"

namespace tessera::test {

namespace roff = app::roff;

TEST_CASE("roff prints a text as it is", "[cli]") {
  CHECK(roff::escaped("--model") == "\\-\\-model");
  CHECK(roff::escaped(".hidden and ./this, not that.") == "\\&.hidden and \\&./this, not that.");
  CHECK(roff::escaped("'quoted' \"twice\"") == "\\(aqquoted\\(aq \\(dqtwice\\(dq");
  CHECK(roff::escaped("a\\b") == "a\\eb");
  CHECK(roff::escaped("~/x^2") == "\\(ti/x\\(ha2");
  CHECK(roff::escaped("3 × 4 …") == "3 \\[u00D7] 4 \\[u2026]");
  CHECK(roff::escaped("\U0001F408") == "\\[u1F408]");
  CHECK(roff::escaped("crop=1,range=1, and more,") == "crop=1,\\:range=1, and more,");
  CHECK(roff::escaped("a\nb") == "a b");
}

TEST_CASE("what stands in backquotes is bold on a page", "[cli]") {
  roff::Page page("CAT", "1", "2026-11-30", "cat 1.0");
  page.section("NAME");
  page.paragraph("see `cat --help`, or `nothing");
  CHECK(page.text() ==
        ".TH CAT 1 \"2026-11-30\" \"cat 1.0\"\n.nh\n.ad l\n.SH \"NAME\"\n"
        "see \\fBcat \\-\\-help\\fR, or \\(ganothing\n");
}

TEST_CASE("long text is broken between its words", "[cli]") {
  roff::Page page("CAT", "1", "", "");
  const std::string head = page.text();
  std::string text;
  for (int i = 0; i < 60; ++i) text += (i ? " word" : "word") + std::to_string(i);
  page.paragraph(text);
  std::string lines = page.text().substr(head.size());
  REQUIRE(lines.starts_with(".PP\n"));
  lines = lines.substr(4);
  for (std::size_t begin = 0, end = 0; (end = lines.find('\n', begin)) != lines.npos; begin = end + 1) {
    CHECK(end - begin <= 80);
    if (end + 1 < lines.size()) lines[end] = ' ';
  }
  CHECK(lines == text + "\n");
}

}  // namespace tessera::test
