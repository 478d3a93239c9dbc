#include "render/joined_lists.h"

#include <cstddef>
#include <cstring>

namespace tessera::render {
namespace {

template <class T>
void append(ImVector<T>& to, const ImVector<T>& from) {
  const int before = to.Size;
  to.resize(before + from.Size);
  if (from.Size > 0) std::memcpy(to.Data + before, from.Data, std::size_t(from.size_in_bytes()));
}

}  // namespace

JoinedLists::JoinedLists() : all_(ImGui::GetDrawListSharedData()) {}

ImDrawData JoinedLists::join(const ImDrawData& frame) {
  all_.CmdBuffer.resize(0);
  all_.VtxBuffer.resize(0);
  all_.IdxBuffer.resize(0);
  for (int i = 0; i < frame.CmdListsCount; ++i) {
    const ImDrawList& list = *frame.CmdLists[i];
    for (ImDrawCmd command : list.CmdBuffer) {
      command.VtxOffset += unsigned(all_.VtxBuffer.Size);
      command.IdxOffset += unsigned(all_.IdxBuffer.Size);
      all_.CmdBuffer.push_back(command);
    }
    append(all_.VtxBuffer, list.VtxBuffer);
    append(all_.IdxBuffer, list.IdxBuffer);
  }
  ImDrawData joined = frame;
  joined.CmdListsCount = 1;
#if IMGUI_VERSION_NUM >= 18973
  joined.CmdLists.resize(0);
  joined.CmdLists.push_back(lists_);
#else
  joined.CmdLists = &lists_;
#endif
  return joined;
}

}  // namespace tessera::render
