#include "model/file_kind.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string_view>
#include <system_error>

#include "model/protobuf_fields.h"

namespace tessera::model {
namespace {

using namespace std::string_view_literals;

constexpr const char* export_it =
    "Save it with torch.jit.save(torch.jit.script(model.eval()), \"model.pt\"), "
    "or use tools/export_torchscript.py";
constexpr const char* export_with_weights =
    "Export its network with them: tools/export_torchscript.py --module net.py:Net --weights FILE -o "
    "model.pt";
constexpr const char* export_original =
    "Export the PyTorch network that it was made of with tools/export_torchscript.py";
constexpr const char* only_pytorch =
    "Tessera opens networks of PyTorch: rebuild it there, and export it with tools/export_torchscript.py";
constexpr const char* give_model = "Give a TorchScript file with --model";

FileKind not_torchscript(const std::string& what, const char* remedy) {
  return {"this is " + what + ", not TorchScript", remedy};
}

// Whether a byte may stand in UTF-8 that a person wrote.
bool may_be_in_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const bool never_in_utf8 = byte == 0xc0 || byte == 0xc1 || byte >= 0xf5;
  return byte < 0x20 ? "\t\n\f\r"sv.find(c) != std::string_view::npos : byte != 0x7f && !never_in_utf8;
}

// The beginning of a file, up to where the magic numbers of tar and of text are told.
class Start {
 public:
  explicit Start(const OpenFile& file)
      : size_(file.read(0, std::as_writable_bytes(std::span(bytes_)))), file_size_(file.size()) {}

  std::string_view text() const { return {bytes_.data(), size_}; }
  bool has(std::string_view magic, std::size_t at = 0) const {
    return size_ >= at + magic.size() && text().substr(at, magic.size()) == magic;
  }
  unsigned char byte(std::size_t at) const { return at < size_ ? static_cast<unsigned char>(bytes_[at]) : 0; }

  // A header of JSON after its length in eight bytes, the lowest first.
  bool is_safetensors() const {
    std::uint64_t length = 0;
    for (std::size_t i = 8; i-- > 0;) length = length << 8 | byte(i);
    return byte(8) == '{' && length >= 2 && length <= file_size_ - 8;
  }

  bool is_text() const { return size_ > 0 && std::ranges::all_of(text(), may_be_in_text); }

 private:
  std::array<char, 512> bytes_{};
  std::size_t size_ = 0;
  std::size_t file_size_ = 0;
};

struct Magic {
  std::string_view bytes;
  std::size_t at;
  const char* what;
  const char* remedy;
};

constexpr const char* unpack = "Unpack it and give the network that is in it";

constexpr std::array magics{
    Magic{"\x89HDF\r\n\x1a\n"sv, 0, "an HDF5 file (a network or weights of Keras)", only_pytorch},
    Magic{"GGUF"sv, 0, "a GGUF file (a language model's weights)", only_pytorch},
    Magic{"TFL3"sv, 4, "a network of TensorFlow Lite", only_pytorch},
    Magic{"PTMF"sv, 4, "a network for PyTorch Mobile", export_original},
    Magic{"ET12"sv, 4, "a network for ExecuTorch", export_original},
    Magic{"\x93NUMPY"sv, 0, "an array of NumPy", give_model},
    Magic{"MATLAB 5.0 MAT-file"sv, 0, "a MATLAB file", only_pytorch},
    Magic{"\x89PNG\r\n\x1a\n"sv, 0, "a picture", give_model},
    Magic{"\xff\xd8\xff"sv, 0, "a picture", give_model},
    Magic{"\x7f\x45LF"sv, 0, "a program or library (ELF)", export_original},
    Magic{"\x1f\x8b"sv, 0, "a compressed file (gzip)", unpack},
    Magic{"\xfd\x37zXZ\0"sv, 0, "a compressed file (xz)", unpack},
    Magic{"\x28\xb5\x2f\xfd"sv, 0, "a compressed file (Zstandard)", unpack},
    Magic{"BZh"sv, 0, "a compressed file (bzip2)", unpack},
    Magic{"7z\xbc\xaf\x27\x1c"sv, 0, "an archive (7z)", unpack},
};

// The names that torch before 0.1.10 gave the parts of a file.
bool is_torch_tar(const Start& start) {
  const std::string_view name = start.text().substr(0, start.text().find('\0'));
  constexpr std::array parts{"sys_info"sv, "pickle"sv, "storages"sv, "tensors"sv};
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return name.ends_with(part); });
}

std::optional<FileKind> kind_of_text(const Start& start) {
  if (!start.is_text()) return std::nullopt;
  if (start.has("version https://git-lfs.github.com"))
    return FileKind{"this only stands for a file that Git LFS keeps elsewhere, it is not TorchScript",
                    "Fetch the file itself with `git lfs pull`"};
  const std::size_t first = start.text().find_first_not_of(" \t\r\n");
  const std::string_view begins = start.text().substr(std::min(first, start.text().size()));
  if (begins.starts_with("<!DOCTYPE html") || begins.starts_with("<!doctype html") ||
      begins.starts_with("<html"))
    return FileKind{"this is a web page, not TorchScript", "Download the file itself rather than its page"};
  return FileKind{"this is plain text, not a TorchScript file", export_it};
}

