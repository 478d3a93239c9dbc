#pragma once

#include <caffe2/serialize/inline_container.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "model/file_adapter.h"

namespace tessera::model {

// A TorchScript archive: a zip file with pickled data and TorchScript source. The scanner and the loader read
// it through the same open file and the same reader, so that what was scanned is what is loaded.
class Archive {
 public:
  // Throws Error for: no such file, not an archive, truncated or damaged, a state dict or another pickle, a
  // torch.export archive, records that claim absurd sizes.
  explicit Archive(const std::filesystem::path& file);
  ~Archive();

  const std::filesystem::path& file() const { return file_; }
  std::string hash() const { return adapter_->hash(); }  // XXH3-128 of the file's bytes, 32 hex digits

  // Names without the archive's own folder → size in bytes.
  const std::map<std::string, std::uint64_t>& records() const { return records_; }
  bool has(const std::string& record) const { return records_.contains(record); }
  std::string read(const std::string& record);  // throws Error where it is broken

  // For torch::jit::load.
  std::shared_ptr<caffe2::serialize::ReadAdapterInterface> adapter() const { return adapter_; }

 private:
  std::filesystem::path file_;
  std::shared_ptr<FileAdapter> adapter_;
  std::map<std::string, std::uint64_t> records_;
  std::unique_ptr<caffe2::serialize::PyTorchStreamReader> reader_;
};

}  // namespace tessera::model
