#pragma once

#include <cstdint>
#include <vector>

#include "model/open_file.h"

namespace tessera::model {

// A field at the outermost level of a protobuf message.
struct ProtobufField {
  std::uint32_t number = 0;
  bool is_block = false;       // text, bytes or a message; else a number
  std::uint64_t position = 0;  // of a block's content in the file
  std::uint64_t size = 0;      // of a block's content
};

// The first fields, `most` at most; their content is not read. Empty where the file is no protobuf message:
// where a field has no number, is of an unknown kind, or reaches beyond the end.
std::vector<ProtobufField> protobuf_fields(const OpenFile& file, std::size_t most);

}  // namespace tessera::model
