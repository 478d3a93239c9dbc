#include "tessera/base/content_hash.h"

#include <xxhash.h>

#include <algorithm>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "tessera/base/cancelled.h"
#include "tessera/base/error.h"

namespace tessera {
namespace {

constexpr std::size_t piece = std::size_t(1) << 18;
constexpr std::size_t length = 32;
constexpr std::string_view digits = "0123456789abcdef";

}  // namespace

struct ContentHash::State {
  XXH3_state_t* hash = XXH3_createState();
  State() { XXH3_128bits_reset(hash); }
  ~State() { XXH3_freeState(hash); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

ContentHash::ContentHash() : state_(std::make_unique<State>()) {}
ContentHash::~ContentHash() = default;

void ContentHash::add(std::span<const std::byte> bytes) {
  XXH3_128bits_update(state_->hash, bytes.data(), bytes.size());
}

std::string ContentHash::text() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_->hash));
  std::string text;
  for (const unsigned char byte : canonical.digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string content_hash(const std::filesystem::path& file, const std::function<bool()>& stop) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) throw Error("there is no such file", file.string());
  if (!std::filesystem::is_regular_file(file, ignored)) throw Error("this is not a file", file.string());
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error("the file cannot be opened", file.string(), "Check its permissions");
  ContentHash hash;
  std::vector<char> buffer(piece);
  while (in) {
    if (stop && stop()) throw Cancelled{};
    in.read(buffer.data(), std::streamsize(buffer.size()));
    hash.add(std::as_bytes(std::span(buffer.data(), std::size_t(in.gcount()))));
  }
  if (in.bad()) throw Error("the file could not be read completely", file.string());
  return hash.text();
}

bool is_content_hash(std::string_view text) {
  return text.size() == length && std::all_of(text.begin(), text.end(), [](char letter) {
           return digits.find(letter) != std::string_view::npos;
         });
}

}  // namespace tessera
