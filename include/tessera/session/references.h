#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "tessera/model/device.h"
#include "tessera/model/preprocessing.h"
#include "tessera/session/removal.h"

namespace tessera::session {

// A file as it was when somebody chose it: a changed file is another reference.
struct FileStamp {
  std::filesystem::path path;  // absolute
  std::int64_t modified = 0;   // file clock ticks; 0 where there is no such file
  std::uintmax_t size = 0;

  bool operator==(const FileStamp&) const = default;
};
FileStamp stamp(const std::filesystem::path& path);

struct ImageRef {
  FileStamp file;
  std::string key() const;
  bool operator==(const ImageRef&) const = default;
};

// Everything that decides how a model behaves.
struct ModelRef {
  FileStamp file;
  std::optional<model::Preprocessing> preprocessing;  // where the user gave one
  model::DeviceChoice device = model::DeviceChoice::automatic;
  std::shared_ptr<const Removal> without = nullptr;  // what the network does without, if anything
  std::string key() const;
  bool operator==(const ModelRef& other) const;
};

// The network with all that it has. Icons are made with it: what a channel detects does not change because
// another is taken away.
ModelRef intact(ModelRef model);

}  // namespace tessera::session
