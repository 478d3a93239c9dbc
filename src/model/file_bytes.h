#pragma once

#include <caffe2/serialize/read_adapter_interface.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include "model/open_file.h"
#include "model/torch.h"

namespace tessera::model {

// The whole of a file, read once into memory of its own: what was checked is what is used, whatever becomes
// of the file. A mapping of it would change with the file, and end the program where the file is cut short.
class FileBytes final : public caffe2::serialize::ReadAdapterInterface,
                        public std::enable_shared_from_this<FileBytes> {
 public:
  // `progress` hears now and then what share has been read, and stops the reading by throwing. Throws Error
  // where the file is larger than the memory, or ends before it should.
  static std::shared_ptr<FileBytes> read_whole(const OpenFile& file,
                                               const std::function<void(float)>& progress);
  ~FileBytes() override;
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  std::span<const std::byte> all() const { return bytes_; }
  std::size_t size() const override { return bytes_.size(); }
  std::size_t read(std::uint64_t position, void* buffer, std::size_t count,
                   const char* what = "") const override;

  // A part of them for a tensor, without a copy. It holds all bytes in memory, but those of parts that have
  // been lent and are used no more. A part is to be lent once.
  at::DataPtr lend(std::size_t position, std::size_t count);

 private:
  explicit FileBytes(const OpenFile& file);
  void give_back(std::span<std::byte> part);

  std::span<std::byte> bytes_;
};

}  // namespace tessera::model
