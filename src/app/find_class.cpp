#include "app/find_class.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

#include "app/nearest_names.h"
#include "tessera/base/error.h"

namespace tessera::app {
namespace {

constexpr std::size_t most_suggestions = 5;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return char(std::tolower(c)); });
  return text;
}

bool all_digits(const std::string& text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

int by_index(const model::ModelCard& card, const std::string& named, const std::string& option) {
  int index = 0;
  const auto read = std::from_chars(named.data(), named.data() + named.size(), index);
  if (read.ec != std::errc{} || index >= card.classes)
    throw Error("there is no class " + named + " in " + card.name, option,
                "Its classes are 0 to " + std::to_string(card.classes - 1));
  return index;
}

// Labels that are `named`, or that have it in them.
std::vector<int> matches(const model::ModelCard& card, const std::string& named, bool whole) {
  std::vector<int> found;
  for (std::size_t i = 0; i < card.labels.size(); ++i) {
    const std::string label = lower(card.labels[i]);
    if (whole ? label == named : label.find(named) != std::string::npos) found.push_back(int(i));
  }
  return found;
}

[[noreturn]] void refuse_ambiguous(const model::ModelCard& card, const std::string& named,
                                   const std::string& option, const std::vector<int>& found) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(most_suggestions, found.size()); ++i)
    names.push_back(class_text(card, found[i]));
  throw Error("'" + named + "' may be any of " + std::to_string(found.size()) + " classes", option,
              "Did you mean " + joined_with_or(names) + "?");
}

}  // namespace

int find_class(const model::ModelCard& card, const std::string& named, const std::string& option) {
  if (card.labels.empty() || all_digits(named)) {
    if (!all_digits(named))
      throw Error("the classes of " + card.name + " have no names", option,
                  "Give an index from 0 to " + std::to_string(card.classes - 1));
    return by_index(card, named, option);
  }
  if (named.empty()) throw Error("no class is named", option, "Give a label or an index");
  for (const bool whole : {true, false}) {
    const std::vector<int> found = matches(card, lower(named), whole);
    if (found.size() == 1) return found.front();
    if (found.size() > 1) refuse_ambiguous(card, named, option, found);
  }
  const std::vector<std::string> nearest = nearest_names(named, card.labels);
  throw Error("there is no class '" + named + "' in " + card.name, option,
              nearest.empty() ? "`tessera inspect --json` lists the classes"
                              : "Did you mean " + joined_with_or(nearest) + "?");
}

std::string class_text(const model::ModelCard& card, int index) {
  const auto i = std::size_t(index);
  return i < card.labels.size() ? card.labels[i] + " (" + std::to_string(index) + ")"
                                : "class " + std::to_string(index);
}

}  // namespace tessera::app
