#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "tessera/attribution/atoms.h"
#include "tessera/attribution/method.h"
#include "tessera/attribution/objective.h"
#include "tessera/attribution/rules.h"
#include "tessera/base/error.h"
#include "tessera/session/references.h"

namespace tessera::session {

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
    return add(attribution::Atoms(attribution::GroupShares{groups, {}}));
  }
  Key& exactly(double value) {
    char digits[40];
    std::snprintf(digits, sizeof digits, "%a", value);
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

}  // namespace tessera::session
