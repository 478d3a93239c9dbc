#pragma once

#include <cstddef>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "tessera/image/image.h"
#include "tessera/session/references.h"

namespace tessera::session {

// The pictures decoded last. Both lanes use it; where they want the same picture at once, one decodes and the
// other waits for it.
class ImageShelf {
 public:
  explicit ImageShelf(std::size_t most = 4) : most_(most) {}

  // The picture, decoded unless it is on the shelf. Throws Error.
  std::shared_ptr<const Image> open(const ImageRef& reference);

 private:
  using Decoded = std::shared_future<std::shared_ptr<const Image>>;
  struct Place {
    std::string key;
    Decoded image;
  };
  void remove(const std::string& key);

  std::size_t most_;
  std::mutex mutex_;
  std::list<Place> places_;  // most recently used first
};

}  // namespace tessera::session
