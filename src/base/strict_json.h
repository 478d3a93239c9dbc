#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

// JSON that describes objectives and atoms, read without forgiveness: it may come from a file of a
// stranger's.
namespace tessera::attribution::strict_json {

using Json = nlohmann::ordered_json;

// `what` is told to the person ("the objective"). Throws Error for what is not JSON or names a field twice.
Json parse(std::string_view text, const std::string& what);

// Text of what `parse` reads; names that are not UTF-8 lose the bytes that are not.
std::string dump(const Json& json);

// An object whose fields all have to be there, and no others.
class Fields {
 public:
  // Throws Error where `json` is no object. Must outlive neither of its arguments.
  Fields(const Json& json, std::string what);

  // Throws Error unless these are the fields, in any order.
  void require(std::initializer_list<std::string_view> names) const;
  bool has(const char* name) const { return json_.contains(name); }

  // All throw Error where the field is missing or something else.
  const Json& at(const char* name) const;
  std::string text(const char* name) const;
  bool truth(const char* name) const;
  int index(const char* name) const;                   // ≥ 0
  std::vector<float> numbers(const char* name) const;  // finite
  const Json& list(const char* name) const;            // an array

  [[noreturn]] void refuse(const std::string& why) const;

 private:
  const Json& json_;
  std::string what_;
};

// Throws Error, with `what`, where the value is no whole number that an int ≥ 0 can hold.
int index(const Json& value, const std::string& what);

// As `numbers` above, to be written. Throws Error where one is not finite: it could not be read again.
Json numbers(const std::vector<float>& values, const std::string& what);

}  // namespace tessera::attribution::strict_json
