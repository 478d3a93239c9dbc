#include <mutex>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "model/torch.h"
#include "tessera/model/libtorch.h"

namespace tessera::model {

class LibTorchWarnings::Handler final : public c10::WarningHandler {
 public:
  explicit Handler(std::function<void(const std::string&)> tell) : tell_(std::move(tell)) {}

  void process(const c10::Warning& warning) override {
    const std::string_view text = warning.msg();
    const std::size_t from = text.find_first_not_of(" \n");
    if (from == std::string_view::npos || !tell_) return;
    const std::string sentence(text.substr(from, text.find('\n', from) - from));
    {
      std::lock_guard lock(mutex_);
      if (told_.size() >= most_told || !told_.insert(sentence).second) return;
    }
    tell_(sentence);
  }

 private:
  static constexpr std::size_t most_told = 100;  // a network may have numbers in what it warns of

  std::function<void(const std::string&)> tell_;
  std::mutex mutex_;
  std::unordered_set<std::string> told_;
};

LibTorchWarnings::LibTorchWarnings(std::function<void(const std::string&)> tell)
    : handler_(std::make_unique<Handler>(std::move(tell))) {}

LibTorchWarnings::~LibTorchWarnings() = default;

void LibTorchWarnings::take_those_of_this_thread() { c10::WarningUtils::set_warning_handler(handler_.get()); }

}  // namespace tessera::model
