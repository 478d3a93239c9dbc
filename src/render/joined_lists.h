#pragma once

#include <imgui.h>

namespace tessera::render {

// What a frame draws as one list. The backend hands vertices over list by list, and Mesa's software renderer
// first draws all that came before to its end each time.
class JoinedLists {
 public:
  JoinedLists();  // while an ImGui context is current

  // As valid as the lists of the frame, until the next call.
  ImDrawData join(const ImDrawData& frame);

 private:
  ImDrawList all_;
  ImDrawList* lists_ = &all_;
};

}  // namespace tessera::render
