#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tessera/base/error.h"

namespace tessera::model {

// The LibTorch that runs the models, for people.
struct LibTorch {
  std::string version;  // "2.13.0"
  std::string kernels;  // what it chose its own inner loops for, in its words: "AVX2", "AVX512", "DEFAULT"
};

LibTorch libtorch();

// What an exception of LibTorch's means to whoever runs a model: its first line without the backtrace, or
// that memory was not enough. Nothing for exceptions of others.
std::optional<Error> explain_failure(const std::exception& exception);

// Takes what LibTorch warns of, which it would write to standard error as it is. Safe on any thread.
class LibTorchWarnings {
 public:
  // `tell` gets the first line of each warning, once, on the thread that caused it; empty: nobody hears of
  // it.
  explicit LibTorchWarnings(std::function<void(const std::string& line)> tell = {});
  ~LibTorchWarnings();
  LibTorchWarnings(const LibTorchWarnings&) = delete;
  LibTorchWarnings& operator=(const LibTorchWarnings&) = delete;

  // LibTorch has a handler for each thread: from now on this is the calling thread's. It must live until the
  // thread uses LibTorch no more.
  void take_those_of_this_thread();

 private:
  class Handler;
  std::unique_ptr<Handler> handler_;
};

}  // namespace tessera::model
