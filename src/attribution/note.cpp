// The plain parts of the sweeps' answers: what they say of themselves and how much memory they hold.
#include <utility>

#include "tessera/attribution/sweeps.h"

namespace tessera::attribution {
namespace {

std::string to_text(Engine engine) {
  switch (engine) {
    case Engine::linearised:
      return "linearised";
    case Engine::dual_numbers:
      return "dual numbers";
    case Engine::batched_backward:
      return "batched backward";
  }
  return {};
}

std::string to_text(Direction direction) {
  switch (direction) {
    case Direction::automatic:
      return "automatic";
    case Direction::backward:
      return "backward";
    case Direction::forward:
      return "forward";
  }
  return {};
}

std::size_t heap_of(const std::string& text) { return text.capacity() + 1; }

std::size_t heap_of(const MethodNote& note) {
  std::size_t bytes = 0;
  for (const std::string& remark : note.remarks) bytes += sizeof(remark) + heap_of(remark);
  return bytes;
}

template <typename Item>
std::size_t heap_of(const std::vector<Item>& items) {
  std::size_t bytes = 0;
  for (const Item& item : items) bytes += memory_cost(item);
  return bytes;
}

}  // namespace

std::string to_text(const MethodNote& note) {
  std::string text = to_text(note.engine) + ", " + to_text(note.direction);
  if (note.points > 1) text += ", mean over " + std::to_string(note.points) + " points";
  return text + ", " + to_text(note.rules);
}

std::size_t memory_cost(const LayerGradient& value) {
  return sizeof(value) + heap_of(value.layer) + (value.activations ? memory_cost(*value.activations) : 0) +
         (value.gradient ? memory_cost(*value.gradient) : 0);
}

std::size_t memory_cost(const Pullback& value) {
  return sizeof(value) + heap_of(value.layers) + heap_of(value.note);
}

std::size_t memory_cost(const MeanGradients& value) {
  return sizeof(value) + value.values.capacity() * sizeof(float) + heap_of(value.layers) +
         heap_of(value.note);
}

std::size_t memory_cost(const Effects& value) {
  return sizeof(value) + value.values.capacity() * sizeof(float);
}

std::size_t memory_cost(const Sweep& value) {
  return sizeof(value) + heap_of(value.effects) + heap_of(value.note);
}

}  // namespace tessera::attribution
