#include "figure/elements_json.h"

#include <algorithm>

#include "tessera/base/error.h"
#include "tessera/figure/setting.h"
#include "tessera/figure/spec.h"

namespace tessera::figure {
namespace {

using strict_json::Fields;
using strict_json::Json;
using strict_json::Subject;

constexpr int oldest_format = 1;  // had one "layer" where there are "layers" now

[[noreturn]] void refuse(const std::string& why) { strict_json::refuse(grammar_subject(), why); }

template <class Word, std::size_t N>
Word word_of(const Fields& fields, const char* field, const Word (&words)[N]) {
  const std::string text = fields.text(field);
  std::string listed;
  for (const Word word : words) {
    if (to_text(word) == text) return word;
    listed += (listed.empty() ? "" : ", ") + to_text(word);
  }
  refuse("has a " + std::string(field) + " that is none of " + listed);
}

std::string layer_name(const Fields& fields, const char* field) {
  std::string name = fields.text(field);
  if (name.empty() || name.size() > longest_text)
    refuse("has a " + std::string(field) + " of a senseless length");
  return name;
}

std::vector<std::string> layers_from(const Fields& fields) {
  std::vector<std::string> layers;
  for (const Json& item : fields.list("layers")) {
    if (!item.is_string()) refuse("has something else than names in \"layers\"");
    layers.push_back(item.get<std::string>());
    if (layers.back().empty() || layers.back().size() > longest_text)
      refuse("has a layer’s name of a senseless length");
    if (layers.size() > longest_list) refuse("names more than " + std::to_string(longest_list) + " layers");
  }
  return layers;
}

Target target_from(const Json& json) {
  require_fields(json, {"stratum", "atoms"}, {"layer"});
  const Fields fields(json, grammar_subject());
  Target target{word_of(fields, "stratum", strata), word_of(fields, "atoms", kinds_of_atoms), {}};
  if (fields.has("layer")) target.layer = layer_name(fields, "layer");
  return target;
}

constexpr SortBy orders[] = {SortBy::value, SortBy::magnitude, SortBy::index};

Operation operation_from(const Json& json) {
  const Fields fields(json, grammar_subject());
  const std::string kind = fields.text("do");
  if (kind == "filter") {
    fields.require({"do", "by"});
    return Filter{fields.index("by")};
  }
  if (kind == "sort") {
    fields.require({"do", "by"});
    return Sort{word_of(fields, "by", orders)};
  }
  if (kind == "top") {
    fields.require({"do", "count"});
    return Top{fields.index("count")};
  }
  if (kind == "project") {
    fields.require({"do", "layer"});
    return Project{layer_name(fields, "layer")};
  }
  refuse("has an operation that is none of filter, sort, top, project");
}

Json operation_to_json(const Operation& operation) {
  struct Write {
    Json operator()(const Filter& filter) const { return {{"do", "filter"}, {"by", filter.by}}; }
    Json operator()(const Sort& sort) const { return {{"do", "sort"}, {"by", to_text(sort.by)}}; }
    Json operator()(const Top& top) const { return {{"do", "top"}, {"count", top.count}}; }
    Json operator()(const Project& project) const { return {{"do", "project"}, {"layer", project.layer}}; }
  };
  return std::visit(Write{}, operation);
}

Json element_to_json(const Element& element) {
  Json json{{"content", to_text(element.content)},
            {"presentation", to_text(element.presentation)},
            {"stratum", to_text(element.stratum)},
            {"atoms", to_text(element.atoms)}};
  if (!element.layers.empty()) json["layers"] = element.layers;
  if (const auto& towards = element.towards) {
    json["towards"] = {{"stratum", to_text(towards->stratum)}, {"atoms", to_text(towards->atoms)}};
    if (!towards->layer.empty()) json["towards"]["layer"] = towards->layer;
  }
  if (!element.operations.empty()) json["operations"] = Json::array();
  for (const Operation& operation : element.operations)
    json["operations"].push_back(operation_to_json(operation));
  return json;
}

Element element_from(const Json& json, int format) {
  const std::string_view layers = format == oldest_format ? "layer" : "layers";
  require_fields(json, {"content", "presentation", "stratum", "atoms"}, {layers, "towards", "operations"});
  const Fields fields(json, grammar_subject());
  Element element;
  element.content = word_of(fields, "content", contents);
  element.presentation = word_of(fields, "presentation", presentations);
  element.stratum = word_of(fields, "stratum", strata);
  element.atoms = word_of(fields, "atoms", kinds_of_atoms);
  if (fields.has("layer")) element.layers = {layer_name(fields, "layer")};
  if (fields.has("layers")) element.layers = layers_from(fields);
  if (fields.has("towards")) element.towards = target_from(fields.at("towards"));
  if (!fields.has("operations")) return element;
  const Json& operations = fields.list("operations");
  if (operations.size() > most_operations) refuse("has an element with too many operations");
  for (const Json& operation : operations) element.operations.push_back(operation_from(operation));
  return element;
}

}  // namespace

Subject grammar_subject() { return {"the figure’s grammar", "docs/grammar.md says how one is written"}; }

void require_fields(const Json& json, std::initializer_list<std::string_view> required,
                    std::initializer_list<std::string_view> optional) {
  if (!json.is_object()) refuse("has something else where a JSON object belongs");
  for (const auto& [name, value] : json.items())
    if (std::ranges::find(required, name) == required.end() &&
        std::ranges::find(optional, name) == optional.end())
      refuse("has a field that it does not know, \"" + name.substr(0, longest_text) + "\"");
  for (const std::string_view name : required)
    if (!json.contains(std::string(name))) refuse("lacks the field \"" + std::string(name) + "\"");
}

int format_of(const Fields& fields) {
  const int found = fields.index("format");
  if (found >= oldest_format && found <= spec_format) return found;
  throw Error("the figure’s grammar is in format " + std::to_string(found) + ", where this Tessera reads " +
                  std::to_string(oldest_format) + " to " + std::to_string(spec_format),
              "",
              found > spec_format ? "Update Tessera to open it" : "Write it again, as docs/grammar.md says");
}

Json elements_to_json(const std::vector<Element>& elements) {
  Json json = Json::array();
  for (const Element& element : elements) json.push_back(element_to_json(element));
  return json;
}

std::vector<Element> elements_from_json(const Json& json, int format) {
  if (!json.is_array()) refuse("has \"elements\" that are not a list");
  if (json.size() > most_elements) refuse("has more than " + std::to_string(most_elements) + " elements");
  std::vector<Element> elements;
  for (const Json& item : json) elements.push_back(element_from(item, format));
  if (const auto why = objection(elements)) refuse("does not hold together. " + *why);
  return elements;
}

std::vector<Element> elements_from_text(std::string_view text) {
  if (text.size() > longest_spec) refuse("is too long to be read");
  const Json json = strict_json::parse(text, grammar_subject());
  const Fields fields(json, grammar_subject());
  const int format = format_of(fields);
  fields.require({"format", "elements"});
  return elements_from_json(fields.at("elements"), format);
}

}  // namespace tessera::figure
