#include "tessera/image/png_text.h"

#include <zlib.h>

#include <cstdint>
#include <fstream>
#include <system_error>

#include "image/text_chunk.h"
#include "tessera/base/error.h"

namespace tessera::image {
namespace {

// A file of millions of empty chunks is nobody's picture, and takes for ever to walk through.
constexpr int most_chunks = 100'000;
constexpr std::size_t longest_keyword = 80;  // with the zero byte behind it

class ChunkWalker {
 public:
  explicit ChunkWalker(const std::filesystem::path& file) : where_(file.string()) {
    std::error_code problem;
    const auto status = std::filesystem::status(file, problem);
    if (!std::filesystem::exists(status)) throw Error("there is no such file", where_);
    if (!std::filesystem::is_regular_file(status)) throw Error("this is not a file", where_);
    left_ = std::filesystem::file_size(file, problem);
    if (!problem) in_.open(file, std::ios::binary);
    if (!in_.is_open()) throw Error("the file cannot be opened", where_, "Check its permissions");
  }

  bool is_png() { return left_ >= 8 && read(8) == "\x89PNG\r\n\x1A\n"; }

  struct Header {
    std::uint32_t length;
    std::string type;
  };
  Header header() {
    if (++chunks_ > most_chunks) refuse("has too many parts");
    const std::string bytes = read(8);
    const Header header{big32(bytes), bytes.substr(4)};
    if (std::uint64_t(header.length) + 4 > left_) refuse("ends before its picture does");
    return header;
  }

  // The first bytes of what comes next, which is still to come afterwards.
  std::string start(std::size_t count) {
    const std::uint64_t left = left_;
    const std::string bytes = read(count);
    in_.seekg(-std::streamoff(count), std::ios::cur);
    left_ = left;
    return bytes;
  }

  void pass_over(const Header& header) {
    const std::uint64_t bytes = std::uint64_t(header.length) + 4;
    in_.seekg(std::streamoff(bytes), std::ios::cur);
    left_ -= bytes;
  }

  // The body; its checksum is checked.
  std::string body(const Header& header) {
    const std::string body = read(header.length);
    uLong checksum = crc32_z(0, reinterpret_cast<const Bytef*>(header.type.data()), header.type.size());
    checksum = crc32_z(checksum, reinterpret_cast<const Bytef*>(body.data()), body.size());
    if (checksum != big32(read(4))) refuse("is damaged: a checksum is wrong");
    return body;
  }

  [[noreturn]] void refuse(const std::string& why) const {
    throw Error("the PNG picture " + why, where_, "Copy or download it again");
  }
  const std::string& where() const { return where_; }

 private:
  std::string read(std::size_t count) {
    if (count > left_) refuse("ends before its picture does");
    std::string bytes(count, '\0');
    in_.read(bytes.data(), std::streamsize(count));
    if (in_.gcount() != std::streamsize(count)) throw Error("the file could not be read completely", where_);
    left_ -= count;
    return bytes;
  }
  static std::uint32_t big32(std::string_view bytes) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | std::uint8_t(bytes[std::size_t(i)]);
    return value;
  }

  std::string where_;
  std::ifstream in_;
  std::uint64_t left_ = 0;
  int chunks_ = 0;
};

}  // namespace

std::optional<std::string> read_png_text(const std::filesystem::path& file, std::string_view keyword,
                                         std::size_t most_bytes) {
  ChunkWalker walker(file);
  if (!walker.is_png()) return std::nullopt;
  // What a chunk has beside its text: keyword, flags, a language, the keyword translated. Deflate does not
  // make longer what it cannot shorten by more than this, either.
  const std::size_t longest_body = most_bytes + 4096;
  std::optional<std::string> found;
  for (auto header = walker.header(); header.type != "IEND"; header = walker.header()) {
    if (!is_text_chunk(header.type) || header.length > longest_body) {
      if (is_text_chunk(header.type) && keyword_of(walker.start(longest_keyword)) == keyword)
        throw Error("a text in the PNG picture is too long", walker.where());
      walker.pass_over(header);
      continue;
    }
    const std::string body = walker.body(header);
    if (keyword_of(body) != keyword) continue;
    if (found) walker.refuse("has two texts \"" + std::string(keyword) + "\"");
    try {
      found = decode_text(header.type, body, most_bytes);
    } catch (const Error& error) {
      throw Error(error.happened(), walker.where(), error.remedy());
    }
  }
  return found;
}

}  // namespace tessera::image
