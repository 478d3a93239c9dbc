#include "tessera/featurevis/icon_store.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "featurevis/icon_entry.h"
#include "featurevis/icons.h"
#include "featurevis/store_folder.h"
#include "support/catch.h"
#include "support/skip.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"

namespace tessera::test::icon_store_test {
namespace {

using featurevis::entries_in;
using featurevis::Icon;
using featurevis::IconFacts;
using featurevis::IconStore;

constexpr std::uintmax_t no_limit = std::uintmax_t(1) << 40;

void put(IconStore& store, int channel) { store.put(facts_of_channel(channel), icon_of(channel)); }
std::optional<Icon> find(IconStore& store, int channel) { return store.find(facts_of_channel(channel).key); }

void last_used(const std::filesystem::path& file, std::chrono::hours ago) {
  std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - ago);
}

std::size_t files_in(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder))
    count += file.is_regular_file();
  return count;
}

}  // namespace

TEST_CASE("an icon is found again as it was put, by another process's store too", "[featurevis]") {
  const TemporaryFolder folder;
  IconStore store(folder.path() / "icons", no_limit);
  CHECK_FALSE(find(store, 1));
  put(store, 1);
  CHECK(find(store, 1) == icon_of(1));
  CHECK_FALSE(find(store, 2));
  IconStore other(folder.path() / "icons", no_limit);
  CHECK(find(other, 1) == icon_of(1));
  CHECK(store.take_warning().empty());
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("an entry tells what it is", "[featurevis]") {
  const TemporaryFolder folder;
  IconStore store(folder.path(), no_limit);
  const IconFacts facts =
      facts_of(network, {"blocks.5", featurevis::Direction{{1, 2}, 1}, true}, recipe_of(), "bfloat16");
  Icon icon = icon_of(3);
  icon.quality.natural.reset();
  store.put(facts, icon);
  const std::string bytes = content(store.file_of(facts.key));
  const auto entry = featurevis::decode_entry(std::as_bytes(std::span(bytes)), "");
  CHECK(entry.facts == facts);
  CHECK(entry.facts.subject == "−direction");
  CHECK(entry.icon == icon);
}

TEST_CASE("whatever is damaged, cut short or foreign is passed over and replaced", "[featurevis]") {
  const TemporaryFolder folder;
  IconStore store(folder.path(), no_limit);
  put(store, 1);
  put(store, 2);
  const auto file = store.file_of(facts_of_channel(1).key);
  const std::string whole = content(file);
  std::string broken = whole;
  SECTION("a bit") {
    for (const std::size_t place :
         {std::size_t(0), std::size_t(17), std::size_t(60), whole.size() / 2, whole.size() - 1}) {
      broken = whole;
      broken[place] = char(broken[place] ^ 1);
      overwrite(file, broken);
      CHECK_FALSE(find(store, 1));
    }
  }
  SECTION("the end") {
    for (const std::size_t length :
         {std::size_t(0), std::size_t(10), std::size_t(40), whole.size() / 2, whole.size() - 1}) {
      overwrite(file, whole.substr(0, length));
      CHECK_FALSE(find(store, 1));
    }
  }
  SECTION("something at the end") { overwrite(file, whole + "x"); }
  SECTION("another icon's entry") { overwrite(file, content(store.file_of(facts_of_channel(2).key))); }
  SECTION("another program's file") { overwrite(file, "hello"); }
  SECTION("a folder") {
    std::filesystem::remove(file);
    std::filesystem::create_directory(file);
    CHECK_FALSE(find(store, 1));
    std::filesystem::remove(file);
  }
  CHECK_FALSE(find(store, 1));
  put(store, 1);
  CHECK(find(store, 1) == icon_of(1));
  CHECK(find(store, 2) == icon_of(2));
}

TEST_CASE("a description that is not as documented is refused, however sound its checksum", "[featurevis]") {
  featurevis::IconEntry entry{facts_of_channel(1), icon_of(1)};
  const auto refused = [](const featurevis::IconEntry& of) {
    const std::string bytes = encode(of);
    try {
      featurevis::decode_entry(std::as_bytes(std::span(bytes)), "");
      return false;
    } catch (const Error&) {
      return true;
    }
  };
  CHECK_FALSE(refused(entry));
  entry.icon.picture = Image(16, 16);
  CHECK(refused(entry));
  entry = {facts_of_channel(1), icon_of(1)};
  entry.facts.recipe.steps = 0;
  CHECK(refused(entry));
}

TEST_CASE("the least recently used gives way, and what was looked at stays", "[featurevis]") {
  const TemporaryFolder folder;
  IconStore first(folder.path(), no_limit);
  for (int channel = 0; channel < 10; ++channel) put(first, channel);
  std::uintmax_t each = 0;
  for (int channel = 0; channel < 10; ++channel) {
    const auto file = first.file_of(facts_of_channel(channel).key);
    each = std::max(each, std::filesystem::file_size(file));
    last_used(file, std::chrono::hours(100 - channel));
  }
  IconStore store(folder.path(), 10 * each);
  CHECK(find(store, 0));  // the oldest, now used
  put(store, 10);
  put(store, 11);
  CHECK(find(store, 0));
  CHECK_FALSE(find(store, 1));
  CHECK(find(store, 9));
  CHECK(find(store, 11));
  CHECK(entries_in(folder.path()).size() < 11);
}

TEST_CASE("what an interrupted write left is removed once it is old", "[featurevis]") {
  const TemporaryFolder folder;
  IconStore store(folder.path(), no_limit);
  put(store, 1);
  const auto entry = store.file_of(facts_of_channel(1).key);
  const auto old = entry.string() + ".1.0.7.tmp", fresh = entry.string() + ".2.0.7.tmp";
  const auto foreign = entry.parent_path() / "notes.tmp";
  for (const auto& file : {std::filesystem::path(old), std::filesystem::path(fresh), foreign})
    overwrite(file, "half");
  last_used(old, std::chrono::hours(2));
  last_used(foreign, std::chrono::hours(2));
  IconStore other(folder.path(), no_limit);
  put(other, 2);
  CHECK_FALSE(std::filesystem::exists(old));
  CHECK(std::filesystem::exists(fresh));
  CHECK(std::filesystem::exists(foreign));
}

TEST_CASE("where nothing can be written, icons are kept in memory and it is said once", "[featurevis]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "icons";
  overwrite(path, "a file where the folder should be");
  IconStore store(path, no_limit);
  put(store, 1);
  put(store, 2);
  CHECK(find(store, 1) == icon_of(1));
  CHECK(find(store, 2) == icon_of(2));
  CHECK(store.take_warning().find(path.string()) != std::string::npos);
  CHECK(store.take_warning().empty());
  put(store, 3);
  CHECK(store.take_warning().empty());
}

TEST_CASE("a folder that is read-only still answers", "[featurevis]") {
  if (::geteuid() == 0) test::skip("root may write everywhere");
  const TemporaryFolder folder;
  IconStore store(folder.path(), no_limit);
  put(store, 1);
  const auto inner = store.file_of(facts_of_channel(1).key).parent_path();
  for (const auto& path : {inner, folder.path()})
    std::filesystem::permissions(path,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  IconStore other(folder.path(), no_limit);
  CHECK(find(other, 1) == icon_of(1));
  put(other, 2);
  CHECK(find(other, 2) == icon_of(2));
  CHECK_FALSE(other.take_warning().empty());
  for (const auto& path : {folder.path(), inner})
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

TEST_CASE("a disk that is full in the middle of an entry leaves what was there", "[featurevis]") {
  const TemporaryFolder folder;
  IconStore store(folder.path(), no_limit);
  put(store, 1);
  const auto file = store.file_of(facts_of_channel(1).key);
  const std::string before = content(file);
  // A limit on the length of files fails the write as a full disk would.
  rlimit old{};
  ::getrlimit(RLIMIT_FSIZE, &old);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{100, old.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  store.put(facts_of_channel(1), icon_of(77));
  ::setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);
  CHECK(content(file) == before);
  CHECK(files_in(folder.path()) == 1);
  CHECK(find(store, 1) == icon_of(77));  // what was rendered is not lost
  CHECK(store.take_warning().find("could not be written completely") != std::string::npos);
}

TEST_CASE("memory is bounded where everything stays in it", "[featurevis]") {
  IconStore store("");
  const Icon large{Image(512, 512), {}};
  const int many = int(IconStore::most_in_memory / memory_cost(large)) + 5;
  for (int channel = 0; channel < many; ++channel) store.put(facts_of_channel(channel, 512), large);
  CHECK_FALSE(store.find(facts_of_channel(0, 512).key));
  CHECK(store.find(facts_of_channel(many - 1, 512).key));
  CHECK(store.take_warning().empty());
}

TEST_CASE("processes that write the same entries and are killed leave only whole ones", "[featurevis]") {
  const TemporaryFolder folder;
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      IconStore store(folder.path(), no_limit);
      for (int channel = 0;; channel = (channel + 1) % 20) put(store, channel);
    }
    children.push_back(child);
  }
  // Killed once they have written something, in the middle of whatever they do then.
  while (entries_in(folder.path()).size() < 20) std::this_thread::yield();
  for (const pid_t child : children) {
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
  }
  IconStore store(folder.path(), no_limit);
  for (int channel = 0; channel < 20; ++channel) CHECK(find(store, channel) == icon_of(channel));
}

TEST_CASE("threads share a store", "[featurevis]") {
  const TemporaryFolder folder;
  IconStore store(folder.path(), 400'000);
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread)
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 60; ++i) {
          const int channel = (i * 7 + thread * 13) % 40;
          put(store, channel);
          const auto found = find(store, channel);
          if (found && *found != icon_of(channel)) ++wrong;
        }
      });
  }
  CHECK(wrong == 0);
}

TEST_CASE("merging copies what is sound and names what is not", "[featurevis]") {
  const TemporaryFolder folder;
  const auto left = folder.path() / "left", right = folder.path() / "right";
  IconStore a(left, no_limit), b(right, no_limit);
  for (int channel = 0; channel < 4; ++channel) put(a, channel);
  for (int channel = 3; channel < 6; ++channel) put(b, channel);
  overwrite(a.file_of(facts_of_channel(0).key), "rubbish");
  // A damaged one in the destination gives way to a sound one.
  overwrite(b.file_of(facts_of_channel(3).key), "rubbish");
  const auto merged = featurevis::merge_stores(left, right);
  CHECK(merged.copied == 3);
  CHECK(merged.present == 0);
  REQUIRE(merged.bad.size() == 1);
  CHECK(merged.bad[0].find(facts_of_channel(0).key) != std::string::npos);
  for (int channel = 1; channel < 6; ++channel) CHECK(find(b, channel) == icon_of(channel));
  const auto again = featurevis::merge_stores(left, right);
  CHECK(again.copied == 0);
  CHECK(again.present == 3);
  CHECK_THROWS_AS(featurevis::merge_stores(folder.path() / "none", right), Error);
}

}  // namespace tessera::test::icon_store_test
