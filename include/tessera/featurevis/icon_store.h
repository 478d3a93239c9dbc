#pragma once

#include <cstdint>
#include <filesystem>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tessera/featurevis/icon.h"
#include "tessera/featurevis/icon_key.h"

namespace tessera::featurevis {

// What an entry of the store says about itself, beside its icon.
struct IconFacts {
  std::string key;
  Network network;
  std::string layer;
  std::string subject;  // for a person: "channel 17"
  Recipe recipe;        // that was asked for; attempts of another seed or length count in the icon's quality
  std::string precision;  // of the optimisation: "float32", "bfloat16"
  bool operator==(const IconFacts&) const = default;
};
IconFacts facts_of(const Network& network, const IconSubject& subject, const Recipe& recipe,
                   std::string precision);

// Finished icons on disk, one file each, named by its key: FOLDER/ab/ab….icon. Several processes may use one
// folder at once, also over a network; merging two stores is copying files.
//
// An entry is written whole or not at all, and verified when it is read: one that is damaged, cut short,
// renamed or of a later version is passed over as if it were not there, and replaced when its icon is put
// again. What is used least recently gives way when the folder grows beyond its limit. Where the folder
// cannot be written (read-only, full), icons stay in memory, up to `most_in_memory`, and `take_warning` says
// so once.
//
// Safe on any thread. No member throws but for lack of memory.
class IconStore {
 public:
  static constexpr std::uintmax_t default_limit = std::uintmax_t(2) << 30;  // bytes
  static constexpr std::size_t most_in_memory = std::size_t(64) << 20;      // bytes

  // The folder is made when something is put. Empty: everything stays in memory.
  explicit IconStore(std::filesystem::path folder, std::uintmax_t limit = default_limit);

  std::optional<Icon> find(const std::string& key);
  // Of an entry in the folder.
  std::optional<IconFacts> facts(const std::string& key) const;
  void put(const IconFacts& facts, const Icon& icon);

  // A sentence for a person about why icons are not being kept; empty where there is none or it was taken.
  std::string take_warning();

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path file_of(const std::string& key) const;

 private:
  void keep_in_memory(const std::string& key, const Icon& icon);
  void make_room(std::uintmax_t added);
  void warn(const std::string& why);

  struct Kept {
    std::string key;
    Icon icon;
  };
  const std::filesystem::path folder_;
  const std::uintmax_t limit_;
  std::mutex mutex_;
  std::optional<std::uintmax_t> used_;  // bytes in the folder, as far as this process knows
  std::list<Kept> in_memory_;           // newest first
  std::size_t memory_ = 0;
  bool warned_ = false;
  std::string warning_;
};

struct Merged {
  int copied = 0;
  int present = 0;               // a sound one was there already
  std::vector<std::string> bad;  // files that are no sound entries, passed over
};
// Copies the entries of one store's folder into another's, verifying each. The sources stay as they are.
// Throws Error where the source is no folder or the destination cannot be written.
Merged merge_stores(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace tessera::featurevis
