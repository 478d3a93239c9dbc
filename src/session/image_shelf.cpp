#include "session/image_shelf.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "tessera/image/load.h"

namespace tessera::session {

std::shared_ptr<const Image> ImageShelf::open(const ImageRef& reference) {
  const std::string key = reference.key();
  std::promise<std::shared_ptr<const Image>> promise;
  Decoded decoded;
  {
    std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(places_.begin(), places_.end(), [&](const Place& place) { return place.key == key; });
    if (found != places_.end()) {
      places_.splice(places_.begin(), places_, found);
      decoded = found->image;
    } else {
      places_.push_front({key, promise.get_future().share()});
      while (places_.size() > std::max<std::size_t>(1, most_)) places_.pop_back();
    }
  }
  if (decoded.valid()) return decoded.get();

  try {
    auto image = std::make_shared<const Image>(image::load(reference.file.path));
    promise.set_value(image);
    return image;
  } catch (...) {
    // A failure is the engine's to remember: a retry has to decode again.
    remove(key);
    promise.set_exception(std::current_exception());
    throw;
  }
}

void ImageShelf::remove(const std::string& key) {
  std::lock_guard lock(mutex_);
  places_.remove_if([&](const Place& place) { return place.key == key; });
}

}  // namespace tessera::session
