#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace tessera {

// XXH3-128 of bytes that come in pieces: what a file holds, whatever it is called. Tells files apart; proves
// nothing against somebody who makes two alike on purpose.
class ContentHash {
 public:
  ContentHash();
  ~ContentHash();
  ContentHash(const ContentHash&) = delete;
  ContentHash& operator=(const ContentHash&) = delete;

  void add(std::span<const std::byte> bytes);
  std::string text() const;  // of all so far, 32 hex digits

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Of a regular file, read in pieces. `stop` is asked between them; where it says yes, Cancelled is thrown.
// Throws Error where the file cannot be read.
std::string content_hash(const std::filesystem::path& file, const std::function<bool()>& stop = {});

// Whether a text can be one: 32 lower-case hex digits.
bool is_content_hash(std::string_view text);

}  // namespace tessera
