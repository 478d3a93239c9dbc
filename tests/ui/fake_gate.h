#pragma once

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "tessera/base/cancelled.h"
#include "tessera/base/error.h"
#include "tessera/engine/engine.h"

namespace tessera::test {

// What a fake has been asked, and what it answers now: questions can be held back, or fail, by what their
// names have in them. What is held back keeps no lane: it is idle again, and asked again by the next frame.
class FakeGate {
 public:
  // Whose names have one of these in them; "": all.
  void hold(std::vector<std::string> parts) {
    const std::lock_guard lock(mutex_);
    held_ = std::move(parts);
  }
  void fail(std::vector<std::string> parts) {
    const std::lock_guard lock(mutex_);
    failing_ = std::move(parts);
  }

  // Every handler begins with it. `in_full`: integrated gradients with all their steps, whose names end with
  // ", in full" for what is held back.
  template <engine::Query Q>
  void pass(engine::Engine& engine, const Q& query, const std::string& question, bool in_full = false) {
    if (has(held_, question + (in_full ? ", in full" : ""))) {
      engine.cancel(query);
      throw Cancelled();
    }
    note(question);
    if (has(failing_, question))
      throw Error("the derivative of the operation is not known for values of this kind", "blocks.11.expand",
                  "Choose another layer, or the linear method");
  }
  void note(const std::string& question) {
    const std::lock_guard lock(mutex_);
    passed_.push_back(question);
  }

  std::vector<std::string> passed() const {
    const std::lock_guard lock(mutex_);
    return passed_;
  }
  bool has_passed(const std::string& question) const {
    const auto all = passed();
    return std::ranges::find(all, question) != all.end();
  }

 private:
  bool has(const std::vector<std::string>& parts, const std::string& question) const {
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(
        parts, [&](const std::string& part) { return question.find(part) != std::string::npos; });
  }

  mutable std::mutex mutex_;
  std::vector<std::string> held_;
  std::vector<std::string> failing_;
  std::vector<std::string> passed_;
};

}  // namespace tessera::test
