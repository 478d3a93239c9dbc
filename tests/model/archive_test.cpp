// Archives are read once: what was checked is what is used, whatever becomes of the file.
#include "model/archive.h"

#include <filesystem>
#include <fstream>

#include "model/fixtures.h"
#include "model/read_module.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/cancelled.h"
#include "tessera/base/content_hash.h"
#include "tessera/base/error.h"

namespace tessera::test::archive_test {

using namespace tessera;

namespace {

constexpr std::int64_t inputs = 3 * 224 * 224, classes = 120;

// A classifier of 72 MB: read and checked in many pieces, all of it one record.
std::filesystem::path large_model(const std::filesystem::path& folder) {
  jit::Module module("large");
  module.register_parameter("weight", at::linspace(-1, 1, inputs * classes).view({inputs, classes}), false);
  module.define("def forward(self, x):\n  return torch.matmul(torch.flatten(x, 1), self.weight)\n");
  module.eval();
  const std::filesystem::path file = folder / "large.pt";
  module.save(file.string());
  return file;
}

void change_byte(const std::filesystem::path& file, std::uint64_t at) {
  std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
  stream.seekg(std::streamoff(at));
  const int byte = stream.get();
  stream.seekp(std::streamoff(at));
  stream.put(char(byte ^ 0x10));
}

std::uint64_t last_weight(const std::filesystem::path& file) {
  const model::Archive archive(file);
  const model::ArchiveRecord& record = archive.records().at("data/0");
  return *record.place + record.entry.size - 1;
}

std::string failure_of(const std::filesystem::path& file, const model::Archive::Watch& watch = {}) {
  try {
    model::Archive archive(file, watch);
  } catch (const Error& error) {
    return error.what();
  }
  return "(it opened)";
}

}  // namespace

TEST_CASE("an archive's hash is that of its file", "[model]") {
  for (const char* name : {"models/branches.pt", "models/deflated.pt", "models/unaligned.pt"})
    CHECK(model::Archive(test::data(name)).hash() == content_hash(test::data(name)));
  const test::TemporaryFolder folder;
  const auto large = large_model(folder.path());
  CHECK(model::Archive(large).hash() == content_hash(large));
  CHECK(test::load_on_cpu(large)->card().hash == content_hash(large));
}

TEST_CASE("one wrong bit at the end of a large record is refused before anything is loaded", "[model]") {
  const test::TemporaryFolder folder;
  const auto file = large_model(folder.path());
  change_byte(file, last_weight(file));
  const std::string sentence = failure_of(file);
  CHECK(sentence.find("the archive is truncated or damaged at large/data/0") != std::string::npos);
  CHECK(sentence.find("Copy or download it again") != std::string::npos);
}

TEST_CASE("a file that is cut short while it is read is refused", "[model]") {
  const test::TemporaryFolder folder;
  const auto file = large_model(folder.path());
  bool cut = false;
  const std::string sentence = failure_of(file, [&](float, std::string_view stage) {
    if (stage == "reading the file" && !cut) std::filesystem::resize_file(file, 1 << 20);
    cut = true;
  });
  CHECK(sentence.find("the file could not be read completely") != std::string::npos);
}

TEST_CASE("a file that changes after it was read changes nothing", "[model]") {
  const test::TemporaryFolder folder;
  const auto file = large_model(folder.path());
  const std::string hash = content_hash(file);
  model::Archive archive(file, [&](float, std::string_view stage) {
    if (stage == "checking it") std::filesystem::resize_file(file, 0);
  });
  CHECK(archive.hash() == hash);
  const jit::Module module = model::read_module(archive, c10::Device(c10::kCPU));
  CHECK(
      module.attr("weight").toTensor().equal(at::linspace(-1, 1, inputs * classes).view({inputs, classes})));
}

TEST_CASE("weights lie where the file was read to, and outlive the archive", "[model]") {
  const test::TemporaryFolder folder;
  const auto file = large_model(folder.path());
  at::Tensor weight;
  {
    model::Archive archive(file);
    const auto lent = archive.lend("data/");
    REQUIRE(lent.size() == 1);
    CHECK(lent[0].first == "0");
    CHECK(lent[0].second.nbytes() == std::size_t(inputs * classes) * sizeof(float));
    weight = at::empty({0}).set_(lent[0].second);
    CHECK(reinterpret_cast<std::uintptr_t>(weight.data_ptr()) % 64 == 0);
  }
  CHECK(weight.equal(at::linspace(-1, 1, inputs * classes)));
}

#ifdef __linux__  // elsewhere memory that was given back may keep what it held
TEST_CASE("memory that was lent is given back when it is used no more", "[model]") {
  constexpr std::size_t size = 1 << 20, start = 100, lent_size = 1 << 19;
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "ones";
  std::ofstream(file, std::ios::binary) << std::string(size, '\x01');
  const auto bytes = model::FileBytes::read_whole(model::OpenFile(file), [](float) {});
  const auto at = [&](std::size_t i) { return std::to_integer<int>(bytes->all()[i]); };
  {
    const at::DataPtr lent = bytes->lend(start, lent_size);
    CHECK(lent.get() == bytes->all().data() + start);
    CHECK(at(size / 4) == 1);
  }
  CHECK(at(size / 4) == 0);
  CHECK(at(start - 1) == 1);
  CHECK(at(start + lent_size) == 1);
}
#endif

TEST_CASE("weights that are compressed or not aligned are copied", "[model]") {
  for (const char* name : {"models/deflated.pt", "models/unaligned.pt"}) {
    INFO(name);
    model::Archive archive(test::data(name));
    const jit::Module module = model::read_module(archive, c10::Device(c10::kCPU));
    model::Archive plain(test::data("models/version_2.pt"));
    const jit::Module same = model::read_module(plain, c10::Device(c10::kCPU));
    const auto parameters = module.named_parameters();
    for (const auto& parameter : same.named_parameters())
      for (const auto& found : parameters)
        if (found.name == parameter.name) {
          CHECK(found.value.equal(parameter.value));
          CHECK(reinterpret_cast<std::uintptr_t>(found.value.data_ptr()) % 64 == 0);
        }
  }
}

TEST_CASE("opening stops where its watcher throws", "[model]") {
  for (const std::string when : {"reading the file", "checking it", "scanning it"})
    CHECK(failure_of(test::data("models/branches.pt"), [&](float, std::string_view stage) {
            if (stage == when) throw Error("enough");
          }) == "enough");
}

TEST_CASE("loading can be cancelled at every stage", "[model]") {
  int stages = 0;
  for (int last = 0; last < 100; ++last) {
    int asked = 0;
    model::LoadOptions options;
    options.device = model::DeviceChoice::cpu;
    options.cancelled = [&] { return asked++ >= last; };
    try {
      model::Model::load(test::data("models/branches.pt"), options);
      break;
    } catch (const Cancelled&) {
      ++stages;
    }
  }
  CHECK(stages >= 6);
}

}  // namespace tessera::test::archive_test
