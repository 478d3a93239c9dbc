#include "app/data_folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"

namespace tessera::test::data_folder_test {
namespace {

using app::find_data_folder;

// The variable as it should be during a test; as it was afterwards.
class DataVariable {
 public:
  explicit DataVariable(const char* value) {
    if (const char* before = std::getenv("TESSERA_DATA")) before_ = before;
    set(value);
  }
  ~DataVariable() { set(before_.empty() ? nullptr : before_.c_str()); }

 private:
  static void set(const char* value) {
    if (value)
      ::setenv("TESSERA_DATA", value, 1);
    else
      ::unsetenv("TESSERA_DATA");
  }
  std::string before_;
};

void put_model(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / "models");
  std::ofstream(app::DataFolder{folder}.model()) << "a model";
}

}  // namespace

TEST_CASE("the data folder is found above a program in a moved checkout", "[cli]") {
  const DataVariable none(nullptr);
  const TemporaryFolder folder;
  put_model(folder.path() / "checkout");
  CHECK(find_data_folder(folder.path() / "checkout" / "build" / "dev" / "src" / "app" / "tessera").root ==
        folder.path() / "checkout");
}

TEST_CASE("the data folder is found beside an installed program", "[cli]") {
  const DataVariable none(nullptr);
  const TemporaryFolder folder;
  put_model(folder.path() / "share" / "tessera");
  CHECK(find_data_folder(folder.path() / "bin" / "tessera").root == folder.path() / "share" / "tessera");
}

TEST_CASE("the environment decides before anything else", "[cli]") {
  const TemporaryFolder folder;
  put_model(folder.path() / "own");
  put_model(folder.path() / "share" / "tessera");
  {
    const DataVariable own((folder.path() / "own").c_str());
    CHECK(find_data_folder(folder.path() / "bin" / "tessera").root == folder.path() / "own");
  }
  const DataVariable empty(folder.path().c_str());
  CHECK_THROWS_AS(find_data_folder(folder.path() / "bin" / "tessera"), Error);
}

TEST_CASE("a program far from any data falls back to the checkout it was built from", "[cli]") {
  const DataVariable none(nullptr);
  const TemporaryFolder folder;
  CHECK(std::filesystem::equivalent(find_data_folder(folder.path() / "tessera").root, source_folder()));
}

TEST_CASE("the running program knows its own file", "[cli]") {
  CHECK(app::executable_file().filename() == "test_cli");
}

}  // namespace tessera::test::data_folder_test
