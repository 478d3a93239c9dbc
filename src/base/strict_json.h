#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

// JSON read without forgiveness: it may come from a file of a stranger's.
namespace tessera::strict_json {

using Json = nlohmann::ordered_json;

// What is read, as told to the person where it is refused.
struct Subject {
  std::string name;    // "the objective"
  std::string remedy;  // "See docs/attribution.md for how it is written"; may be empty
};
[[noreturn]] void refuse(const Subject& subject, const std::string& why);

// Throws Error for what is not JSON, names a field twice or is nested deeply.
Json parse(std::string_view text, const Subject& subject);

// Text of what `parse` reads; names that are not UTF-8 lose the bytes that are not.
std::string dump(const Json& json);

// An object whose fields all have to be there, and no others.
class Fields {
 public:
  // Throws Error where `json` is no object. Must not outlive `json`.
  Fields(const Json& json, Subject subject);

  // Throws Error unless these are the fields, in any order.
  void require(std::initializer_list<std::string_view> names) const;
  bool has(const char* name) const { return json_.contains(name); }

  // All throw Error where the field is missing or something else.
  const Json& at(const char* name) const;
  std::string text(const char* name) const;
  bool truth(const char* name) const;
  int index(const char* name) const;                   // ≥ 0
  float number(const char* name) const;                // finite
  std::vector<float> numbers(const char* name) const;  // finite
  const Json& list(const char* name) const;            // an array

  [[noreturn]] void refuse(const std::string& why) const;

 private:
  const Json& json_;
  Subject subject_;
};

// Throws Error where the value is no whole number that an int ≥ 0 can hold.
int index(const Json& value, const Subject& subject);

// As `numbers` above, to be written. Throws Error where one is not finite: it could not be read again.
Json numbers(const std::vector<float>& values, const Subject& subject);

}  // namespace tessera::strict_json