// The first node's name, as the graphs of TensorFlow begin: a message that begins with text.
bool begins_with_text(const OpenFile& file, const ProtobufField& field) {
  std::array<char, 3> bytes{};
  if (field.size < bytes.size() || file.read(field.position, std::as_writable_bytes(std::span(bytes))) < 3)
    return false;
  return bytes[0] == '\x0a' && bytes[1] > 0 && std::uint64_t(bytes[1]) + 2 <= field.size && bytes[2] > ' ' &&
         bytes[2] < '\x7f';
}

// ONNX's ModelProto, TensorFlow's SavedModel and GraphDef, Caffe's NetParameter: by the numbers of their
// fields.
std::optional<FileKind> kind_of_protobuf(const OpenFile& file) {
  constexpr std::size_t most_fields = 1000;
  const std::vector<ProtobufField> fields = protobuf_fields(file, most_fields);
  if (fields.empty()) return std::nullopt;
  const auto holds = [&](std::uint32_t number, bool is_block) {
    return std::any_of(fields.begin(), fields.end(), [&](const ProtobufField& field) {
      return field.number == number && field.is_block == is_block;
    });
  };
  const auto all_up_to = [&](std::uint32_t most) {
    return std::all_of(fields.begin(), fields.end(),
                       [&](const ProtobufField& field) { return field.number <= most; });
  };
  if (holds(1, false) && holds(7, true) && all_up_to(26))
    return not_torchscript(
        "an ONNX network",
        "Export the PyTorch network that it was made of with tools/export_torchscript.py, or "
        "make one of it with onnx2torch first");
  if (holds(1, false) && holds(2, true) && all_up_to(2))
    return not_torchscript("a SavedModel of TensorFlow", only_pytorch);
  if (!fields.front().is_block || fields.front().number != 1) return std::nullopt;
  if (holds(100, true)) return not_torchscript("a network of Caffe", only_pytorch);
  if (all_up_to(5) && begins_with_text(file, fields.front()))
    return not_torchscript("a graph of TensorFlow", only_pytorch);
  return std::nullopt;
}

}  // namespace

FileKind kind_of_file(const OpenFile& file) {
  const Start start(file);
  if (start.text().empty()) return {"the file is empty, not TorchScript", "Copy or download it again"};
  if (start.byte(0) == 0x80 && start.byte(1) >= 2 && start.byte(1) <= 5)
    return not_torchscript("a Python pickle (weights of an old .pth file)", export_with_weights);
  if (start.has("ustar", 257) || is_torch_tar(start)) {
    if (is_torch_tar(start))
      return not_torchscript("weights of torch before 0.1.10 (a tar archive)", export_with_weights);
    return not_torchscript("a tar archive", unpack);
  }
  for (const Magic& magic : magics)
    if (start.has(magic.bytes, magic.at)) return not_torchscript(magic.what, magic.remedy);
  if (start.is_safetensors()) return not_torchscript("weights only (safetensors)", export_with_weights);
  if (const auto kind = kind_of_text(start)) return *kind;
  if (const auto kind = kind_of_protobuf(file)) return *kind;
  return {"this is not a TorchScript file", export_it};
}

FileKind kind_of_archive(const std::vector<std::string>& records) {
  const auto any = [&](auto holds) { return std::any_of(records.begin(), records.end(), holds); };
  const auto has = [&](std::string_view name) {
    return std::find(records.begin(), records.end(), name) != records.end();
  };
  const auto ends = [](std::string_view end) {
    return [end](const std::string& name) { return name.ends_with(end); };
  };
  if (any([](const std::string& name) {
        return name.ends_with("exported_program.json") || name.starts_with("models/") ||
               name == "archive_format";
      }))
    return not_torchscript("a torch.export archive", export_original);
  if (has("model.weights.h5") || (has("config.json") && any(ends(".h5"))))
    return not_torchscript("a network of Keras", only_pytorch);
  if (any([](const std::string& name) { return name.find("MAR-INF/") != std::string::npos; }))
    return not_torchscript("an archive of TorchServe", unpack);
  if (has("data.pkl"))
    return {"this file holds weights only (a state dict) or a pickled Python object, not TorchScript",
            export_with_weights};
  if (std::all_of(records.begin(), records.end(), ends(".npy")) && !records.empty())
    return not_torchscript("arrays of NumPy (.npz)", give_model);
  if (any(ends(".onnx"))) return not_torchscript("an archive with an ONNX network", export_original);
  return {"this archive is not TorchScript", export_it};
}

std::optional<FileKind> kind_of_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto has = [&](const char* name) { return std::filesystem::exists(folder / name, ignored); };
  if (has("saved_model.pb"))
    return FileKind{"this is a SavedModel of TensorFlow (a folder), not a TorchScript file", only_pytorch};
  if (has("model.safetensors") || has("pytorch_model.bin"))
    return FileKind{"this is a folder of Hugging Face, not a TorchScript file",
                    "Export its network with tools/export_torchscript.py"};
  return std::nullopt;
}

}  // namespace tessera::model
