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
        "--to: 'cat' may be any of 2 classes. Did you mean tabby cat (0) or tiger cat (2)? '#0' names the "
        "first of them by its index");
  CHECK(refusal(card, "crane").find("crane (3) or crane (4)") != std::string::npos);
  CHECK(refusal(card, "tigre") == "--to: there is no class 'tigre' in network. Did you mean tiger?");
  CHECK(!refusal(card, "").empty());
  CHECK(app::class_text(card, 2) == "tiger cat (2)");
}

TEST_CASE("a number is a label where one is that number, else an index", "[cli]") {
  // Folders in the order of sorted text.
  const model::ModelCard card = card_with({"0", "1", "10", "11", "2", "3", "4", "5", "6", "7", "8", "9"});
  CHECK(app::find_class(card, "2", "--to") == 4);
  CHECK(app::find_class(card, "02", "--to") == 4);
  CHECK(app::find_class(card, "10", "--to") == 2);
  CHECK(app::find_class(card, "#2", "--to") == 2);
  CHECK(refusal(card, "12") == "--to: there is no class 12 in network. Its classes are 0 to 11");
  CHECK(refusal(card, "#12") == "--to: there is no class #12 in network. Its classes are 0 to 11");
  CHECK(app::class_text(card, 4) == "2 (index 4)");
  CHECK(app::note_on_class(card, "2", "--to") ==
        "2 is the label of the class with index 4; '#2' is the class with index 2, labelled 10");
  CHECK(app::note_on_class(card, "0", "--to").empty());
  CHECK(app::note_on_class(card, "#2", "--to").empty());

  const model::ModelCard from_one = card_with({"001", "002", "003"});
  CHECK(app::find_class(from_one, "2", "--to") == 1);
  CHECK(app::find_class(from_one, "3", "--to") == 2);
  CHECK(app::find_class(from_one, "0", "--to") == 0);
  CHECK(app::note_on_class(from_one, "0", "--to") ==
        "0 is the index of the class labelled 001, since no label is 0");

  const model::ModelCard words = card_with({"all", "Öl", "Straße 3", "3"});
  CHECK(app::find_class(words, "3", "--to") == 3);
  CHECK(app::find_class(words, "2", "--to") == 2);
  CHECK(app::note_on_class(words, "2", "--to").empty());
  CHECK(app::find_class(words, "all", "--minus") == 0);
}

TEST_CASE("a label is found in any case, in any script", "[cli]") {
  const model::ModelCard card = card_with({"all", "Öl", "Straße 3", "3"});
  CHECK(app::find_class(card, "öl", "--to") == 1);
  CHECK(app::find_class(card, "ÖL", "--to") == 1);
  CHECK(app::find_class(card, "straße 3", "--to") == 2);
  CHECK(app::find_class(card, "STRASSE 3", "--to") == 2);
  CHECK(app::find_class(card, "RASSE", "--to") == 2);
}

TEST_CASE("two classes of one label are told apart by their indices", "[cli]") {
  const model::ModelCard card = card_with({"7", "5", "5"});
  CHECK(refusal(card, "5").find("5 (index 1) or 5 (index 2)? '#1' names the first") != std::string::npos);
  CHECK(app::find_class(card, "#2", "--to") == 2);
}

TEST_CASE("classes without names have indices", "[cli]") {
  model::ModelCard card;
  card.name = "network";
  card.classes = 3;
  CHECK(app::find_class(card, "2", "--to") == 2);
  CHECK(app::find_class(card, "#2", "--to") == 2);
  CHECK(app::note_on_class(card, "2", "--to").empty());
  CHECK(refusal(card, "cat") == "--to: the classes of network have no names. Give an index from 0 to 2");
  CHECK(app::class_text(card, 2) == "class 2");
}

}  // namespace tessera::test::find_class_test
