#include <array>
#include <string>
#include <vector>

#include "tessera/figure/grammar.h"

namespace tessera::figure {
namespace {

constexpr std::array stratum_words{"input", "hidden", "output"};
constexpr std::array atoms_words{"group", "position", "channel", "neuron", "whole"};
constexpr std::array content_words{"activations", "attribution"};
constexpr std::array presentation_words{"information", "feature"};
constexpr std::array sort_words{"value", "magnitude", "index"};

std::string names_of(const std::vector<std::string>& layers) {
  std::string names;
  for (const std::string& layer : layers) names += (names.empty() ? "" : ", ") + layer;
  return names;
}

std::string whole(const Element& element) {
  if (element.stratum == Stratum::input) return "the whole input";
  return element.layers.empty() ? "whole hidden layers" : "all of " + names_of(element.layers);
}

std::string many(const Element& element) {
  if (element.stratum == Stratum::output) return "classes";
  const bool input = element.stratum == Stratum::input;
  const std::string of = " of " + (input                    ? std::string("the input")
                                   : element.layers.empty() ? std::string("hidden layers")
                                                            : names_of(element.layers));
  switch (element.atoms) {
    case Atoms::group:
      return "groups" + of;
    case Atoms::position:
      return (input ? "pixels" : "positions") + of;
    case Atoms::channel:
      return (input ? "colour planes" : "channels") + of;
    case Atoms::neuron:
      return (input ? "single values" : "neurons") + of;
    case Atoms::whole:
      return whole(element);
  }
  return {};
}

std::string one(const Target& target) {
  if (target.stratum == Stratum::output) return "a class";
  const std::string of = target.layer.empty() ? "" : " of " + target.layer;
  return (target.layer.empty() ? "a hidden " : "a ") + to_text(target.atoms) + of;
}

}  // namespace

std::string to_text(Stratum stratum) { return stratum_words[std::size_t(stratum)]; }
std::string to_text(Atoms atoms) { return atoms_words[std::size_t(atoms)]; }
std::string to_text(Content content) { return content_words[std::size_t(content)]; }
std::string to_text(Presentation presentation) { return presentation_words[std::size_t(presentation)]; }
std::string to_text(SortBy by) { return sort_words[std::size_t(by)]; }

std::string describe(const Element& element, const std::string& target) {
  std::string text = "Activations of " + many(element);
  if (element.content == Content::attribution && element.towards) {
    const bool is_one = element.stratum == Stratum::input && element.atoms == Atoms::whole;
    text = "What " + many(element) + (is_one ? " contributes to " : " contribute to ") +
           (target.empty() ? one(*element.towards) : target);
  }
  text += element.presentation == Presentation::feature ? ", as icons" : ", as graphics";
  if (const Filter* filter = find<Filter>(element)) text += ", filtered by " + std::to_string(filter->by + 1);
  if (const Sort* sort = find<Sort>(element)) text += ", sorted by " + to_text(sort->by);
  if (const Top* top = find<Top>(element)) text += ", the first " + std::to_string(top->count);
  if (const Project* project = find<Project>(element)) text += ", on the grid of " + project->layer;
  return text;
}

}  // namespace tessera::figure
