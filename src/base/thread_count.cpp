#include "base/thread_count.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#ifdef __linux__
#include <sched.h>
#endif

namespace tessera {
namespace {

namespace fs = std::filesystem;

// Nothing where the first is no number ("max"), or none that limits (-1).
std::optional<double> quotient(std::istream& quota, std::istream& period) {
  double used = 0, of = 0;
  if (!(quota >> used) || !(period >> of) || used <= 0 || of <= 0) return std::nullopt;
  return used / of;
}

std::optional<double> quota_in(const fs::path& group) {
  if (std::ifstream both(group / "cpu.max"); both) return quotient(both, both);
  std::ifstream quota(group / "cpu.cfs_quota_us"), period(group / "cpu.cfs_period_us");
  return quotient(quota, period);
}

// Of a group and those above it, up to where the groups are mounted. In a container the path may be the
// host's: then only the mount itself is there.
std::optional<double> least_quota(const fs::path& mount, const fs::path& group) {
  std::optional<double> least;
  for (fs::path path = group.relative_path();; path = path.parent_path()) {
    if (const auto quota = quota_in(mount / path); quota && (!least || *quota < *least)) least = quota;
    if (path.empty()) return least;
  }
}

// "4:cpu,cpuacct:/group" of version 1, "0::/group" of version 2.
struct Membership {
  std::string_view controllers;
  std::string_view group;
};
std::optional<Membership> membership_from(std::string_view line) {
  const std::size_t first = line.find(':');
  const std::size_t second = first == line.npos ? first : line.find(':', first + 1);
  if (second == line.npos) return std::nullopt;
  return Membership{line.substr(first + 1, second - first - 1), line.substr(second + 1)};
}

bool is_of_processors(std::string_view controllers) {
  while (!controllers.empty()) {
    const std::size_t comma = std::min(controllers.find(','), controllers.size());
    if (controllers.substr(0, comma) == "cpu") return true;
    controllers.remove_prefix(std::min(comma + 1, controllers.size()));
  }
  return false;
}

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

std::vector<int> allowed_processors() {
  std::vector<int> processors;
#ifdef __linux__
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0)
    for (int i = 0; i < CPU_SETSIZE; ++i)
      if (CPU_ISSET(i, &allowed)) processors.push_back(i);
#endif
  return processors;
}

std::optional<int> threads_from_text(std::string_view text) {
  text = text.substr(0, text.find(','));
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number && count >= 1 && count <= most_threads ? std::optional(count) : std::nullopt;
}

std::optional<double> processor_quota(const fs::path& mount, std::string_view membership) {
  std::optional<double> least;
  while (!membership.empty()) {
    const std::size_t end = std::min(membership.find('\n'), membership.size());
    const auto member = membership_from(membership.substr(0, end));
    membership.remove_prefix(std::min(end + 1, membership.size()));
    if (!member || (!member->controllers.empty() && !is_of_processors(member->controllers))) continue;
    const fs::path root = member->controllers.empty() ? mount : mount / "cpu";
    if (const auto quota = least_quota(root, fs::path(member->group)); quota && (!least || *quota < *least))
      least = quota;
  }
  return least;
}

int thread_count() {
  if (const char* asked = std::getenv("OMP_NUM_THREADS"))
    if (const auto count = threads_from_text(asked)) return *count;
  const std::size_t known = allowed_processors().size();
  const int allowed = std::max(1, known > 0 ? int(known) : int(std::thread::hardware_concurrency()));
  const auto quota = processor_quota("/sys/fs/cgroup", text_of("/proc/self/cgroup"));
  return quota ? std::clamp(int(std::ceil(*quota)), 1, allowed) : allowed;
}

}  // namespace tessera
