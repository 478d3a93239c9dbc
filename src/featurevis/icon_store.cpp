#include "tessera/featurevis/icon_store.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <system_error>
#include <utility>

#include "base/read_file.h"
#include "featurevis/icon_entry.h"
#include "featurevis/store_folder.h"
#include "tessera/base/atomic_file.h"
#include "tessera/base/error.h"

namespace tessera::featurevis {
namespace {

constexpr std::size_t largest_entry = std::size_t(8) << 20;

// What is used is marked by its file's time, but not at every use: that would be a write for each look.
constexpr std::chrono::hours mark_every{1};

void mark_used(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto now = std::filesystem::file_time_type::clock::now();
  const auto last = std::filesystem::last_write_time(file, ignored);
  if (!ignored && now - last > mark_every) std::filesystem::last_write_time(file, now, ignored);
}

// Throws Error, or whatever the file's content makes of it.
IconEntry read_entry(const std::filesystem::path& file, const std::string& key) {
  IconEntry entry = decode_entry(read_file(file, largest_entry), file.string());
  if (entry.facts.key != key) throw Error("this is another icon's entry", file.string());
  return entry;
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    throw Error("the folder for icons cannot be made (" + failed.message() + ")", folder.string(),
                "Choose another with --store");
}

}  // namespace

IconFacts facts_of(const Network& network, const IconSubject& subject, const Recipe& recipe,
                   std::string precision) {
  return {icon_key(network, subject, recipe),
          network,
          subject.layer,
          to_text(subject),
          recipe,
          std::move(precision)};
}

IconStore::IconStore(std::filesystem::path folder, std::uintmax_t limit)
    : folder_(std::move(folder)), limit_(limit) {}

std::filesystem::path IconStore::file_of(const std::string& key) const {
  return folder_ / key.substr(0, 2) / (key + entry_extension);
}

std::optional<Icon> IconStore::find(const std::string& key) {
  {
    std::lock_guard lock(mutex_);
    for (const Kept& kept : in_memory_)
      if (kept.key == key) return kept.icon;
  }
  if (folder_.empty()) return std::nullopt;
  const std::filesystem::path file = file_of(key);
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::nullopt;
  try {
    Icon icon = read_entry(file, key).icon;
    mark_used(file);
    return icon;
  } catch (const Error&) {
    // Rendered again, it replaces whatever this is.
    return std::nullopt;
  }
}

std::optional<IconFacts> IconStore::facts(const std::string& key) const {
  if (folder_.empty()) return std::nullopt;
  try {
    return read_entry(file_of(key), key).facts;
  } catch (const Error&) {
    return std::nullopt;
  }
}

void IconStore::put(const IconFacts& facts, const Icon& icon) {
  if (folder_.empty()) return keep_in_memory(facts.key, icon);
  try {
    const std::string bytes = encode({facts, icon});
    const std::filesystem::path file = file_of(facts.key);
    make_folder(file.parent_path());
    write_file_atomically(file, bytes);
    make_room(bytes.size());
  } catch (const Error& error) {
    keep_in_memory(facts.key, icon);
    warn(error.what());
  }
}

void IconStore::keep_in_memory(const std::string& key, const Icon& icon) {
  std::lock_guard lock(mutex_);
  in_memory_.remove_if([&](const Kept& kept) {
    if (kept.key != key) return false;
    memory_ -= memory_cost(kept.icon);
    return true;
  });
  memory_ += memory_cost(icon);
  in_memory_.push_front({key, icon});
  while (memory_ > most_in_memory && in_memory_.size() > 1) {
    memory_ -= memory_cost(in_memory_.back().icon);
    in_memory_.pop_back();
  }
}

void IconStore::make_room(std::uintmax_t added) {
  std::lock_guard lock(mutex_);
  if (used_) *used_ += added;
  if (used_ && *used_ <= limit_) return;
  // Other processes write here too: what is known is only brought up to date when it matters.
  used_ = trim_store_folder(folder_, limit_);
}

void IconStore::warn(const std::string& why) {
  std::lock_guard lock(mutex_);
  if (std::exchange(warned_, true)) return;
  warning_ = "Icons are not kept for the next time: " + why;
}

std::string IconStore::take_warning() {
  std::lock_guard lock(mutex_);
  return std::exchange(warning_, {});
}

Merged merge_stores(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(from, ignored)) throw Error("there is no such folder", from.string());
  make_folder(to);
  const IconStore destination(to);
  Merged merged;
  for (const std::filesystem::path& file : entries_in(from)) {
    const std::string key = file.stem().string();
    const std::filesystem::path copy = destination.file_of(key);
    std::vector<std::byte> bytes;
    try {
      bytes = read_file(file, largest_entry);
      if (!is_icon_key(key) || decode_entry(bytes, file.string()).facts.key != key)
        throw Error("this is another icon's entry", file.string());
    } catch (const Error& error) {
      merged.bad.emplace_back(error.what());
      continue;
    }
    try {
      read_entry(copy, key);
      ++merged.present;
    } catch (const Error&) {
      make_folder(copy.parent_path());
      write_file_atomically(copy, bytes);
      ++merged.copied;
    }
  }
  return merged;
}

}  // namespace tessera::featurevis
