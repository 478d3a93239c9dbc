#include "app/window/glfw_window.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>

#include "app/window/no_window.h"
#include "render/software.h"

namespace tessera::app {
namespace {

constexpr int least_width = 960;
constexpr int least_height = 600;

GlfwWindow& self(GLFWwindow* window) { return *static_cast<GlfwWindow*>(glfwGetWindowUserPointer(window)); }

// Edges smoother than Dear ImGui makes them, where a graphics card does it at no cost.
constexpr int samples_with_a_card = 4;

void hint_at_opengl() {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);  // macOS gives no core profile without
}

GLFWwindow* make_window(WindowSize size, std::optional<float> scale, const std::string& title, int samples) {
  hint_at_opengl();
  glfwWindowHint(GLFW_SAMPLES, samples);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, scale ? GLFW_FALSE : GLFW_TRUE);
  // The window system finds the icon and the desktop entry by this name.
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "tessera");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "tessera");
  const float grown = scale.value_or(1);
  return glfwCreateWindow(int(std::lround(float(std::max(size.width, least_width)) * grown)),
                          int(std::lround(float(std::max(size.height, least_height)) * grown)), title.c_str(),
                          nullptr, nullptr);
}

// What renders is known only once there is a window.
bool renders_in_software() {
  hint_at_opengl();
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  GLFWwindow* trial = glfwCreateWindow(16, 16, "", nullptr, nullptr);
  if (!trial) return false;
  glfwMakeContextCurrent(trial);
  const bool software = render::draws_in_software();
  glfwDestroyWindow(trial);
  return software;
}

void dropped(GLFWwindow* window, int count, const char** paths) {
  std::vector<std::filesystem::path> files;
  for (int i = 0; i < count; ++i) files.emplace_back(paths[i]);
  if (self(window).on_drop) self(window).on_drop(std::move(files));
}

void scaled(GLFWwindow* window, float, float) {
  if (self(window).on_scale) self(window).on_scale();
}

void key_changed(GLFWwindow* window, int key, int scancode, int action, int modifiers) {
  const bool command = modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER);
  if (command && action == GLFW_PRESS && (key == GLFW_KEY_Q || key == GLFW_KEY_W)) self(window).close();
  if (self(window).on_key && action != GLFW_REPEAT)
    self(window).on_key({key, scancode, action == GLFW_PRESS, modifiers});
}

void typed(GLFWwindow* window, unsigned character) {
  if (self(window).on_text) self(window).on_text(character);
}

}  // namespace

GlfwWindow::GlfwWindow(GlfwLibrary&, WindowSize size, std::optional<float> scale, const Icon& icon)
    : fixed_scale_(scale), title_("Tessera") {
  window_ = make_window(size, scale, title_, renders_in_software() ? 0 : samples_with_a_card);
  if (!window_)
    throw NoWindow("no window with OpenGL 3.3 can be opened (" + GlfwLibrary::last_complaint() + ")", "",
                   "Update the graphics driver, or install Mesa");
  glfwSetWindowUserPointer(window_, this);
  glfwMakeContextCurrent(window_);
  render::spread_software_renderer();
  glfwSwapInterval(1);
  glfwSetDropCallback(window_, dropped);
  glfwSetWindowContentScaleCallback(window_, scaled);
  glfwSetKeyCallback(window_, key_changed);
  glfwSetCharCallback(window_, typed);
  const int least = int(std::lround(float(least_width) * this->scale()));
  glfwSetWindowSizeLimits(window_, least, least * least_height / least_width, GLFW_DONT_CARE, GLFW_DONT_CARE);
  if (icon.side > 0) {
    Icon copy = icon;
    const GLFWimage image{copy.side, copy.side, copy.rgba.data()};
    glfwSetWindowIcon(window_, 1, &image);
  }
}

GlfwWindow::~GlfwWindow() { glfwDestroyWindow(window_); }

void GlfwWindow::set_title(const std::string& title) {
  if (title == title_) return;
  title_ = title;
  glfwSetWindowTitle(window_, title_.c_str());
}

float GlfwWindow::density() const {
  int width = 0;
  glfwGetWindowSize(window_, &width, nullptr);
  return width > 0 && framebuffer().width > 0 ? float(framebuffer().width) / float(width) : 1;
}

float GlfwWindow::scale() const {
  if (fixed_scale_) return *fixed_scale_;
  float x = 1;
  glfwGetWindowContentScale(window_, &x, nullptr);
  return std::max(0.5f, x / density());
}

WindowSize GlfwWindow::size() const {
  WindowSize size;
  glfwGetWindowSize(window_, &size.width, &size.height);
  return {int(std::lround(float(size.width) / scale())), int(std::lround(float(size.height) / scale()))};
}

GlfwWindow::Pixels GlfwWindow::framebuffer() const {
  Pixels pixels{};
  glfwGetFramebufferSize(window_, &pixels.width, &pixels.height);
  return pixels;
}

bool GlfwWindow::closing() const { return glfwWindowShouldClose(window_); }
bool GlfwWindow::minimized() const { return glfwGetWindowAttrib(window_, GLFW_ICONIFIED); }
void GlfwWindow::close() { glfwSetWindowShouldClose(window_, GLFW_TRUE); }
void GlfwWindow::show_frame() { glfwSwapBuffers(window_); }

}  // namespace tessera::app
