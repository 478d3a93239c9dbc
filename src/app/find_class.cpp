#include "app/find_class.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "app/nearest_names.h"
#include "base/all_digits.h"
#include "base/folded.h"
#include "tessera/base/error.h"

namespace tessera::app {
namespace {

constexpr std::size_t most_suggestions = 5;
constexpr char index_sign = '#';

// Nothing where the model has no such class.
std::optional<int> index_in(const model::ModelCard& card, std::string_view digits) {
  int index = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (read.ec != std::errc{} || index >= card.classes) return std::nullopt;
  return index;
}

int by_index(const model::ModelCard& card, std::string_view digits, const std::string& named,
             const std::string& option) {
  if (const auto index = index_in(card, digits)) return *index;
  throw Error("there is no class " + named + " in " + card.name, option,
              "Its classes are 0 to " + std::to_string(card.classes - 1));
}

std::string_view without_zeros(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
}

std::vector<int> classes_where(const model::ModelCard& card,
                               const std::function<bool(const std::string& label)>& matches) {
  std::vector<int> found;
  for (std::size_t i = 0; i < card.labels.size(); ++i)
    if (matches(card.labels[i])) found.push_back(int(i));
  return found;
}

// The classes whose label is what is named, else, for a number, those whose label is that number.
std::vector<int> labelled(const model::ModelCard& card, const std::string& named) {
  const std::string wanted = folded(named);
  std::vector<int> found =
      classes_where(card, [&](const std::string& label) { return folded(label) == wanted; });
  if (found.empty() && all_digits(named))
    found = classes_where(card, [&](const std::string& label) {
      return all_digits(label) && without_zeros(label) == without_zeros(named);
    });
  return found;
}

std::vector<int> labelled_in_part(const model::ModelCard& card, const std::string& named) {
  const std::string wanted = folded(named);
  return classes_where(
      card, [&](const std::string& label) { return folded(label).find(wanted) != std::string::npos; });
}

[[noreturn]] void refuse_ambiguous(const model::ModelCard& card, const std::string& named,
                                   const std::string& option, const std::vector<int>& found) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(most_suggestions, found.size()); ++i)
    names.push_back(class_text(card, found[i]));
  throw Error("'" + named + "' may be any of " + std::to_string(found.size()) + " classes", option,
              "Did you mean " + joined_with_or(names) + "? '" + index_sign + std::to_string(found.front()) +
                  "' names the first of them by its index");
}

[[noreturn]] void refuse_unknown(const model::ModelCard& card, const std::string& named,
                                 const std::string& option) {
  const std::vector<std::string> nearest = nearest_names(named, card.labels);
  throw Error("there is no class '" + named + "' in " + card.name, option,
              nearest.empty() ? "`tessera inspect --json` lists the classes"
                              : "Did you mean " + joined_with_or(nearest) + "?");
}

}  // namespace

int find_class(const model::ModelCard& card, const std::string& named, const std::string& option) {
  if (named.starts_with(index_sign) && all_digits(named.substr(1)))
    return by_index(card, std::string_view(named).substr(1), named, option);
  if (card.labels.empty() && !all_digits(named))
    throw Error("the classes of " + card.name + " have no names", option,
                "Give an index from 0 to " + std::to_string(card.classes - 1));
  if (named.empty()) throw Error("no class is named", option, "Give a label or an index");
  std::vector<int> found = labelled(card, named);
  if (found.empty() && all_digits(named)) return by_index(card, named, named, option);
  if (found.empty()) found = labelled_in_part(card, named);
  if (found.empty()) refuse_unknown(card, named, option);
  if (found.size() > 1) refuse_ambiguous(card, named, option, found);
  return found.front();
}

std::string note_on_class(const model::ModelCard& card, const std::string& named, const std::string& option) {
  if (!all_digits(named) || card.labels.empty()) return {};
  const int found = find_class(card, named, option);
  if (labelled(card, named).empty()) {
    const std::string& label = card.labels[std::size_t(found)];
    return all_digits(label)
               ? named + " is the index of the class labelled " + label + ", since no label is " + named
               : std::string();
  }
  const std::optional<int> other = index_in(card, named);
  if (!other || *other == found) return {};
  return named + " is the label of the class with index " + std::to_string(found) + "; '" + index_sign +
         named + "' is the class with index " + std::to_string(*other) + ", labelled " +
         card.labels[std::size_t(*other)];
}

std::string class_text(const model::ModelCard& card, int index) {
  const auto i = std::size_t(index);
  if (i >= card.labels.size()) return "class " + std::to_string(index);
  return card.labels[i] + (all_digits(card.labels[i]) ? " (index " : " (") + std::to_string(index) + ")";
}

}  // namespace tessera::app
