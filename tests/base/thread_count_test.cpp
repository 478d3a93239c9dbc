#include "base/thread_count.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/catch.h"
#include "support/temporary_folder.h"

namespace tessera::test::thread_count_test {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

}  // namespace

TEST_CASE("a number of threads is read as OpenMP reads it", "[base]") {
  CHECK(threads_from_text("4") == 4);
  CHECK(threads_from_text("8,2") == 8);
  for (const char* text : {"", "0", "-1", "4x", "many", "99999", ",2"}) CHECK_FALSE(threads_from_text(text));
}

TEST_CASE("the quota of processors is the least of a group and those above it", "[base]") {
  const TemporaryFolder folder;
  const fs::path mount = folder.path();
  CHECK_FALSE(processor_quota(mount, "0::/user/session\n"));
  write(mount / "user/cpu.max", "150000 100000\n");
  write(mount / "user/session/cpu.max", "max 100000\n");
  CHECK(processor_quota(mount, "0::/user/session\n") == 1.5);
  write(mount / "user/session/cpu.max", "50000 100000\n");
  CHECK(processor_quota(mount, "0::/user/session\n") == 0.5);
  CHECK(processor_quota(mount, "0::/user\n") == 1.5);
  CHECK_FALSE(processor_quota(mount, "0::/\n"));
  CHECK_FALSE(processor_quota(mount, ""));
  CHECK_FALSE(processor_quota(mount, "neither\n1:one\n"));
}

TEST_CASE("in a container the quota is where the groups are mounted", "[base]") {
  const TemporaryFolder folder;
  write(folder.path() / "cpu.max", "200000 100000\n");
  CHECK(processor_quota(folder.path(), "0::/\n") == 2.0);
  CHECK(processor_quota(folder.path(), "0::/kubepods/pod1/c2\n") == 2.0);
}

TEST_CASE("quotas of the first version of control groups are read too", "[base]") {
  const TemporaryFolder folder;
  const std::string membership = "11:memory:/job\n4:cpu,cpuacct:/job\n2:cpuset:/job\n";
  write(folder.path() / "cpu/job/cpu.cfs_period_us", "100000\n");
  write(folder.path() / "cpu/job/cpu.cfs_quota_us", "-1\n");
  CHECK_FALSE(processor_quota(folder.path(), membership));
  write(folder.path() / "cpu/job/cpu.cfs_quota_us", "300000\n");
  CHECK(processor_quota(folder.path(), membership) == 3.0);
}

TEST_CASE("OMP_NUM_THREADS comes before what the machine has", "[base]") {
  const char* before = std::getenv("OMP_NUM_THREADS");
  const std::string kept = before ? before : "";
  setenv("OMP_NUM_THREADS", "3", 1);
  CHECK(thread_count() == 3);
  setenv("OMP_NUM_THREADS", "nonsense", 1);
  const int found = thread_count();
  CHECK(found >= 1);
  CHECK(found <= 4096);
  if (before)
    setenv("OMP_NUM_THREADS", kept.c_str(), 1);
  else
    unsetenv("OMP_NUM_THREADS");
}

}  // namespace tessera::test::thread_count_test
