#include "model/archive.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "model/file_adapter.h"
#include "model/torch.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// Source code and pickles of the largest networks stay far below; compressed records could claim anything.
constexpr std::size_t largest_text = std::size_t(256) << 20;
// Weights are stored as they are, so that all records together are hardly larger than the file.
constexpr double largest_expansion = 4;

constexpr const char* how_to_export =
    "Save it with torch.jit.save(torch.jit.script(model.eval()), \"model.pt\"), "
    "or use tools/export_torchscript.py";

// What a file that is no zip archive probably is.
Error not_an_archive(const caffe2::serialize::ReadAdapterInterface& file, const std::filesystem::path& path) {
  std::array<unsigned char, 8> start{};
  const std::size_t count = file.read(0, start.data(), start.size());
  if (count == 0) return Error("the file is empty", path.string());
  if (count > 1 && start[0] == 0x80 && start[1] >= 2 && start[1] <= 5)
    return Error("this is a Python pickle (an old .pth file), not TorchScript", path.string(), how_to_export);
  if (count > 3 && start[0] == 'P' && start[1] == 'K')
    return Error("the archive is truncated or damaged", path.string(), "Copy or download it again");
  return Error("this is not a TorchScript file", path.string(), how_to_export);
}

bool is_text(std::string_view record) {
  return record.ends_with(".pkl") || record.ends_with(".py") || record.starts_with("extra/") ||
         record == "version";
}

}  // namespace

Archive::Archive(const std::filesystem::path& file) : file_(file), adapter_(open_file(file)) {
  try {
    reader_ = std::make_unique<caffe2::serialize::PyTorchStreamReader>(adapter_);
  } catch (const std::exception&) {
    throw not_an_archive(*adapter_, file);
  }
  const std::vector<std::string> all = records();
  const bool has_code = std::any_of(all.begin(), all.end(), [](const std::string& name) {
    return name.starts_with("code/") && name.ends_with(".py");
  });
  if (!has_code) {
    const auto holds = [&](std::string_view text) {
      return std::any_of(all.begin(), all.end(),
                         [&](const std::string& name) { return name.find(text) != std::string::npos; });
    };
    if (holds("exported_program") || holds("models/") || holds("archive_format"))
      throw Error("this is a torch.export archive, not TorchScript", file.string(), how_to_export);
    if (has("data.pkl"))
      throw Error("this file holds weights only (a state dict) or a pickled Python object, not TorchScript",
                  file.string(), how_to_export);
    throw Error("this archive holds no TorchScript", file.string(), how_to_export);
  }
  double total = 0;
  try {
    for (const std::string& record : all) {
      const std::size_t size = reader_->getRecordSize(record);
      total += double(size);
      if (is_text(record) && size > largest_text)
        throw Error("the archive's record " + record + " is unreasonably large", file.string());
    }
  } catch (const c10::Error&) {
    throw Error("the archive is truncated or damaged", file.string(), "Copy or download it again");
  }
  if (total > largest_expansion * double(adapter_->size()) + double(largest_text))
    throw Error("the archive would unpack to many times its size", file.string());
  hash_ = hash_content(*adapter_);
}

Archive::~Archive() = default;

std::vector<std::string> Archive::records() { return reader_->getAllRecords(); }

bool Archive::has(const std::string& record) { return reader_->hasRecord(record); }

std::string Archive::read(const std::string& record) {
  try {
    const auto [bytes, size] = reader_->getRecord(record);
    return std::string(static_cast<const char*>(bytes.get()), size);
  } catch (const std::exception&) {
    throw Error("the archive is truncated or damaged at " + record, file_.string(),
                "Copy or download it again");
  }
}

}  // namespace tessera::model
