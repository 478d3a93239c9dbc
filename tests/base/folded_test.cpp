#include "base/folded.h"

#include "support/catch.h"

namespace tessera::test::folded_test {

TEST_CASE("text is the same in any case, in any script and however accents are written", "[base]") {
  CHECK(folded("Tiger Cat 3") == "tiger cat 3");
  CHECK(folded("ÖL") == folded("öl"));
  CHECK(folded("Straße 3") == folded("STRASSE 3"));
  CHECK(folded("STRAẞE") == folded("strasse"));
  CHECK(folded("ΣΊΣΥΦΟΣ") == folded("Σίσυφος"));
  CHECK(folded("ЖУК") == "жук");
  CHECK(folded("O\u0308l") == folded("öl"));  // a letter and a combining diaeresis
  CHECK(folded("öl") != folded("ol"));
  CHECK(folded("").empty());
}

TEST_CASE("text that is not UTF-8 still folds its ASCII letters", "[base]") {
  CHECK(folded("\xffNet.PT") == "\xffnet.pt");
}

}  // namespace tessera::test::folded_test
