#include "app/find_class.h"

#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::find_class_test {
namespace {

model::ModelCard card_with(std::vector<std::string> labels) {
  model::ModelCard card;
  card.name = "network";
  card.classes = int(labels.size());
  card.labels = std::move(labels);
  return card;
}

std::string refusal(const model::ModelCard& card, const std::string& named) {
  try {
    app::find_class(card, named, "--to");
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a class is found by index, by label, and by a part that only one label has", "[cli]") {
  const model::ModelCard card = card_with({"tabby cat", "tiger", "tiger cat", "crane", "crane"});
  CHECK(app::find_class(card, "4", "--to") == 4);
  CHECK(app::find_class(card, "tiger", "--to") == 1);
  CHECK(app::find_class(card, "Tiger Cat", "--to") == 2);
  CHECK(app::find_class(card, "tabb", "--to") == 0);
  CHECK(refusal(card, "5") == "--to: there is no class 5 in network. Its classes are 0 to 4");
  CHECK(refusal(card, "99999999999999999999").find("no class") != std::string::npos);
  CHECK(refusal(card, "cat") ==
        "--to: 'cat' may be any of 2 classes. Did you mean tabby cat (0) or tiger cat (2)?");
  CHECK(refusal(card, "crane").find("crane (3) or crane (4)") != std::string::npos);
  CHECK(refusal(card, "tigre") == "--to: there is no class 'tigre' in network. Did you mean tiger?");
  CHECK(!refusal(card, "").empty());
  CHECK(app::class_text(card, 2) == "tiger cat (2)");
}

TEST_CASE("classes without names have indices", "[cli]") {
  model::ModelCard card;
  card.name = "network";
  card.classes = 3;
  CHECK(app::find_class(card, "2", "--to") == 2);
  CHECK(refusal(card, "cat") == "--to: the classes of network have no names. Give an index from 0 to 2");
  CHECK(app::class_text(card, 2) == "class 2");
}

}  // namespace tessera::test::find_class_test
