#include "app/window/glfw_library.h"

#include <GLFW/glfw3.h>

#include "app/window/no_window.h"

namespace tessera::app {

GlfwLibrary::GlfwLibrary() {
  if (!glfwInit()) throw NoWindow("there is no display to open a window on (" + last_complaint() + ")");
}

GlfwLibrary::~GlfwLibrary() { glfwTerminate(); }

void GlfwLibrary::wake() { glfwPostEmptyEvent(); }

std::string GlfwLibrary::last_complaint() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text ? text : "";
}

}  // namespace tessera::app
