#include "model/archive.h"

#include <torch/version.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/file_kind.h"
#include "model/torch.h"
#include "tessera/base/content_hash.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// Source code and pickles of the largest networks stay far below.
constexpr std::uint64_t largest_text = std::uint64_t(256) << 20;

[[noreturn]] void refuse(const FileKind& kind, const std::string& where) {
  throw Error(kind.happened, where, kind.remedy);
}

// Throws for what does not even start as a zip archive.
void check_start(const OpenFile& file) {
  std::array<char, 2> start{};
  const std::size_t count = file.read(0, std::as_writable_bytes(std::span(start)));
  if (count < 2 || start[0] != 'P' || start[1] != 'K') refuse(kind_of_file(file), file.path().string());
}

// Throws for zip archives of something else.
void check_content(const ArchiveRecords& records, const std::string& where) {
  std::vector<std::string> names;
  for (const auto& [name, record] : records) names.insert(names.end(), {name, record.entry.name});
  const bool has_code = std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.starts_with("code/") && name.ends_with(".py");
  });
  if (has_code && records.contains("data.pkl")) return;
  if (has_code)
    throw Error("the archive is damaged: it holds a network's code but no weights", where, "Export it again");
  refuse(kind_of_archive(names), where);
}

bool is_text(std::string_view record) {
  return record.ends_with(".pkl") || record.ends_with(".py") || record.starts_with("extra/") ||
         record == "version";
}

void check_sizes(const ArchiveRecords& records, const std::string& where) {
  for (const auto& [name, record] : records)
    if (is_text(name) && record.entry.size > largest_text)
      throw Error("the archive's record " + record.entry.name + " is unreasonably large", where);
}

std::unique_ptr<caffe2::serialize::PyTorchStreamReader> open_reader(std::shared_ptr<FileBytes> bytes,
                                                                    const std::string& where) {
  try {
    return std::make_unique<caffe2::serialize::PyTorchStreamReader>(std::move(bytes));
  } catch (const std::exception& error) {
    if (std::string_view(error.what()).find("version") != std::string_view::npos)
      throw Error("the file was made by a later torch than this one (" TORCH_VERSION ")", where,
                  "Export it with an older torch, or build Tessera with a newer LibTorch");
    throw Error("the archive is damaged: LibTorch finds no network in it", where,
                "Copy or download it again");
  }
}

std::string hash_of(const FileBytes& bytes) {
  ContentHash hash;
  hash.add(bytes.all());
  return hash.text();
}

}  // namespace

Archive::Archive(const std::filesystem::path& file, const Watch& watch) : file_(file) {
  const std::string where = file.string();
  const auto told = [&](float share, std::string_view stage) {
    if (watch) watch(share, stage);
  };
  {
    // What is no network is refused by its directory: it may be large.
    const OpenFile open(file);
    check_start(open);
    records_ = name_records(read_zip_directory(open));
    check_content(records_, where);
    check_sizes(records_, where);
    bytes_ = FileBytes::read_whole(open, [&](float share) { told(0.7f * share, "reading the file"); });
  }
  hash_ = std::async(std::launch::async, [bytes = bytes_] { return hash_of(*bytes); });
  reader_ = open_reader(bytes_, where);
  check_records(records_, *reader_, *bytes_, file,
                [&](float share) { told(0.7f + 0.3f * share, "checking it"); });
  told(1, "scanning it");
}

Archive::~Archive() = default;

std::string Archive::read(const std::string& record) {
  try {
    const auto [bytes, size] = reader_->getRecord(record);
    return std::string(static_cast<const char*>(bytes.get()), size);
  } catch (const std::exception&) {
    throw Error("the archive is damaged at " + record, file_.string(), "Copy or download it again");
  }
}

std::vector<std::pair<std::string, c10::Storage>> Archive::lend(const std::string& folder) {
  std::vector<std::pair<std::string, c10::Storage>> lent;
  for (auto found = records_.lower_bound(folder); found != records_.end() && found->first.starts_with(folder);
       ++found) {
    const ArchiveRecord& record = found->second;
    if (!record.place || record.entry.size == 0) continue;
    lent_.emplace_back(c10::Storage::use_byte_size_t(), record.entry.size,
                       bytes_->lend(*record.place, record.entry.size), nullptr, /*resizable=*/false);
    lent.emplace_back(found->first.substr(folder.size()), lent_.back());
  }
  return lent;
}

}  // namespace tessera::model
