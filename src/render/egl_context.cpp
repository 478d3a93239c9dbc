#include "render/egl_context.h"

#include <epoxy/egl.h>
#include <epoxy/gl.h>

#include <array>
#include <cstring>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "render/gl_check.h"
#include "tessera/base/error.h"

namespace tessera::render {
namespace {

struct Candidate {
  std::string name;
  std::function<EGLDisplay()> open;
};

bool client_offers(const char* extension) { return epoxy_has_egl_extension(EGL_NO_DISPLAY, extension); }

std::vector<Candidate> candidates() {
  std::vector<Candidate> found;
  const bool platforms = client_offers("EGL_EXT_platform_base");
  if (platforms && client_offers("EGL_MESA_platform_surfaceless"))
    found.push_back({"surfaceless", [] {
                       return eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY,
                                                       nullptr);
                     }});
  if (platforms && client_offers("EGL_EXT_platform_device") &&
      (client_offers("EGL_EXT_device_enumeration") || client_offers("EGL_EXT_device_base"))) {
    std::array<EGLDeviceEXT, 16> devices{};
    EGLint count = 0;
    if (!eglQueryDevicesEXT(EGLint(devices.size()), devices.data(), &count)) count = 0;
    for (EGLint i = 0; i < count; ++i)
      found.push_back({"device " + std::to_string(i), [device = devices[std::size_t(i)]] {
                         return eglGetPlatformDisplayEXT(EGL_PLATFORM_DEVICE_EXT, device, nullptr);
                       }});
  }
  found.push_back({"default display", [] { return eglGetDisplay(EGL_DEFAULT_DISPLAY); }});
  return found;
}

std::string reason() {
  switch (eglGetError()) {
    case EGL_SUCCESS:
      return "no reason given";
    case EGL_NOT_INITIALIZED:
      return "not initialised";
    case EGL_BAD_ACCESS:
      return "no access";
    case EGL_BAD_ALLOC:
      return "out of memory";
    case EGL_BAD_MATCH:
      return "OpenGL 3.3 is not offered";
    case EGL_BAD_CONFIG:
      return "no such configuration";
    default:
      return "refused";
  }
}

}  // namespace

struct EglContext::Handles {
  std::string platform;
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  EGLSurface surface = EGL_NO_SURFACE;

  Handles() = default;
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;
  ~Handles() {
    if (display == EGL_NO_DISPLAY) return;
    eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (surface != EGL_NO_SURFACE) eglDestroySurface(display, surface);
    if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
    eglTerminate(display);
  }

  // Throws Error with the step that failed.
  void open(const Candidate& candidate) {
    platform = candidate.name;
    const EGLDisplay opened = candidate.open();
    if (opened == EGL_NO_DISPLAY) throw Error("there is no such display");
    if (!eglInitialize(opened, nullptr, nullptr)) throw Error("cannot be initialised, " + reason());
    display = opened;
    if (!eglBindAPI(EGL_OPENGL_API)) throw Error("offers no desktop OpenGL");
    const std::array<EGLint, 13> wanted{EGL_SURFACE_TYPE,
                                        EGL_PBUFFER_BIT,
                                        EGL_RENDERABLE_TYPE,
                                        EGL_OPENGL_BIT,
                                        EGL_RED_SIZE,
                                        8,
                                        EGL_GREEN_SIZE,
                                        8,
                                        EGL_BLUE_SIZE,
                                        8,
                                        EGL_ALPHA_SIZE,
                                        8,
                                        EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (!eglChooseConfig(display, wanted.data(), &config, 1, &count) || count == 0)
      throw Error("has no configuration for OpenGL");
    make_context(config);
    make_current(config);
    require_gl();
  }

 private:
  void make_context(EGLConfig config) {
    const std::array<EGLint, 7> version{EGL_CONTEXT_MAJOR_VERSION,
                                        3,
                                        EGL_CONTEXT_MINOR_VERSION,
                                        3,
                                        EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                        EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                        EGL_NONE};
    context = eglCreateContext(display, config, EGL_NO_CONTEXT, version.data());
    if (context == EGL_NO_CONTEXT) throw Error("makes no context, " + reason());
  }

  // Everything is drawn into framebuffer objects: a surface is only made where EGL insists on one.
  void make_current(EGLConfig config) {
    if (!epoxy_has_egl_extension(display, "EGL_KHR_surfaceless_context")) {
      const std::array<EGLint, 5> tiny{EGL_WIDTH, 1, EGL_HEIGHT, 1, EGL_NONE};
      surface = eglCreatePbufferSurface(display, config, tiny.data());
      if (surface == EGL_NO_SURFACE) throw Error("makes no surface, " + reason());
    }
    if (!eglMakeCurrent(display, surface, surface, context))
      throw Error("does not take the context, " + reason());
  }
};

EglContext::EglContext() {
  const std::string remedy = "Install an EGL driver (on Debian and Ubuntu: libegl1 and libgl1-mesa-dri)";
  if (!epoxy_has_egl()) throw Error("there is no EGL to draw with where no window is open", "", remedy);
  std::string tried;
  for (const Candidate& candidate : candidates()) {
    try {
      auto handles = std::make_unique<Handles>();
      handles->open(candidate);
      handles_ = std::move(handles);
      return;
    } catch (const Error& error) {
      tried += (tried.empty() ? "" : "; ") + candidate.name + ": " + error.what();
    }
  }
  throw Error("no OpenGL 3.3 to draw with where no window is open (" + tried + ")", "", remedy);
}

EglContext::~EglContext() = default;

const std::string& EglContext::platform() const { return handles_->platform; }

}  // namespace tessera::render
