#include "model/protobuf_fields.h"

#include <array>
#include <optional>

namespace tessera::model {
namespace {

class Walk {
 public:
  explicit Walk(const OpenFile& file) : file_(file) {}

  bool at_end() const { return position_ == file_.size(); }

  std::optional<ProtobufField> next() {
    const auto tag = number();
    if (!tag || *tag >> 3 == 0 || *tag >> 3 > largest_number) return std::nullopt;
    ProtobufField field;
    field.number = std::uint32_t(*tag >> 3);
    switch (*tag & 7) {
      case 0:
        if (!number()) return std::nullopt;
        return field;
      case 1:
        return skip(8) ? std::optional(field) : std::nullopt;
      case 2: {
        const auto size = number();
        if (!size) return std::nullopt;
        field.is_block = true;
        field.position = position_;
        field.size = *size;
        return skip(*size) ? std::optional(field) : std::nullopt;
      }
      case 5:
        return skip(4) ? std::optional(field) : std::nullopt;
      default:
        return std::nullopt;
    }
  }

 private:
  static constexpr std::uint64_t largest_number = (1u << 29) - 1;

  bool skip(std::uint64_t count) {
    if (count > file_.size() - position_) return false;
    position_ += count;
    return true;
  }

  // Seven bits a byte, the lowest first.
  std::optional<std::uint64_t> number() {
    std::array<std::byte, 10> bytes{};
    const std::size_t count = file_.read(position_, bytes);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      value |= std::uint64_t(bytes[i] & std::byte(0x7f)) << (7 * i);
      if ((bytes[i] & std::byte(0x80)) != std::byte(0)) continue;
      position_ += i + 1;
      return value;
    }
    return std::nullopt;
  }

  const OpenFile& file_;
  std::uint64_t position_ = 0;
};

}  // namespace

std::vector<ProtobufField> protobuf_fields(const OpenFile& file, std::size_t most) {
  std::vector<ProtobufField> fields;
  Walk walk(file);
  while (!walk.at_end() && fields.size() < most) {
    const auto field = walk.next();
    if (!field) return {};
    fields.push_back(*field);
  }
  return fields;
}

}  // namespace tessera::model
