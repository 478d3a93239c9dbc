#pragma once

#include <memory>
#include <string>

namespace tessera::render {

// An OpenGL 3.3 core context without a window or a display server, current on the thread that made it. Tries
// Mesa's surfaceless platform, then every EGL device, then the default display. One at a time on a thread.
class EglContext {
 public:
  EglContext();  // throws Error, saying what was tried
  ~EglContext();
  EglContext(const EglContext&) = delete;
  EglContext& operator=(const EglContext&) = delete;

  // "surfaceless", "device 0", "default display"
  const std::string& platform() const;

 private:
  struct Handles;
  std::unique_ptr<Handles> handles_;
};

}  // namespace tessera::render
