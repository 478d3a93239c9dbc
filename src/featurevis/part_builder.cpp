#include "featurevis/part_builder.h"

#include <algorithm>
#include <array>

#include "featurevis/stages/convolution.h"
#include "featurevis/stages/simple.h"
#include "model/extract.h"

namespace tessera::featurevis {
namespace {

std::string_view name_of(const jit::Node* node) { return node->kind().toQualString(); }

bool is_padding(const jit::Node* node) {
  return name_of(node) == "aten::pad" || name_of(node) == "aten::constant_pad_nd";
}

bool is_list_of_tensors(const jit::Value* value) {
  return value->type()->isSubtypeOf(*c10::ListType::ofTensors());
}

std::array<std::int64_t, 2> pair_of(const c10::IValue& value) {
  const std::vector<std::int64_t> list =
      value.isInt() ? std::vector<std::int64_t>{value.toInt()} : value.toIntVector();
  return {list.at(0), list.back()};
}

}  // namespace

PartBuilder::PartBuilder(Part& part, const model::FlatGraph& flat, jit::Value* end)
    : part_(part), flat_(flat) {
  model::Extract extract = model::extract(*flat.graph, std::array{flat.picture}, std::array{end});
  part_.graph_ = extract.graph;
  end_ = part_.graph_->outputs()[0];
  for (const auto& [original, copy] : extract.copies)
    if (const auto found = flat.sizes.find(original); found != flat.sizes.end()) sizes_[copy] = found->second;
}

void PartBuilder::build() {
  const at::NoGradGuard no_grad;
  part_.picture_ = slot_of(part_.graph_->inputs()[0]);
  for (const jit::Node* node : part_.graph_->nodes()) {
    if (absorbed_.contains(node) || fold_constant(node)) continue;
    if (can_wait(node)) {
      deferred_.insert(node);
      continue;
    }
    std::unique_ptr<Stage> stage = list_waits() ? nullptr : own_stage(node);
    if (!stage) {
      // What was to be taken over by an operation's own stage runs by itself where it gets none.
      for (const jit::Value* input : node->inputs())
        if (deferred_.erase(input->node()) > 0) pending_.push_back(input->node());
      pending_.push_back(node);
      continue;
    }
    flush();
    add(std::move(stage));
  }
  flush();
  part_.end_ = slot_of(end_);
  part_.slots_ = int(slots_.size());
  find_last_uses();
}

int PartBuilder::slot_of(const jit::Value* value) {
  return slots_.try_emplace(value, int(slots_.size())).first->second;
}

// Also of what has not had its turn yet.
std::optional<c10::IValue> PartBuilder::constant(const jit::Value* value) const {
  if (const auto found = constants_.find(value); found != constants_.end()) return found->second;
  return jit::toIValue(value);
}

const jit::Node* PartBuilder::only_user(const jit::Value* value) const {
  return value->uses().size() == 1 && value != end_ ? value->uses()[0].user : nullptr;
}

bool PartBuilder::fold_constant(const jit::Node* node) {
  if (node->kind() == c10::prim::Constant) {
    if (const auto value = jit::toIValue(node->output())) constants_[node->output()] = *value;
    // None of a type that has no constant.
    else
      constants_[node->output()] = c10::IValue();
    return true;
  }
  const auto inputs = node->inputs();
  if (!std::all_of(inputs.begin(), inputs.end(), [&](const jit::Value* input) { return is_constant(input); }))
    return false;
  std::vector<c10::IValue> stack;
  for (const jit::Value* input : inputs) stack.push_back(constants_.at(input));
  stack = run_node(node, std::move(stack));
  for (std::size_t i = 0; i < stack.size(); ++i) constants_[node->output(i)] = std::move(stack[i]);
  return true;
}

std::unique_ptr<Stage> PartBuilder::own_stage(const jit::Node* node) {
  const std::string_view name = name_of(node);
  const auto simple = [&](std::unique_ptr<Stage> stage) {
    stage->inputs = {slot_of(node->input(0))};
    stage->outputs = {slot_of(node->output())};
    return stage;
  };
  if (const std::optional<Rectifier> rectifier = rectifier_of(node))
    return simple(make_rectifier(*rectifier));
  if (name == "aten::max_pool2d") return max_pool(node);
  if (name == "aten::cat") return concatenation(node);
  if (name == "aten::add") return sum(node);
  return convolution(node);
}

// Whether an operation's one user takes it over: zeros around a convolution, the list of a concatenation.
bool PartBuilder::can_wait(const jit::Node* node) const {
  const jit::Node* user = node->outputs().size() == 1 ? only_user(node->output()) : nullptr;
  if (!user) return false;
  if (is_padding(node)) return zeros_of(node) && convolution_of(user);
  if (name_of(node) != "prim::ListConstruct" || name_of(user) != "aten::cat" ||
      !is_list_of_tensors(node->output()) || !constant(user->input(1)))
    return false;
  const auto inputs = node->inputs();
  return std::none_of(inputs.begin(), inputs.end(),
                      [&](const jit::Value* input) { return is_constant(input); });
}

// The amounts of zeros, nothing where something else is padded.
std::optional<std::vector<std::int64_t>> PartBuilder::zeros_of(const jit::Node* padding) const {
  for (std::size_t i = 1; i < padding->inputs().size(); ++i)
    if (!is_constant(padding->input(i))) return std::nullopt;
  const auto constant = [&](const char* of) -> const c10::IValue& {
    return constants_.at(padding->namedInput(of));
  };
  const c10::IValue& value = constant("value");
  if (!value.isNone() && !(value.isScalar() && value.toScalar().toDouble() == 0)) return std::nullopt;
  if (name_of(padding) == "aten::pad" && constant("mode").toStringRef() != "constant") return std::nullopt;
  std::vector<std::int64_t> amounts = constant("pad").toIntVector();
  if (amounts.size() != 4 ||
      std::any_of(amounts.begin(), amounts.end(), [](std::int64_t amount) { return amount < 0; }))
    return std::nullopt;
  return amounts;
}

// Its settings but for what is before and after it; nothing where it is no plain convolution of maps.
std::optional<ConvolutionSettings> PartBuilder::convolution_of(const jit::Node* node) const {
  const std::string_view name = name_of(node);
  if (name != "aten::conv2d" && name != "aten::_convolution" && name != "aten::convolution")
    return std::nullopt;
  std::vector<c10::IValue> arguments(1);
  for (std::size_t i = 1; i < node->inputs().size(); ++i) {
    const std::optional<c10::IValue> value = constant(node->input(i));
    if (!value) return std::nullopt;
    arguments.push_back(*value);
  }
  const auto argument = [&](const char* of) -> const c10::IValue& {
    return arguments[std::size_t(node->schema().argumentIndexWithName(of).value())];
  };
  ConvolutionSettings settings;
  settings.weight = argument("weight").toTensor();
  if (settings.weight.dim() != 4 || !settings.weight.is_floating_point()) return std::nullopt;
  if (name != "aten::conv2d" && argument("transposed").toBool()) return std::nullopt;
  if (!argument("padding").isIntList()) return std::nullopt;  // "same"
  if (argument("bias").isTensor()) settings.bias = argument("bias").toTensor();
  settings.stride = pair_of(argument("stride"));
  settings.dilation = pair_of(argument("dilation"));
  settings.padding = pair_of(argument("padding"));
  settings.groups = argument("groups").toInt();
  const auto sizes = sizes_.find(node->input(0));
  if (sizes == sizes_.end() || sizes->second.size() != 4) return std::nullopt;
  return settings;
}

std::unique_ptr<Stage> PartBuilder::convolution(const jit::Node* node) {
  std::optional<ConvolutionSettings> settings = convolution_of(node);
  if (!settings) return nullptr;
  const jit::Value* in = node->input(0);
  if (deferred_.erase(in->node()) > 0) {
    const std::vector<std::int64_t> zeros = *zeros_of(in->node());
    std::copy(zeros.begin(), zeros.end(), settings->zeros.begin());
    in = in->node()->input(0);
  }
  const jit::Value* out = node->output();
  if (const jit::Node* after = only_user(out))
    if (const std::optional<Rectifier> rectifier = rectifier_of(after)) {
      settings->rectifier = rectifier;
      out = after->output();
      absorbed_.insert(after);
    }
  std::unique_ptr<Stage> stage = make_convolution(std::move(*settings), part_.type_);
  stage->inputs = {slot_of(in)};
  stage->outputs = {slot_of(out)};
  return stage;
}

std::unique_ptr<Stage> PartBuilder::max_pool(const jit::Node* node) {
  for (std::size_t i = 1; i < node->inputs().size(); ++i)
    if (!is_constant(node->input(i))) return nullptr;
  const auto list = [&](const char* of) { return constants_.at(node->namedInput(of)).toIntVector(); };
  MaxPoolSettings settings{list("kernel_size"), list("stride"), list("padding"), list("dilation"),
                           constants_.at(node->namedInput("ceil_mode")).toBool()};
  std::unique_ptr<Stage> stage = make_max_pool(std::move(settings));
  stage->inputs = {slot_of(node->input(0))};
  stage->outputs = {slot_of(node->output())};
  return stage;
}

std::unique_ptr<Stage> PartBuilder::concatenation(const jit::Node* node) {
  const jit::Node* list = node->input(0)->node();
  if (deferred_.erase(list) == 0) return nullptr;
  std::unique_ptr<Stage> stage = make_concatenation(constants_.at(node->input(1)).toInt());
  for (const jit::Value* input : list->inputs()) stage->inputs.push_back(slot_of(input));
  stage->outputs = {slot_of(node->output())};
  return stage;
}

std::unique_ptr<Stage> PartBuilder::sum(const jit::Node* node) {
  const jit::Value* a = node->input(0);
  const jit::Value* b = node->input(1);
  if (is_constant(a) || is_constant(b) || !sizes_.contains(a) || !sizes_.contains(b) ||
      sizes_.at(a) != sizes_.at(b) || sizes_.at(a).size() < 2)
    return nullptr;
  if (node->inputs().size() > 2) {
    if (!is_constant(node->input(2))) return nullptr;
    const c10::IValue& alpha = constants_.at(node->input(2));
    if (!alpha.isScalar() || alpha.toScalar().toDouble() != 1) return nullptr;
  }
  std::unique_ptr<Stage> stage = make_sum();
  stage->inputs = {slot_of(a), slot_of(b)};
  stage->outputs = {slot_of(node->output())};
  return stage;
}

bool PartBuilder::list_waits() const {
  for (const jit::Node* node : pending_)
    for (const jit::Value* output : node->outputs()) {
      if (!is_list_of_tensors(output)) continue;
      for (const jit::Use& use : output->uses())
        if (std::find(pending_.begin(), pending_.end(), use.user) == pending_.end()) return true;
    }
  return false;
}

void PartBuilder::add(std::unique_ptr<Stage> stage) {
  stage->index = part_.stages_.size();
  part_.stages_.push_back(std::move(stage));
}

void PartBuilder::flush() {
  if (pending_.empty()) return;
  const std::unordered_set<const jit::Node*> inside(pending_.begin(), pending_.end());
  std::vector<AutomaticStep> steps;
  std::vector<const jit::Value*> inputs;
  std::vector<const jit::Value*> outputs;
  for (const jit::Node* node : pending_) {
    AutomaticStep step{node, {}};
    for (const jit::Value* input : node->inputs()) {
      if (is_constant(input)) {
        step.constants.push_back(part_.type_ == at::kFloat || !constants_.at(input).isTensor() ||
                                         constants_.at(input).toTensor().scalar_type() != at::kFloat
                                     ? constants_.at(input)
                                     : c10::IValue(constants_.at(input).toTensor().to(part_.type_)));
        continue;
      }
      step.constants.push_back(std::nullopt);
      if (!inside.contains(input->node()) && std::find(inputs.begin(), inputs.end(), input) == inputs.end())
        inputs.push_back(input);
    }
    steps.push_back(std::move(step));
    for (const jit::Value* output : node->outputs()) {
      bool leaves = output == end_;
      for (const jit::Use& use : output->uses()) leaves = leaves || !inside.contains(use.user);
      if (leaves) outputs.push_back(output);
    }
  }
  part_.automatic_operations_ += steps.size();
  std::unique_ptr<Stage> stage = make_automatic(std::move(steps), inputs, outputs);
  for (const jit::Value* input : inputs) stage->inputs.push_back(slot_of(input));
  for (const jit::Value* output : outputs) stage->outputs.push_back(slot_of(output));
  add(std::move(stage));
  pending_.clear();
}

void PartBuilder::find_last_uses() {
  std::vector<std::size_t> last(std::size_t(part_.slots_), 0);
  std::vector<bool> used(std::size_t(part_.slots_), false);
  for (std::size_t i = 0; i < part_.stages_.size(); ++i)
    for (const auto* slots : {&part_.stages_[i]->inputs, &part_.stages_[i]->outputs})
      for (const int slot : *slots) {
        last[std::size_t(slot)] = i;
        used[std::size_t(slot)] = true;
      }
  part_.finished_.resize(part_.stages_.size());
  for (int slot = 0; slot < part_.slots_; ++slot)
    if (used[std::size_t(slot)] && slot != part_.end_)
      part_.finished_[last[std::size_t(slot)]].push_back(slot);
}

}  // namespace tessera::featurevis
