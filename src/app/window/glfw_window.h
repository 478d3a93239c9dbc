#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/window/glfw_library.h"
#include "app/window/icon.h"
#include "app/window/key_queue.h"

struct GLFWwindow;

namespace tessera::app {

// Lengths in unscaled pixels.
struct WindowSize {
  int width = 1440;
  int height = 900;
  bool operator==(const WindowSize&) const = default;
};

// A window with an OpenGL 3.3 core context, current on this thread while the object lives.
class GlfwWindow {
 public:
  // `scale`: see scale(); nothing: as the display says. Throws NoWindow: no OpenGL 3.3.
  GlfwWindow(GlfwLibrary& library, WindowSize size, std::optional<float> scale, const Icon& icon);
  ~GlfwWindow();
  GlfwWindow(const GlfwWindow&) = delete;
  GlfwWindow& operator=(const GlfwWindow&) = delete;

  std::function<void(std::vector<std::filesystem::path>)> on_drop;
  std::function<void(const KeyEvent&)> on_key;  // pressed or let go; not while it repeats
  std::function<void(unsigned)> on_text;        // a character, behind the key that makes it
  std::function<void()> on_scale;               // scale() or density() has changed

  GLFWwindow* handle() const { return window_; }
  void set_title(const std::string& title);

  // Screen pixels for one unscaled pixel, and framebuffer pixels for one screen pixel. Windows and X11 scale
  // the first, macOS and Wayland the second.
  float scale() const;
  float density() const;

  WindowSize size() const;
  struct Pixels {
    int width;
    int height;
  };
  Pixels framebuffer() const;

  bool closing() const;
  bool minimized() const;
  void close();
  void show_frame();  // swaps the buffers, at the display's pace

 private:
  GLFWwindow* window_ = nullptr;
  std::optional<float> fixed_scale_;
  std::string title_;
};

}  // namespace tessera::app
