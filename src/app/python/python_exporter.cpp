#include "app/python/python_exporter.h"

#include <chrono>
#include <exception>
#include <future>
#include <thread>
#include <utility>

#include "app/python/python_script.h"
#include "ui/numbers/numbers_in_frames.h"

namespace tessera::app {

struct PythonExporter::Collecting {
  std::uint64_t id;
  std::filesystem::path file;
  ui::AppState state;  // as it was when the script was asked for
  ui::NumbersInFrames numbers;
};

struct PythonExporter::Writing {
  std::promise<std::string> promise;
  std::future<std::string> done = promise.get_future();
  std::jthread thread;  // goes first, and is waited for
};

PythonExporter::PythonExporter(engine::Engine& engine, DataFolder data, std::function<void()> wake,
                               std::function<void(const std::string&)> copy)
    : engine_(engine), data_(std::move(data)), wake_(std::move(wake)), copy_(std::move(copy)) {}

PythonExporter::~PythonExporter() = default;

void PythonExporter::ask(const ui::AppState& state) {
  const auto& running = state.exports.running;
  if (collecting_ && (!running || running->id != collecting_->id)) collecting_.reset();  // cancelled
  if (running && running->kind == ui::ExportKind::python && running->id != last_ && !writing_) {
    last_ = running->id;
    collecting_ = std::make_unique<Collecting>(Collecting{running->id, running->file, state, {}});
  }
  if (collecting_) collecting_->numbers.ask(collecting_->state, engine_);
}

std::optional<ui::Action> PythonExporter::advance() {
  if (writing_ && writing_->done.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
    const std::unique_ptr<Writing> done = std::exchange(writing_, nullptr);
    try {
      copy_(done->done.get());
      return ui::action::Exported{};
    } catch (const std::exception& error) {
      return ui::action::ExportFailed{error.what()};
    }
  }
  if (!collecting_) return std::nullopt;
  if (!collecting_->numbers.failure().empty()) {
    const std::unique_ptr<Collecting> failed = std::exchange(collecting_, nullptr);
    return ui::action::ExportFailed{failed->numbers.failure()};
  }
  if (!collecting_->numbers.complete()) return std::nullopt;
  writing_ = std::make_unique<Writing>();
  writing_->thread = std::jthread([numbers = collecting_->numbers.take(), file = collecting_->file,
                                   parts = data_.python(), wake = wake_, &promise = writing_->promise] {
    try {
      promise.set_value(write_python(numbers, parts, file));
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
    wake();
  });
  collecting_.reset();
  return std::nullopt;
}

// What is asked next may follow from what has just come; everything else ends with a wake.
bool PythonExporter::wants_frame() const { return collecting_ && !collecting_->numbers.waiting(); }

}  // namespace tessera::app
