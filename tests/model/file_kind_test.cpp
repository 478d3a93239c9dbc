// What is no TorchScript file is told by its content, whatever it is called.
#include "model/file_kind.h"

#include <filesystem>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/atomic_file.h"

namespace tessera::test::file_kind_test {
namespace {

using namespace std::string_literals;
using model::FileKind;

// A field of a protobuf message that is text or a message; shorter than 128 bytes.
std::string block(int number, const std::string& content) {
  return char(number << 3 | 2) + std::string(1, char(content.size())) + content;
}
std::string number(int field, int value) { return char(field << 3) + std::string(1, char(value)); }

FileKind kind_of(const std::string& content) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "model.pt";
  write_file_atomically(file, content);
  return model::kind_of_file(model::OpenFile(file));
}

std::string tar_of(std::string name) {
  name.resize(512);
  name.replace(257, 5, "ustar");
  return name + std::string(1024, '\0');
}

}  // namespace

TEST_CASE("a file of another kind is told by its content", "[model]") {
  const std::string onnx =
      number(1, 8) + block(2, "pytorch") + block(7, block(1, "node")) + block(8, "opset");
  const std::vector<std::pair<std::string, std::string>> files{
      {"", "the file is empty"},
      {"\x80\x02\x8a\x0a"s, "a Python pickle"},
      {"\x89HDF\r\n\x1a\n\0\0"s, "an HDF5 file"},
      {"GGUF\x03\0\0\0"s, "a GGUF file"},
      {"\x18\0\0\0TFL3\0\0"s, "TensorFlow Lite"},
      {"\x18\0\0\0PTMF\0\0"s, "PyTorch Mobile"},
      {"\x18\0\0\0ET12\0\0"s, "ExecuTorch"},
      {"\x93NUMPY\x01\0"s, "an array of NumPy"},
      {"\x1f\x8b\x08\0\0"s, "gzip"},
      {"\x02\0\0\0\0\0\0\0{}"s, "safetensors"},
      {tar_of("storages"), "torch before 0.1.10"},
      {tar_of("model.pt"), "a tar archive"},
      {onnx, "an ONNX network"},
      {number(1, 1) + block(2, block(1, "meta")), "a SavedModel of TensorFlow"},
      {block(1, block(1, "input") + block(2, "Placeholder")) + block(4, "v"), "a graph of TensorFlow"},
      {block(1, "AlexNet") + "\xa2\x06\x03"s + "abc", "a network of Caffe"},
      {"name: \"AlexNet\"\nlayer {\n", "plain text"},
      {"\n<!DOCTYPE html><html>", "a web page"},
      {"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"},
  };
  for (const auto& [content, expected] : files) {
    const FileKind kind = kind_of(content);
    CAPTURE(expected, kind.happened, kind.remedy);
    CHECK(kind.happened.find(expected) != std::string::npos);
    CHECK(kind.happened.find("TorchScript") != std::string::npos);
    CHECK_FALSE(kind.remedy.empty());
  }
}

TEST_CASE("what resembles another kind is not taken for it", "[model]") {
  const std::string onnx = number(1, 8) + block(2, "pytorch") + block(7, block(1, "node"));
  for (const std::string& content :
       {"\x00\x01\x02\x03"s, "\xff\xff\xff\xff\xff\xff\xff\xff{}"s, onnx.substr(0, onnx.size() - 1),
        number(1, 8) + block(7, "graph") + block(30, "other"), "\x08"s,
        "\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"s})
    CHECK(kind_of(content).happened == "this is not a TorchScript file");
}

TEST_CASE("a zip archive of another kind is told by its records", "[model]") {
  using Names = std::vector<std::string>;
  const std::vector<std::pair<Names, std::string>> archives{
      {{"archive_format", "models/model.json"}, "torch.export"},
      {{"metadata.json", "config.json", "model.weights.h5"}, "Keras"},
      {{"MANIFEST.json", "MAR-INF/MANIFEST.json"}, "TorchServe"},
      {{"data.pkl", "data/0", "version"}, "weights only"},
      {{"a.npy", "b.npy"}, "arrays of NumPy"},
      {{"network.onnx"}, "ONNX"},
      {{"readme.txt"}, "this archive is not TorchScript"},
      {{}, "this archive is not TorchScript"},
  };
  for (const auto& [names, expected] : archives) {
    CAPTURE(expected);
    CHECK(model::kind_of_archive(names).happened.find(expected) != std::string::npos);
  }
}

TEST_CASE("a folder with a network of another kind is told by what is in it", "[model]") {
  const TemporaryFolder folder;
  CHECK_FALSE(model::kind_of_folder(folder.path()));
  write_file_atomically(folder.path() / "saved_model.pb", "x");
  REQUIRE(model::kind_of_folder(folder.path()));
  CHECK(model::kind_of_folder(folder.path())->happened.find("TensorFlow") != std::string::npos);
}

}  // namespace tessera::test::file_kind_test
