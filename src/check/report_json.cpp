#include <cmath>
#include <limits>

#include "base/in_quotes.h"
#include "base/strict_json.h"
#include "tessera/base/error.h"
#include "tessera/check/report.h"

namespace tessera::check {
namespace {

using strict_json::Fields;
using strict_json::Json;

constexpr int report_version = 1;
constexpr const char* see_check = "See docs/check.md for how it is written";

// A disagreement may well not be finite: that is what fails then, and has to survive.
Json number_json(const std::optional<double>& value) {
  if (!value) return nullptr;
  if (std::isfinite(*value)) return *value;
  return std::isnan(*value) ? "NaN" : *value > 0 ? "Infinity" : "-Infinity";
}

std::optional<double> number_from(const Fields& fields, const char* name) {
  const Json& value = fields.at(name);
  if (value.is_null()) return std::nullopt;
  if (value == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (value == "Infinity") return std::numeric_limits<double>::infinity();
  if (value == "-Infinity") return -std::numeric_limits<double>::infinity();
  if (!value.is_number()) fields.refuse("has a " + in_quotes(name) + " that is not a number");
  return value.get<double>();
}

// The value whose text it is.
template <class Word>
Word word_from(const Fields& fields, const char* name, Word last) {
  const std::string text = fields.text(name);
  for (int i = 0; i <= int(last); ++i)
    if (to_text(Word(i)) == text) return Word(i);
  fields.refuse("has a " + in_quotes(name) + " that it does not know, " + in_quotes(text));
}

Json to_json(const Line& line) {
  return {{"kind", to_text(line.kind)},       {"layer", line.layer},
          {"outcome", to_text(line.outcome)}, {"measured", number_json(line.measured)},
          {"limit", number_json(line.limit)}, {"sentence", line.sentence}};
}

Line line_from(const Json& json, const strict_json::Subject& subject) {
  const Fields fields(json, subject);
  fields.require({"kind", "layer", "outcome", "measured", "limit", "sentence"});
  return {word_from(fields, "kind", Kind(kinds - 1)),
          fields.text("layer"),
          word_from(fields, "outcome", Outcome::skipped),
          number_from(fields, "measured"),
          number_from(fields, "limit"),
          fields.text("sentence")};
}

Report report_from(std::string_view text) {
  const strict_json::Subject subject{"the report of a check", see_check};
  const Json json = strict_json::parse(text, subject);
  const Fields fields(json, subject);
  if (fields.index("tessera_check") != report_version)
    fields.refuse("is of version " + std::to_string(fields.index("tessera_check")) + ", and not of " +
                  std::to_string(report_version));
  fields.require({"tessera_check", "model", "picture", "seconds", "lines"});
  Report report{fields.text("model"), fields.text("picture"), 0, {}};
  const auto seconds = number_from(fields, "seconds");
  if (!seconds || !std::isfinite(*seconds) || *seconds < 0)
    fields.refuse("has \"seconds\" that are not a number from 0 up");
  report.seconds = *seconds;
  for (const Json& line : fields.list("lines"))
    report.lines.push_back(line_from(line, {"a line of the report of a check", see_check}));
  return report;
}

}  // namespace

std::string to_json(const Report& report) {
  Json lines = Json::array();
  for (const Line& line : report.lines) lines.push_back(to_json(line));
  const Json json{{"tessera_check", report_version},
                  {"model", report.model},
                  {"picture", report.picture},
                  {"seconds", std::isfinite(report.seconds) ? report.seconds : 0.0},
                  {"lines", std::move(lines)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Report report_from_json(std::string_view text, const std::string& where) {
  try {
    return report_from(text);
  } catch (const Error& error) {
    throw Error(error.happened(), where, error.remedy());
  }
}

}  // namespace tessera::check
