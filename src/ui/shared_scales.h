#pragma once

#include <map>
#include <string>

namespace tessera::ui {

// How views that stand beside each other come to one scale: each tells the greatest values that it shows, by
// what they are of, and draws up to the greatest that any of them told of. The one that is drawn first learns
// of the other's a frame later.
class SharedScales {
 public:
  // `what`: the same text in both views for the same quantity.
  float agree(const std::string& what, float value);

  // Between frames. True where the next one has to be drawn, as its scales will be others.
  bool next_frame();

 private:
  std::map<std::string, float> before_;  // of the last frame
  std::map<std::string, float> now_;
};

}  // namespace tessera::ui
