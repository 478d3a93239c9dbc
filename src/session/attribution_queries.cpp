#include "tessera/session/attribution_queries.h"

#include <cstdio>

#include "tessera/base/error.h"

namespace tessera::session {
namespace {

// A query's identity, a line for each thing that decides its answer.
class Key {
 public:
  Key(const ModelRef& model, const ImageRef& image) : text_(model.key() + '\n' + image.key()) {}

  Key& add(const std::string& line) {
    text_ += '\n' + line;
    return *this;
  }
  Key& add(int value) { return add(std::to_string(value)); }
  Key& add(attribution::Baseline baseline) { return add(to_text(baseline)); }
  Key& add(const attribution::GradientRules& rules) { return add(to_text(rules)); }
  // Objectives and atoms with numbers that are not finite have no JSON, and no answer either.
  Key& add(const attribution::Objective& objective) {
    add(layer_of(objective));
    return add_json(objective);
  }
  Key& add(const attribution::Atoms& atoms) { return add_json(atoms); }
  template <class T>
  Key& add(const std::optional<T>& value) {
    return value ? add(*value) : add(std::string("none"));
  }
  Key& add(const std::vector<attribution::Group>& groups) {
    return add(attribution::Atoms(attribution::GroupShares{groups}));
  }
  Key& exactly(float value) {
    char digits[40];
    std::snprintf(digits, sizeof digits, "%a", double(value));
    return add(std::string(digits));
  }

  std::string text() const { return text_; }

 private:
  template <class T>
  Key& add_json(const T& value) {
    try {
      return add(to_json(value));
    } catch (const Error& error) {
      return add(std::string(error.what()));
    }
  }

  std::string text_;
};

std::string key_of(const ModelRef& model, const ImageRef& image,
                   const attribution::AttributionRequest& request) {
  return Key(model, image)
      .add(request.method)
      .add(request.layer)
      .add(request.objective)
      .add(request.rules)
      .add(request.baseline)
      .add(request.steps)
      .add(request.paths)
      .exactly(request.noise)
      .add(std::to_string(request.seed))
      .add(request.ablated)
      .text();
}

}  // namespace

std::string Attribute::key() const { return key_of(model, image, request); }
std::string RuleDifference::key() const { return key_of(model, image, request); }

std::string AssessTrust::key() const {
  return Key(model, image)
      .add(request.layer)
      .add(request.objective)
      .add(request.atoms)
      .add(request.rules)
      .add(request.baseline)
      .add(request.steps)
      .add(request.most)
      .text();
}

std::string AttributeAllClasses::key() const {
  return Key(model, image)
      .add(request.layer)
      .add(request.atoms)
      .add(request.steps)
      .add(request.baseline)
      .add(request.rules)
      .text();
}

std::string LayerToLayer::key() const {
  return Key(model, image)
      .add(request.layer)
      .add(request.atoms)
      .add(request.other)
      .add(request.other_atoms)
      .add(request.towards)
      .add(request.steps)
      .add(request.baseline)
      .add(request.rules)
      .text();
}

std::string Flows::key() const {
  return Key(model, image)
      .add(request.earlier)
      .add(request.earlier_groups)
      .add(request.later)
      .add(request.later_groups)
      .add(request.towards)
      .add(request.steps)
      .add(request.rules)
      .text();
}

}  // namespace tessera::session
