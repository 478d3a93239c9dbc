// Files that are refused: with one clear sentence, without a crash, and without anything of theirs having
// run.
#include <fstream>

#include "model/fixtures.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"

namespace tessera::test::refusal_test {

using namespace tessera;

namespace {

struct Refusal {
  const char* file;
  const char* says;  // part of the sentence
};

std::string refusal_of(const std::filesystem::path& file) {
  try {
    test::load_on_cpu(file);
  } catch (const Error& error) {
    return error.what();
  }
  return "(it loaded)";
}

void check_refused(const Refusal& refusal) {
  INFO(refusal.file);
  const std::string sentence = refusal_of(test::data(std::string("models/") + refusal.file));
  INFO(sentence);
  CHECK(sentence.find(refusal.says) != std::string::npos);
  CHECK(sentence.find('\n') == std::string::npos);
  CHECK(sentence.find(" ()") == std::string::npos);  // where LibTorch says nothing
  CHECK(sentence.size() < 700);
}

}  // namespace

TEST_CASE("networks that are no image classifiers are refused", "[model]") {
  for (const Refusal& refusal : std::initializer_list<Refusal>{
           {"segmentation.pt", "not one score for each class"},
           {"token_output.pt", "not one score for each class"},
           {"number_output.pt", "not one score for each class"},
           {"two_inputs.pt", "takes 2 inputs"},
           {"list_input.pt", "not a picture tensor"},
           {"text_input.pt", "not a picture tensor"},
           {"no_forward.pt", "no forward method"},
       })
    check_refused(refusal);
}

TEST_CASE("a dry run that fails names the module in which it failed", "[model]") {
  for (const Refusal& refusal : std::initializer_list<Refusal>{
           {"conv3d.pt", "in conv at"},
           {"fails_inside.pt", "in features.1.1.mix at"},
           {"raises.pt", "it stops with \""},
           {"huge_allocation.pt", "does not run"},
       })
    check_refused(refusal);
}

TEST_CASE("code that reaches outside the network is refused before it runs", "[model]") {
  std::filesystem::remove("tessera_side_effect.bin");
  for (const Refusal& refusal : std::initializer_list<Refusal>{
           {"saves.pt", "save"},
           {"reads_file.pt", "from_file"},
           {"own_state.pt", "__setstate__"},
           {"own_state_writes.pt", "__setstate__"},
           {"quantized.pt", "custom class"},
           {"custom_class.pt", "custom class"},
           {"unknown_operator.pt", "not an operation of a plain network"},
       })
    check_refused(refusal);
  CHECK_FALSE(std::filesystem::exists("tessera_side_effect.bin"));
}

TEST_CASE("files that are not TorchScript are refused", "[model]") {
  for (const Refusal& refusal : std::initializer_list<Refusal>{
           {"empty.pt", "empty"},
           {"text.pt", "not a TorchScript file"},
           {"other_zip.pt", "not TorchScript"},
           {"state_dict.pth", "weights only"},
           {"state_dict_legacy.pth", "pickle"},
           {"eager_module.pt", "pickled Python object"},
           {"no_code.pt", "not TorchScript"},
       })
    check_refused(refusal);
  CHECK(refusal_of(test::data("models/there_is_none.pt")).find("no such file") != std::string::npos);
  CHECK(refusal_of(test::data("models")).find("folder") != std::string::npos);
}

TEST_CASE("damaged and forged archives are refused", "[model]") {
  for (const Refusal& refusal : std::initializer_list<Refusal>{
           {"truncated_half.pt", "truncated"},
           {"truncated_end.pt", "truncated"},
           {"flipped_weight.pt", "damaged"},
           {"flipped_code.pt", "damaged"},
           {"no_data.pt", "damaged"},
           {"no_tensor.pt", "damaged"},
           {"bad_code.pt", "cannot load"},
           {"undefined_name.pt", "undefined value"},
           {"bad_pickle.pt", "damaged"},
           {"future_version.pt", "later torch"},
           {"declared_size.pt", "damaged"},
           {"overlapping.pt", "damaged"},
           {"huge_parameter.pt", "damaged"},
           {"overflowing_parameter.pt", "damaged"},
           {"negative_parameter.pt", "damaged"},
           {"beyond_storage.pt", "damaged"},
           {"beyond_record.pt", "damaged"},
           {"deflate_bomb.pt", "far more than the file holds"},
           {"deep_code.pt", "nested"},
           {"deep_pickle.pt", "nested"},
       })
    check_refused(refusal);
}

TEST_CASE("metadata that is not as documented is refused", "[model]") {
  for (const Refusal& refusal : std::initializer_list<Refusal>{
           {"metadata_not_json.pt", "not valid JSON"},
           {"metadata_nonsense.pt", "metadata has a"},
           {"metadata_future.pt", "newer format"},
       })
    check_refused(refusal);
}

TEST_CASE("an archive cut anywhere is refused", "[model]") {
  std::ifstream in(test::data("models/reused_module.pt"), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "cut.pt";
  for (std::size_t length = 0; length < whole.size(); length += whole.size() / 23 + 1) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << whole.substr(0, length);
    CHECK(refusal_of(file) != "(it loaded)");
  }
}

TEST_CASE("an archive with any byte changed loads or is refused, but never crashes", "[model]") {
  std::ifstream in(test::data("models/reused_module.pt"), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "changed.pt";
  int refused = 0;
  int tried = 0;
  for (std::size_t at = 0; at < whole.size(); at += whole.size() / 61 + 1, ++tried) {
    std::string changed = whole;
    changed[at] = char(changed[at] ^ 0x41);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << changed;
    refused += refusal_of(file) != "(it loaded)";
  }
  CHECK(refused > tried / 2);  // the rest lies in padding
}

}  // namespace tessera::test::refusal_test
