#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tessera/engine/engine.h"

namespace tessera::test {

// An answer that weighs as many megabytes as the test says: so many that the engine's bookkeeping does not
// matter.
struct Weighed {
  std::string text;
  std::size_t megabytes = 0;
};
constexpr std::size_t megabyte = 1'000'000;
inline std::size_t memory_cost(const Weighed& value) { return value.megabytes * megabyte; }
inline std::size_t megabytes_used(const engine::Engine& engine) { return engine.memory_used() / megabyte; }

// A question whose name says which one it is.
template <engine::Lane on>
struct Question {
  using Result = Weighed;
  static constexpr engine::Lane lane = on;
  std::string name;
  std::string family = {};  // the tag
  std::string key() const { return name; }
  std::string tag() const { return family; }
};
using Ask = Question<engine::Lane::cpu>;
using AskTorch = Question<engine::Lane::inference>;

inline std::shared_ptr<const Weighed> weighed(std::string text, std::size_t megabytes = 1) {
  return std::make_shared<const Weighed>(Weighed{std::move(text), megabytes});
}

// Wakes a test thread when the engine tells of news: no test sleeps or polls.
class News {
 public:
  std::function<void()> listener() {
    return [this] {
      std::lock_guard lock(mutex_);
      ++count_;
      changed_.notify_all();
    };
  }
  // Returns once `holds` does; asks again whenever there is news.
  void await(const std::function<bool()>& holds) {
    for (;;) {
      std::size_t seen;
      {
        std::lock_guard lock(mutex_);
        seen = count_;
      }
      if (holds()) return;
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return count_ != seen; });
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t count_ = 0;
};

// A door in a handler: the lane says that it has come and waits until it is opened or told to stop.
class Gate {
 public:
  // Returns whether it was opened (and not told to stop).
  bool pass(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    arrived_ = true;
    changed_.notify_all();
    changed_.wait(lock, stop, [&] { return open_; });
    return open_;
  }
  void await_arrival() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return arrived_; });
  }
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool arrived_ = false;
  bool open_ = false;
};

// What the lanes computed, in order.
class Record {
 public:
  void add(const std::string& name) {
    std::lock_guard lock(mutex_);
    names_.push_back(name);
  }
  std::vector<std::string> names() const {
    std::lock_guard lock(mutex_);
    return names_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> names_;
};

// An engine whose cpu lane records what it computes; the question "gate" holds the lane until the gate opens.
struct Workbench {
  News news;
  Gate gate;
  Record computed;
  engine::Engine engine;

  Workbench() : engine({1000 * megabyte, news.listener()}) {
    engine.answer_with<Ask>([this](const Ask& question, engine::Job& job) {
      if (question.name == "gate") {
        job.progress(0.5f, "at the gate");
        if (!gate.pass(job.stop_token())) job.throw_if_cancelled();
      }
      computed.add(question.name);
      return weighed("answer to " + question.name, question.name == "gate" ? 0 : 1);
    });
  }
  ~Workbench() { gate.open(); }

  // One frame in which a view asks these.
  void frame(const std::vector<Ask>& questions) {
    engine.begin_frame();
    for (const Ask& question : questions) engine.ask(question);
    engine.end_frame();
  }
  void await_rest() {
    news.await([&] { return !engine.busy(); });
  }
};

}  // namespace tessera::test
