#include "featurevis/pack_index.h"

#include <bit>
#include <cmath>
#include <limits>

#include "base/strict_json.h"
#include "tessera/base/content_hash.h"
#include "tessera/base/error.h"

namespace tessera::featurevis::pack {
namespace {

using strict_json::Json;

[[noreturn]] void damaged(const std::string& why, const std::string& where) {
  throw Error("the pack of icons is damaged: " + why, where, "Fetch or render it again");
}

class Writer {
 public:
  template <class T>
  Writer& number(T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) bytes += char(std::uint64_t(value) >> (8 * i) & 0xFF);
    return *this;
  }
  Writer& number(float value) { return number(std::bit_cast<std::uint32_t>(value)); }
  std::string bytes;
};

// The caller has checked that there are as many bytes.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <class T>
  T number() {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value |= std::uint64_t(std::uint8_t(rest_[i])) << (8 * i);
    rest_.remove_prefix(sizeof(T));
    return T(value);
  }
  float real() { return std::bit_cast<float>(number<std::uint32_t>()); }
  std::string_view text(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

 private:
  std::string_view rest_;
};

PackHeader parse_header(std::string_view text) {
  const strict_json::Subject what{"the header of the pack of icons", ""};
  const Json json = strict_json::parse(text, what);
  const strict_json::Fields fields(json, what);
  fields.require({"model_hash", "preprocessing", "model", "layer", "recipe", "precision", "channels"});
  PackHeader header{{fields.text("model_hash"), fields.text("preprocessing")},
                    fields.text("model"),
                    fields.text("layer"),
                    recipe_from_json(fields.text("recipe")),
                    fields.text("precision"),
                    fields.index("channels")};
  if (header.channels < 1 || header.channels > most_channels)
    fields.refuse("has no sensible number of channels");
  if (!is_content_hash(header.network.hash)) fields.refuse("has a model's hash that is none");
  return header;
}

PackHeader read_header(std::string_view text, const std::string& where) {
  try {
    return parse_header(text);
  } catch (const Error& error) {
    throw Error(error.happened(), where, "Fetch or render it again");
  }
}

void write(Writer& writer, const Entry& entry) {
  writer.number(entry.offset).number(entry.length);
  writer.number(std::uint32_t(entry.quality.steps)).number(entry.quality.objective);
  writer.number(entry.quality.natural.value_or(std::numeric_limits<float>::quiet_NaN()));
  writer.number(std::uint8_t(entry.quality.failure)).number(std::uint8_t(entry.quality.settled));
  writer.number(std::uint16_t(std::min(entry.quality.attempts, 0xFFFF))).number(entry.quality.peak);
  writer.bytes += entry.length > 0 ? entry.hash : std::string(hash_digits, '0');
}

Entry read_entry(std::string_view bytes, std::size_t front, std::size_t file, const std::string& where) {
  Reader reader(bytes);
  Entry entry;
  entry.offset = reader.number<std::uint64_t>();
  entry.length = reader.number<std::uint32_t>();
  const auto steps = reader.number<std::uint32_t>();
  entry.quality.objective = reader.real();
  const float natural = reader.real();
  const auto failure = reader.number<std::uint8_t>();
  const auto settled = reader.number<std::uint8_t>();
  entry.quality.attempts = reader.number<std::uint16_t>();
  entry.quality.peak = reader.real();
  entry.hash = reader.text(hash_digits);
  if (entry.length == 0) return entry;
  if (entry.offset < front || entry.offset > file || entry.length > file - entry.offset)
    damaged("a picture lies outside of it", where);
  if (steps > 1'000'000 || failure > std::uint8_t(Failure::weak) || settled > 1 ||
      entry.quality.attempts < 1 || !std::isfinite(entry.quality.objective) ||
      !std::isfinite(entry.quality.peak) || std::isinf(natural))
    damaged("an icon's quality makes no sense", where);
  entry.quality.steps = int(steps);
  entry.quality.failure = Failure(failure);
  entry.quality.settled = settled == 1;
  if (!std::isnan(natural)) entry.quality.natural = natural;
  return entry;
}

}  // namespace

std::size_t front_bytes(std::size_t header_bytes, std::size_t channels) {
  return fixed_bytes + header_bytes + channels * entry_bytes + hash_digits;
}

std::string header_text(const PackHeader& header) {
  return strict_json::dump({{"model_hash", header.network.hash},
                            {"preprocessing", header.network.preprocessing},
                            {"model", header.model},
                            {"layer", header.layer},
                            {"recipe", to_json(header.recipe)},
                            {"precision", header.precision},
                            {"channels", header.channels}});
}

std::string encode(const Front& front, const std::string& header, std::uint64_t file_bytes) {
  Writer writer;
  writer.bytes = magic;
  writer.number(version).number(std::uint32_t(header.size())).number(file_bytes);
  writer.bytes += header;
  for (const Entry& entry : front.entries) write(writer, entry);
  return writer.bytes + hash_of(std::as_bytes(std::span(writer.bytes)));
}

Front decode(std::span<const std::byte> bytes, const std::string& where) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!text.starts_with(magic) || text.size() < fixed_bytes)
    throw Error("this is not a pack of icons", where);
  Reader fixed(text.substr(magic.size()));
  if (fixed.number<std::uint32_t>() != version)
    throw Error("the pack of icons is of a version that cannot be read", where, "Render it again");
  const std::size_t header_bytes = fixed.number<std::uint32_t>();
  if (fixed.number<std::uint64_t>() != text.size()) damaged("it is cut short", where);
  if (header_bytes > most_header || header_bytes > text.size() - fixed_bytes)
    damaged("it is too short", where);

  Front front;
  front.header = read_header(text.substr(fixed_bytes, header_bytes), where);
  const auto channels = std::size_t(front.header.channels);
  const std::size_t end = front_bytes(header_bytes, channels);
  if (end > text.size()) damaged("it is too short for its channels", where);
  if (hash_of(bytes.first(end - hash_digits)) != text.substr(end - hash_digits, hash_digits))
    damaged("its checksum is wrong", where);
  front.entries.reserve(channels);
  for (std::size_t i = 0; i < channels; ++i)
    front.entries.push_back(read_entry(text.substr(fixed_bytes + header_bytes + i * entry_bytes, entry_bytes),
                                       end, text.size(), where));
  return front;
}

std::string hash_of(std::span<const std::byte> bytes) {
  ContentHash hash;
  hash.add(bytes);
  return hash.text();
}

}  // namespace tessera::featurevis::pack
