#pragma once

#include <string>

namespace tessera::app {

// GLFW, from its start to its end: every window and whatever posts events to it must lie in between.
class GlfwLibrary {
 public:
  GlfwLibrary();  // throws NoWindow where there is no display
  ~GlfwLibrary();
  GlfwLibrary(const GlfwLibrary&) = delete;
  GlfwLibrary& operator=(const GlfwLibrary&) = delete;

  // Ends the wait for events on the UI thread. Safe on any thread while the object lives.
  static void wake();

  // What GLFW said about the last call that failed; empty where it did not.
  static std::string last_complaint();
};

}  // namespace tessera::app
