#include "tessera/featurevis/icon_key.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>

#include "tessera/base/content_hash.h"

namespace tessera::featurevis {
namespace {

// Puts values into a hash so that different lists of them give different bytes, the same on every machine.
class Hasher {
 public:
  Hasher& add(std::string_view text) {
    add(std::uint64_t(text.size()));
    hash_.add(std::as_bytes(std::span(text)));
    return *this;
  }
  Hasher& add(std::uint64_t number) {
    std::array<std::byte, 8> bytes;
    for (std::byte& byte : bytes) {
      byte = std::byte(number & 0xFF);
      number >>= 8;
    }
    hash_.add(bytes);
    return *this;
  }
  Hasher& add(float number) {
    return add(std::uint64_t(number == 0 ? 0u : std::bit_cast<std::uint32_t>(number)));
  }
  std::string text() const { return hash_.text(); }

 private:
  ContentHash hash_;
};

// Every kind of objective begins with its name, so that no two can look alike.
struct ObjectiveHasher {
  Hasher& hasher;

  void operator()(const Channel& of) const { hasher.add("channel").add(std::uint64_t(of.channel)); }
  void operator()(const CentreNeuron& of) const { hasher.add("neuron").add(std::uint64_t(of.channel)); }
  void operator()(const Direction& of) const {
    hasher.add("direction").add(of.cosine_power);
    add(of.direction);
  }
  void operator()(const ClassLogit& of) const { hasher.add("class").add(std::uint64_t(of.index)); }
  void operator()(const Caricature& of) const {
    hasher.add("caricature").add(of.cosine_power);
    hasher.add(std::uint64_t(of.height)).add(std::uint64_t(of.width));
    add(of.values);
  }
  void add(const std::vector<float>& values) const {
    hasher.add(std::uint64_t(values.size()));
    for (const float value : values) hasher.add(value);
  }
};

void add(Hasher& hasher, const IconSubject& subject, const Recipe& recipe) {
  // A class logit is of no layer.
  hasher.add(std::holds_alternative<ClassLogit>(subject.objective) ? std::string_view() : subject.layer);
  std::visit(ObjectiveHasher{hasher}, subject.objective);
  hasher.add(std::uint64_t(subject.negative)).add(to_json(recipe));
}

}  // namespace

std::string icon_key(const Network& network, const IconSubject& subject, const Recipe& recipe) {
  Hasher hasher;
  hasher.add("tessera icon").add(network.hash).add(network.preprocessing);
  add(hasher, subject, recipe);
  return hasher.text();
}

std::string icon_digest(const IconSubject& subject, const Recipe& recipe) {
  Hasher hasher;
  add(hasher, subject, recipe);
  return hasher.text();
}

std::string to_text(const IconSubject& subject) {
  struct Name {
    std::string operator()(const Channel& of) const { return "channel " + std::to_string(of.channel); }
    std::string operator()(const CentreNeuron& of) const { return "neuron " + std::to_string(of.channel); }
    std::string operator()(const Direction&) const { return "direction"; }
    std::string operator()(const ClassLogit& of) const { return "class " + std::to_string(of.index); }
    std::string operator()(const Caricature&) const { return "caricature"; }
  };
  return (subject.negative ? "−" : "") + std::visit(Name{}, subject.objective);
}

std::optional<int> channel_of(const IconSubject& subject) {
  const auto* channel = std::get_if<Channel>(&subject.objective);
  if (!channel || subject.negative) return std::nullopt;
  return channel->channel;
}

bool is_icon_key(std::string_view text) { return is_content_hash(text); }

}  // namespace tessera::featurevis
