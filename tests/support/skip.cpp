#include "support/skip.h"

#include <iostream>
#include <string_view>
#include <utility>
#include <vector>

#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include "support/catch.h"

namespace tessera::test {
namespace {

#if __has_include(<catch2/catch_all.hpp>)
using ListenerBase = Catch::EventListenerBase;
#else
using ListenerBase = Catch::TestEventListenerBase;
#endif

constexpr std::string_view mark = "skipped: ";

// Lists what was skipped. "All test cases were skipped" is what ctest looks for (tests/CMakeLists.txt).
class SkippedCases : public ListenerBase {
 public:
  using ListenerBase::ListenerBase;

  // Catch2 2 wants an answer, Catch2 3 none.
  auto assertionEnded(const Catch::AssertionStats& stats)
      -> decltype(std::declval<ListenerBase&>().assertionEnded(stats)) override {
    const std::string message(stats.assertionResult.getMessage());
    if (message.starts_with(mark)) reason_ = message.substr(mark.size());
    return ListenerBase::assertionEnded(stats);
  }

  void testCaseStarting(const Catch::TestCaseInfo& info) override { name_ = info.name; }

  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    ++run_;
    const std::string reason = std::exchange(reason_, {});
    if (!reason.empty() && stats.totals.assertions.failed == 0) skipped_.emplace_back(name_, reason);
  }

  void testRunEnded(const Catch::TestRunStats&) override {
    if (skipped_.empty()) return;
    std::cerr << (skipped_.size() == run_ ? std::string("All")
                                          : std::to_string(skipped_.size()) + " of " + std::to_string(run_))
              << " test cases were skipped:\n";
    for (const auto& [name, reason] : skipped_)
      std::cerr << "  " << name << "\n    " << mark << reason << '\n';
  }

 private:
  std::string name_, reason_;  // of the running one
  std::vector<std::pair<std::string, std::string>> skipped_;
  std::size_t run_ = 0;
};

}  // namespace

CATCH_REGISTER_LISTENER(SkippedCases)

void skip(const std::string& reason) {
  const std::string message = std::string(mark) + reason;
#ifdef SKIP
  SKIP(message);
#else
  WARN(message);  // Catch2 before 3.3 has no SKIP
#endif
  // What REQUIRE ends a test case with; thrown by itself it counts no failure.
  throw Catch::TestFailureException();
}

}  // namespace tessera::test
