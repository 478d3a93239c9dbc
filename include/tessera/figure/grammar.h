#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

// The words that figures are made of ("The Building Blocks of Interpretability", Olah et al. 2018): an
// element shows some content of the atoms of some layers in a presentation, after operations.
namespace tessera::figure {

// The columns of the design space. The input and the output are one layer each.
enum class Stratum { input, hidden, output };

// What a layer is broken into; the rows of the design space. The input's positions are its pixels, its
// channels the colour planes; the output's neurons are the classes.
enum class Atoms { group, position, channel, neuron, whole };

enum class Content { activations, attribution };
enum class Presentation { information, feature };  // information graphics, feature visualisation

// Another element decides which atoms are shown. Of the same atoms: those that it ranks first. Of others:
// what the selected atom of that element has to do with them, as a channel chooses where it is active.
struct Filter {
  int by = 0;  // index of the other element
  bool operator==(const Filter&) const = default;
};

enum class SortBy { value, magnitude, index };  // largest first; index: as the layer counts them
struct Sort {
  SortBy by = SortBy::value;
  bool operator==(const Sort&) const = default;
};

struct Top {
  int count = 6;  // 1 to most_shown
  bool operator==(const Top&) const = default;
};

// Laid over the grid of another layer, whose cells get the mean of what lies in them.
struct Project {
  std::string layer;
  bool operator==(const Project&) const = default;
};

using Operation = std::variant<Filter, Sort, Top, Project>;

// What is contributed to: the other end of an attribution.
struct Target {
  Stratum stratum = Stratum::output;
  Atoms atoms = Atoms::neuron;
  std::string layer = {};  // of a hidden one; empty: the selected atom's, else as the view suggests
  bool operator==(const Target&) const = default;
};

struct Element {
  Content content = Content::activations;
  Presentation presentation = Presentation::information;
  Stratum stratum = Stratum::hidden;
  Atoms atoms = Atoms::channel;
  std::vector<std::string> layers = {};  // hidden ones by name; empty: those that are shown
  std::optional<Target> towards = {};    // of attributions, and only of those
  std::vector<Operation> operations = {};
  bool operator==(const Element&) const = default;
};

inline constexpr std::size_t most_elements = 12;
inline constexpr std::size_t most_operations = 4;  // one of each
inline constexpr int most_shown = 64;

inline constexpr Stratum strata[] = {Stratum::input, Stratum::hidden, Stratum::output};
inline constexpr Atoms kinds_of_atoms[] = {Atoms::group, Atoms::position, Atoms::channel, Atoms::neuron,
                                           Atoms::whole};
inline constexpr Content contents[] = {Content::activations, Content::attribution};
inline constexpr Presentation presentations[] = {Presentation::information, Presentation::feature};

// The operation of a kind, or nullptr.
template <class Kind>
const Kind* find(const Element& element) {
  for (const Operation& operation : element.operations)
    if (const Kind* found = std::get_if<Kind>(&operation)) return found;
  return nullptr;
}

// "hidden", "position", "attribution", "feature", "magnitude": as in JSON.
std::string to_text(Stratum stratum);
std::string to_text(Atoms atoms);
std::string to_text(Content content);
std::string to_text(Presentation presentation);
std::string to_text(SortBy by);

// For a person, without a full stop: "What pixels of the input contribute to a hidden group, as graphics".
// `target`: what its other end is called, where more is known than its kind.
std::string describe(const Element& element, const std::string& target = {});

// What speaks against it, in a sentence; nothing: it is legal. By itself; as part of a figure; and in a
// model, whose layers are given in the order of computation ("input" among them).
std::optional<std::string> objection(const Element& element);
std::optional<std::string> objection(std::span<const Element> elements);
std::optional<std::string> objection(std::span<const Element> elements, std::span<const std::string> layers);

}  // namespace tessera::figure
