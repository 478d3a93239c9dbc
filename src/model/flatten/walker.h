#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/flatten/flatten.h"
#include "model/flatten/noise.h"

namespace tessera::model {

// Follows the program through modules, functions, branches and loops.
class Walker {
 public:
  Walker(jit::Graph& graph, c10::Device device, const std::function<void()>& check);

  // Calls a method of a module or object; the first argument is the object itself.
  Traced call(jit::Function& function, std::vector<Traced> arguments);

  Emitter& emitter() { return emitter_; }
  std::vector<ModuleReturn>& returns() { return returns_; }
  std::vector<Decision>& decisions() { return decisions_; }
  std::set<std::string>& notes() { return notes_; }
  bool draws() const { return noise_.draws(); }

 private:
  using Values = std::unordered_map<const jit::Value*, Traced>;

  std::vector<Traced> walk_block(const jit::Block& block, Values& values);
  void walk_node(const jit::Node& node, Values& values);
  std::vector<Traced> step(const jit::Node& node, std::vector<Traced> inputs, Values& values);

  Traced constant(const jit::Node& node);
  Traced get_attribute(const Traced& object, const std::string& name);
  void set_attribute(const Traced& object, const std::string& name, const Traced& value);
  Traced call_method(const jit::Node& node, std::vector<Traced> arguments);
  std::vector<Traced> branch(const jit::Node& node, const Traced& condition, Values& values);
  std::vector<Traced> loop(const jit::Node& node, const std::vector<Traced>& inputs, Values& values);
  std::vector<Traced> unpack(const jit::Node& node, const Traced& packed);
  void note_return(const std::string& path, int call, const Traced& result, std::size_t emitted_before);
  // Remembers a number that the pixels decide and the program chooses by.
  void decide(const Traced& number);
  void decide_element(const jit::Node& node, const std::vector<Traced>& inputs);

  Emitter emitter_;
  c10::Device device_;
  const std::function<void()>& check_;
  // Attributes that the program set, and collections that it may change; all others are read from the
  // objects.
  std::map<std::pair<const c10::ivalue::Object*, std::string>, Traced> attributes_;
  std::unordered_map<std::string, int> calls_;
  std::vector<ModuleReturn> returns_;
  std::vector<Decision> decisions_;
  NoiseLedger noise_;
  std::set<std::string> notes_;
  const c10::ivalue::Object* self_ = nullptr;  // of the method being walked
  std::size_t steps_ = 0;
  int depth_ = 0;
};

}  // namespace tessera::model
