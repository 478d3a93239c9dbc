#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/strict_json.h"
#include "tessera/figure/grammar.h"

// Elements of a figure as JSON, without the settings.
namespace tessera::figure {

// Where a figure's grammar is refused: what it is, and where to read on.
strict_json::Subject grammar_subject();

strict_json::Json elements_to_json(const std::vector<Element>& elements);

// Throws Error for formats that are not read, unknown and missing fields and words, values out of range, and
// whatever objection() says.
std::vector<Element> elements_from_json(const strict_json::Json& json, int format);

// The elements of a text that holds nothing else: {"format": 2, "elements": […]}. Throws Error.
std::vector<Element> elements_from_text(std::string_view text);

// The format of a grammar, one of those that are read.
int format_of(const strict_json::Fields& fields);

// Throws Error unless all of `required` and nothing but those and `optional` are there.
void require_fields(const strict_json::Json& json, std::initializer_list<std::string_view> required,
                    std::initializer_list<std::string_view> optional);

}  // namespace tessera::figure
