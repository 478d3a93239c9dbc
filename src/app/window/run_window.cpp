#include "app/window/run_window.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <string>
#include <utility>
#include <vector>

#include "app/figure/exporter.h"
#include "app/python/python_exporter.h"
#include "app/settings.h"
#include "app/window/frame_pacer.h"
#include "app/window/memory.h"
#include "app/window/painter.h"
#include "tessera/base/error.h"
#include "tessera/image/save.h"
#include "ui/workbench.h"

namespace tessera::app {
namespace {

// Seconds after which a frame is drawn without a reason.
constexpr double caret_blink = 0.4;      // while text is typed
constexpr double screenshot_look = 0.1;  // the engine says when an answer changes, not when it falls idle

WindowSize opening_size(const WindowOptions& options, const Settings& settings) {
  if (options.size) return *options.size;
  if (settings.window) return {settings.window->first, settings.window->second};
  return {};
}

// Sleeps until there is something to draw.
void wait_for_events(const GlfwWindow& window, FramePacer& pacer, bool for_screenshot) {
  if (pacer.frame_due() && !window.minimized()) {
    glfwPollEvents();
    return;
  }
  if (for_screenshot)
    glfwWaitEventsTimeout(screenshot_look);
  else if (ImGui::GetIO().WantTextInput)
    glfwWaitEventsTimeout(caret_blink);
  else
    glfwWaitEvents();
  pacer.something_happened();
}

// What of the settings is as it is for this moment alone.
struct Passing {
  bool window = false;
  bool panels = false;
};

// Keeps the settings file in step with what is worth remembering.
class Memory {
 public:
  Memory(std::filesystem::path file, Settings saved) : file_(std::move(file)), saved_(std::move(saved)) {}

  // What is being dragged is remembered when it is let go; the window's size, when it closes.
  void update(Settings now, const Passing& passing, ui::Workbench& workbench) {
    if (passing.window) now.window = saved_.window;
    if (passing.panels) now.panels = saved_.panels;
    if (now == saved_) return;
    saved_ = now;
    try {
      save_settings(file_, now);
    } catch (const Error& error) {
      workbench.act(ui::action::ShowMessage{ui::MessageKind::warning, error.what()});
    }
  }

 private:
  std::filesystem::path file_;
  Settings saved_;
};

}  // namespace

void run_window(GlfwLibrary& library, engine::Engine& engine, Notices& notices,
                const WindowOptions& options) {
  const LoadedSettings remembered = load_settings(options.settings_file);
  GlfwWindow window(library, opening_size(options, remembered.settings), options.scale,
                    load_icon(options.data.icon()));
  Painter painter(window, options.data);
  ui::Workbench workbench(engine, painter.textures(), state_from(remembered.settings, options),
                          window.scale());
  Exporter exporter(engine, painter.textures(), options.data, [] { GlfwLibrary::wake(); });
  PythonExporter python(
      engine, options.data, [] { GlfwLibrary::wake(); },
      [](const std::string& script) { ImGui::SetClipboardText(script.c_str()); });
  Memory memory(options.settings_file, remembered.settings);
  FramePacer pacer;
  for (const std::string& note : {remembered.warning, painter.font_note()})
    if (!note.empty()) workbench.act(ui::action::ShowMessage{ui::MessageKind::warning, note});

  window.on_drop = [&](const std::vector<std::filesystem::path>& files) { workbench.drop(files); };
  const bool for_screenshot = options.screenshot.has_value();  // whose panels are as at first
  bool scale_changed = false;
  window.on_scale = [&] { scale_changed = true; };

  while (!window.closing()) {
    wait_for_events(window, pacer, for_screenshot);
    if (std::exchange(scale_changed, false)) {
      painter.reload_fonts();
      workbench.set_scale(window.scale());
    }
    if (!pacer.frame_due() || window.minimized()) continue;
    for (const std::string& notice : notices.take())
      workbench.act(ui::action::ShowMessage{ui::MessageKind::warning, notice});
    painter.begin_frame();
    workbench.frame(painter.fonts(), [&] {
      exporter.ask(workbench.state(), workbench.view_size());
      python.ask(workbench.state());
    });
    painter.paint();
    pacer.frame_drawn();
    if (workbench.wants_frame() || painter.wants_frame()) pacer.one_more();
    if (options.screenshot && workbench.settled() && !pacer.frame_due()) {
      image::save_png(painter.look(), *options.screenshot);
      window.close();
    }
    painter.show();
    for (const auto& outcome : {exporter.advance(), python.advance()}) {
      if (!outcome) continue;
      workbench.act(*outcome);
      pacer.something_happened();
    }
    if (exporter.wants_frame() || python.wants_frame()) pacer.one_more();
    window.set_title(workbench.window_title());
    memory.update(settings_from(workbench.state(), window.size()),
                  {true, for_screenshot || ImGui::IsMouseDown(0)}, workbench);
  }
  memory.update(settings_from(workbench.state(), window.size()), {false, for_screenshot}, workbench);
}

}  // namespace tessera::app
