#include "featurevis/icon_entry.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/strict_json.h"
#include "featurevis/picture_bytes.h"
#include "featurevis/quality_json.h"
#include "image/encode.h"
#include "tessera/base/content_hash.h"
#include "tessera/base/error.h"

namespace tessera::featurevis {
namespace {

using strict_json::Json;

constexpr std::string_view magic = "tessera icon 1\n";
constexpr std::size_t length_bytes = 4;
constexpr std::size_t hash_digits = 32;
constexpr std::size_t most_facts = 1 << 16;

std::string hash_of(std::string_view bytes) {
  ContentHash hash;
  hash.add(std::as_bytes(std::span(bytes)));
  return hash.text();
}

Json to_json(const IconFacts& facts, const IconQuality& quality) {
  return {{"key", facts.key},
          {"model", facts.network.hash},
          {"preprocessing", facts.network.preprocessing},
          {"layer", facts.layer},
          {"subject", facts.subject},
          {"recipe", to_json(facts.recipe)},
          {"precision", facts.precision},
          {"quality", to_json(quality)}};
}

void read_facts(std::string_view text, IconEntry& entry) {
  const strict_json::Subject what{"the icon's description", ""};
  const Json json = strict_json::parse(text, what);
  const strict_json::Fields fields(json, what);
  fields.require({"key", "model", "preprocessing", "layer", "subject", "recipe", "precision", "quality"});
  entry.facts = {fields.text("key"),
                 {fields.text("model"), fields.text("preprocessing")},
                 fields.text("layer"),
                 fields.text("subject"),
                 recipe_from_json(fields.text("recipe")),
                 fields.text("precision")};
  entry.icon.quality = quality_from_json(fields.at("quality"));
}

}  // namespace

std::string encode(const IconEntry& entry) {
  const std::string facts = strict_json::dump(to_json(entry.facts, entry.icon.quality));
  std::string bytes(magic);
  for (std::size_t i = 0; i < length_bytes; ++i) bytes += char(facts.size() >> (8 * i) & 0xFF);
  bytes += facts;
  bytes += image::encode_png(entry.icon.picture);
  return bytes + hash_of(bytes);
}

IconEntry decode_entry(std::span<const std::byte> bytes, const std::string& where) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!text.starts_with(magic) || text.size() < magic.size() + length_bytes + hash_digits)
    throw Error("this is not an icon of Tessera's store", where);
  const std::string_view hash = text.substr(text.size() - hash_digits);
  text.remove_suffix(hash_digits);
  if (hash_of(text) != hash) throw Error("the stored icon is damaged", where);

  text.remove_prefix(magic.size());
  std::size_t length = 0;
  for (std::size_t i = 0; i < length_bytes; ++i) length |= std::size_t(std::uint8_t(text[i])) << (8 * i);
  text.remove_prefix(length_bytes);
  if (length > most_facts || length > text.size()) throw Error("the stored icon is damaged", where);
  IconEntry entry;
  read_facts(text.substr(0, length), entry);
  text.remove_prefix(length);
  entry.icon.picture = read_icon_picture(std::as_bytes(std::span(text)), entry.facts.recipe.size, where);
  return entry;
}

}  // namespace tessera::featurevis
