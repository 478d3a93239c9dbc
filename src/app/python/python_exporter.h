#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/data_folder.h"
#include "tessera/engine/engine.h"
#include "ui/state/action.h"
#include "ui/state/app_state.h"

namespace tessera::app {

// Makes the script and the arrays that a state wants exported: waits until all numbers are there and writes
// the files on a thread of its own. Lives on the UI thread.
class PythonExporter {
 public:
  // `wake`: called on any thread when the files are written. `copy`: given the script then, on the UI thread.
  PythonExporter(engine::Engine& engine, DataFolder data, std::function<void()> wake,
                 std::function<void(const std::string&)> copy);
  ~PythonExporter();  // files that are being written are written to their end
  PythonExporter(const PythonExporter&) = delete;
  PythonExporter& operator=(const PythonExporter&) = delete;

  // Within the workbench's frame: asks for the numbers.
  void ask(const ui::AppState& state);

  // After it. What has become of the export, once.
  std::optional<ui::Action> advance();

  bool wants_frame() const;

 private:
  struct Collecting;
  struct Writing;

  engine::Engine& engine_;
  DataFolder data_;
  std::function<void()> wake_;
  std::function<void(const std::string&)> copy_;
  std::unique_ptr<Collecting> collecting_;
  std::unique_ptr<Writing> writing_;
  std::uint64_t last_ = 0;  // of the exports that were started
};

}  // namespace tessera::app
