#pragma once

#include <caffe2/serialize/inline_container.h>

#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/archive_records.h"
#include "model/file_bytes.h"

namespace tessera::model {

// A TorchScript archive: a zip file with pickled data and TorchScript source. It is read once, as a whole:
// what was checked and scanned is what is loaded.
class Archive {
 public:
  // Hears now and then how far it has come, up to 1, and stops it by throwing.
  using Watch = std::function<void(float share, std::string_view stage)>;

  // Throws Error for: no such file, not an archive, truncated or damaged, a state dict or another pickle, a
  // torch.export archive, records that claim absurd sizes.
  explicit Archive(const std::filesystem::path& file, const Watch& watch = {});
  ~Archive();

  const std::filesystem::path& file() const { return file_; }
  std::string hash() const { return hash_.get(); }  // XXH3-128 of the file's bytes, 32 hex digits

  // By their names without the archive's own folder.
  const ArchiveRecords& records() const { return records_; }
  bool has(const std::string& record) const { return records_.contains(record); }
  std::string read(const std::string& record);  // throws Error where it is broken

  // For torch's unpickler: its own way to the records, and the weights in a folder ("data/") that need not be
  // copied, by their names there. To be asked once for each folder.
  caffe2::serialize::PyTorchStreamReader& reader() { return *reader_; }
  std::vector<std::pair<std::string, c10::Storage>> lend(const std::string& folder);

 private:
  std::filesystem::path file_;
  std::shared_ptr<FileBytes> bytes_;
  ArchiveRecords records_;
  std::unique_ptr<caffe2::serialize::PyTorchStreamReader> reader_;
  std::vector<c10::Storage> lent_;  // what is given back reads as zero: none is, while there is the archive
  std::shared_future<std::string> hash_;
};

}  // namespace tessera::model
