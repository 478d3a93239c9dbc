#pragma once

#include <caffe2/serialize/read_adapter_interface.h>

#include <filesystem>
#include <memory>
#include <string>

namespace tessera::model {

// A file, opened once, for readers that jump about in it. Throws Error where it cannot be opened.
std::shared_ptr<caffe2::serialize::ReadAdapterInterface> open_file(const std::filesystem::path& file);

// XXH3-128 of all its bytes as 32 hex digits.
std::string hash_content(const caffe2::serialize::ReadAdapterInterface& file);

}  // namespace tessera::model
