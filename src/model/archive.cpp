#include "model/archive.h"

#include <torch/version.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "model/torch.h"
#include "model/zip_check.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// Source code and pickles of the largest networks stay far below.
constexpr std::uint64_t largest_text = std::uint64_t(256) << 20;

constexpr const char* how_to_export =
    "Save it with torch.jit.save(torch.jit.script(model.eval()), \"model.pt\"), "
    "or use tools/export_torchscript.py";

// Throws for what does not even start as a zip archive.
void check_start(const FileAdapter& file, const std::string& where) {
  std::array<unsigned char, 4> start{};
  const std::size_t count = file.read(0, start.data(), start.size());
  if (count == 0) throw Error("the file is empty, not TorchScript", where);
  if (count > 1 && start[0] == 0x80 && start[1] >= 2 && start[1] <= 5)
    throw Error("this is a Python pickle (weights of an old .pth file), not TorchScript", where,
                how_to_export);
  if (count < 4 || start[0] != 'P' || start[1] != 'K')
    throw Error("this is not a TorchScript file", where, how_to_export);
}

// Throws for zip archives of something else.
void check_content(const std::map<std::string, std::uint64_t>& records, const std::string& where) {
  const auto any = [&](auto holds) {
    return std::any_of(records.begin(), records.end(), [&](const auto& item) { return holds(item.first); });
  };
  const bool has_code =
      any([](const std::string& name) { return name.starts_with("code/") && name.ends_with(".py"); });
  if (has_code && records.contains("data.pkl")) return;
  if (has_code)
    throw Error("the archive is damaged: it holds a network's code but no weights", where, "Export it again");
  if (any([](const std::string& name) {
        return name.ends_with("exported_program.json") || name.starts_with("models/") ||
               name == "archive_format";
      }))
    throw Error("this is a torch.export archive, not TorchScript", where, how_to_export);
  if (records.contains("data.pkl"))
    throw Error("this file holds weights only (a state dict) or a pickled Python object, not TorchScript",
                where, how_to_export);
  throw Error("this archive is not TorchScript", where, how_to_export);
}

bool is_text(std::string_view record) {
  return record.ends_with(".pkl") || record.ends_with(".py") || record.starts_with("extra/") ||
         record == "version";
}

}  // namespace

Archive::Archive(const std::filesystem::path& file)
    : file_(file), adapter_(std::make_shared<FileAdapter>(file)) {
  check_start(*adapter_, file.string());
  for (const auto& [name, size] : check_zip(adapter_->stream(), file)) {
    // Everything lies in one folder, whose name is of no account.
    records_.emplace(name.substr(name.find('/') + 1), size);
    if (is_text(name) && size > largest_text)
      throw Error("the archive's record " + name + " is unreasonably large", file.string());
  }
  check_content(records_, file.string());
  try {
    reader_ = std::make_unique<caffe2::serialize::PyTorchStreamReader>(adapter_);
  } catch (const std::exception& error) {
    if (std::string_view(error.what()).find("version") != std::string_view::npos)
      throw Error("the file was made by a later torch than this one (" TORCH_VERSION ")", file.string(),
                  "Export it with an older torch, or build Tessera with a newer LibTorch");
    throw Error("the archive is damaged: LibTorch finds no network in it", file.string(),
                "Copy or download it again");
  }
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

}  // namespace tessera::model
