#include "model/flatten/noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "model/flatten/in_place.h"
#include "model/flatten/run_node.h"
#include "model/is_one_of.h"

namespace tessera::model {
namespace {

constexpr std::array<std::string_view, 19> drawing{
    "bernoulli", "rand",        "rand_like", "randn",    "randn_like",     "randint",   "randint_like",
    "randperm",  "normal",      "uniform",   "random",   "exponential",    "geometric", "log_normal",
    "cauchy",    "multinomial", "poisson",   "binomial", "_standard_gamma"};
// Give what they get, perhaps in another shape or type.
constexpr std::array<std::string_view, 20> passing{
    "to",      "type_as", "_to_copy",   "float",     "double",  "half",     "clone",
    "detach",  "alias",   "view",       "reshape",   "expand",  "flatten",  "unsqueeze",
    "squeeze", "permute", "contiguous", "expand_as", "view_as", "transpose"};
constexpr const char* mean_note =
    "The network adds noise or drops values at random, as in training; the mean is used, as in evaluation "
    "mode";
constexpr const char* fixed_note =
    "The network draws random numbers; they are fixed to one draw, and another one gives other results";

// "aten::bernoulli_" → "bernoulli".
std::string_view plain_name(const jit::Node& node) {
  std::string_view name = node.kind().toQualString();
  if (!name.starts_with("aten::")) return {};
  name.remove_prefix(6);
  if (name.ends_with("_") && !name.ends_with("__")) name.remove_suffix(1);
  return name;
}

// A number that is known: a scalar, or a tensor of one element.
std::optional<double> number(const Traced& traced, Emitter& emitter) {
  if (traced.symbol) return std::nullopt;
  if (traced.value.isScalar()) return traced.value.toScalar().toDouble();
  if (!traced.value.isTensor() || !traced.value.toTensor().defined() || !emitter.is_constant(traced))
    return std::nullopt;
  const at::Tensor tensor = traced.value.toTensor();
  if (tensor.numel() == 0 || tensor.is_complex()) return std::nullopt;
  const double first = tensor.flatten()[0].item().toDouble();
  if (tensor.numel() > 1 && !at::eq(tensor, first).all().item<bool>()) return std::nullopt;
  return first;
}

const Traced* argument(const jit::Node& node, const std::vector<Traced>& inputs, std::string_view name) {
  const auto& arguments = node.schema().arguments();
  for (std::size_t i = 0; i < arguments.size() && i < inputs.size(); ++i)
    if (arguments[i].name() == name) return &inputs[i];
  return nullptr;
}

std::optional<double> number_argument(const jit::Node& node, const std::vector<Traced>& inputs,
                                      std::string_view name, Emitter& emitter) {
  const Traced* found = argument(node, inputs, name);
  return found ? number(*found, emitter) : std::nullopt;
}

Noise law_of(const jit::Node& node, const std::vector<Traced>& inputs, Emitter& emitter) {
  const std::string_view name = plain_name(node);
  if (name == "bernoulli") {
    std::optional<double> p = number_argument(node, inputs, "p", emitter);
    if (!p && !argument(node, inputs, "p"))
      p = number(inputs[0], emitter);  // bernoulli(tensor of probabilities)
    if (p) return {Noise::Law::bernoulli, *p, 1, 0};
  }
  if (name == "rand" || name == "rand_like") return {Noise::Law::uniform, 0, 1, 0};
  if (name == "randn" || name == "randn_like") return {Noise::Law::centred, 0, 1, 0};
  if (name == "uniform") {
    const double from = number_argument(node, inputs, "from", emitter).value_or(0);
    return {Noise::Law::uniform, 0, number_argument(node, inputs, "to", emitter).value_or(1) - from, from};
  }
  if (name == "normal") {
    const auto mean = number_argument(node, inputs, "mean", emitter);
    const auto spread = number_argument(node, inputs, "std", emitter);
    if (mean && spread) return {Noise::Law::centred, 0, *spread, *mean};
  }
  return {};
}

double chance_above(const Noise& uniform, double bound) {  // that scale·d + shift > bound
  if (uniform.scale == 0) return uniform.shift > bound ? 1 : 0;
  const double at = std::clamp((bound - uniform.shift) / uniform.scale, 0.0, 1.0);
  return uniform.scale > 0 ? 1 - at : at;
}

// What an operation makes of noise and of `by`, the number beside it.
Noise changed(std::string_view name, const Noise& noise, bool noise_first, std::optional<double> by,
              double alpha) {
  Noise result = noise;
  const bool known = noise.law != Noise::Law::unknown;
  if (name == "neg") return {noise.law, noise.p, -noise.scale, -noise.shift};
  if (is_one_of(name, passing)) return result;
  if (name == "bool" && noise.law == Noise::Law::bernoulli && noise.scale == 1 && noise.shift == 0)
    return result;
  if ((name == "logical_not" || name == "bitwise_not") && noise.law == Noise::Law::bernoulli &&
      noise.scale == 1 && noise.shift == 0)
    return {noise.law, 1 - noise.p, 1, 0};
  if ((name == "floor" || name == "trunc") && noise.law == Noise::Law::uniform && noise.scale == 1 &&
      noise.shift >= 0) {
    const double below = std::floor(noise.shift);
    return {Noise::Law::bernoulli, noise.shift - below, 1, below};
  }
  if (!known || !by) return {};
  const double number = *by;
  if (name == "mul") return {noise.law, noise.p, noise.scale * number, noise.shift * number};
  if (name == "div" && noise_first) return {noise.law, noise.p, noise.scale / number, noise.shift / number};
  if (name == "add" && noise_first) return {noise.law, noise.p, noise.scale, noise.shift + alpha * number};
  if (name == "add") return {noise.law, noise.p, alpha * noise.scale, alpha * noise.shift + number};
  if (name == "sub" && noise_first) return {noise.law, noise.p, noise.scale, noise.shift - alpha * number};
  if (name == "sub") return {noise.law, noise.p, -alpha * noise.scale, number - alpha * noise.shift};
  if (name == "rsub") return {noise.law, noise.p, -alpha * noise.scale, number - alpha * noise.shift};
  const bool above = name == "gt" || name == "ge";
  const bool below = name == "lt" || name == "le";
  if ((above || below) && noise.law == Noise::Law::uniform) {
    const double chance = chance_above(noise, number);
    return {Noise::Law::bernoulli, above == noise_first ? chance : 1 - chance, 1, 0};
  }
  return {};
}

Traced filled(const at::Tensor& like, double value) {
  return wrap(at::full(like.sizes(), value, like.options().dtype(at::kFloat)));
}

}  // namespace

std::optional<double> Noise::mean() const {
  switch (law) {
    case Law::bernoulli:
      return scale * p + shift;
    case Law::uniform:
      return scale / 2 + shift;
    case Law::centred:
      return shift;
    case Law::unknown:
      break;
  }
  return std::nullopt;
}

const Noise* NoiseLedger::find(const Traced& traced) const {
  if (traced.symbol || !traced.value.isTensor() || !traced.value.toTensor().defined()) return nullptr;
  const auto found = known_.find(traced.value.toTensor().unsafeGetTensorImpl());
  return found == known_.end() ? nullptr : &found->second.noise;
}

bool NoiseLedger::is_in(const Traced& traced) const {
  if (find(traced)) return true;
  return traced.elements && std::any_of(traced.elements->begin(), traced.elements->end(),
                                        [&](const Traced& element) { return is_in(element); });
}

void NoiseLedger::set(const at::Tensor& tensor, const Noise& noise) {
  known_[tensor.unsafeGetTensorImpl()] = {tensor, noise};
}

std::vector<Traced> NoiseLedger::draw(const jit::Node& node, std::vector<Traced>& inputs, Emitter& emitter) {
  draws_ = true;
  const Noise noise = law_of(node, inputs, emitter);
  if (const int written = written_argument(node.schema()); written >= 0) {
    const at::Tensor target = inputs[std::size_t(written)].value.toTensor();
    emitter.keep_constants(target);
    // All of it is overwritten: whatever it depended on before, it is a constant now.
    if (TensorLedger::Entry* entry = emitter.ledger().find(target)) {
      if (entry->view) throw Unsupported("draws random numbers into a part of a tensor");
      entry->symbol = nullptr;
      entry->stale = entry->poisoned = false;
    }
  }
  std::vector<Traced> results;
  for (c10::IValue& output : run_node(node, inputs)) {
    if (output.isTensor() && output.toTensor().defined()) set(output.toTensor(), noise);
    results.push_back(wrap(std::move(output)));
  }
  return results;
}

std::vector<Traced> NoiseLedger::work_on_noise(const jit::Node& node, std::vector<Traced>& inputs,
                                               Emitter& emitter) {
  const std::string_view name = plain_name(node);
  Noise result;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Noise* noise = find(inputs[i]);
    if (!noise) continue;
    std::optional<double> by;
    bool two = false;
    for (std::size_t k = 0; k < inputs.size() && k < 2; ++k) {
      two = two || (k != i && is_in(inputs[k]));
      if (k != i) by = number(inputs[k], emitter);
    }
    const double alpha = number_argument(node, inputs, "alpha", emitter).value_or(1);
    if (!two) result = changed(name, *noise, i == 0, by, alpha);
    break;
  }
  const int written = written_argument(node.schema());
  if (written >= 0) emitter.keep_constants(inputs[std::size_t(written)].value.toTensor());
  std::vector<Traced> results;
  for (c10::IValue& output : run_node(node, inputs)) {
    if (output.isTensor() && output.toTensor().defined()) set(output.toTensor(), result);
    if (output.isTensorList())
      for (const at::Tensor& tensor : output.toTensorVector()) set(tensor, {});
    results.push_back(wrap(std::move(output)));
  }
  return results;
}

std::optional<std::vector<Traced>> NoiseLedger::join(const jit::Node& node, std::vector<Traced>& inputs,
                                                     Emitter& emitter, std::set<std::string>& notes) {
  const std::string_view name = plain_name(node);
  const auto mean_of = [&](std::size_t i) {
    const Noise* noise = i < inputs.size() ? find(inputs[i]) : nullptr;
    return noise ? noise->mean() : std::nullopt;
  };
  const auto emit = [&](const char* kind, const std::vector<Traced>& arguments, const at::Tensor& result) {
    return emitter.emit(c10::Symbol::fromQualString(kind), arguments, {result})[0];
  };
  if (name == "where" && inputs.size() == 3) {
    if (const auto p = mean_of(0); p && !is_in(inputs[1]) && !is_in(inputs[2])) {
      notes.insert(mean_note);
      const auto share = [&](const Traced& of, double part) {
        const at::Tensor value =
            of.value.isTensor() ? of.value.toTensor() : at::scalar_tensor(of.value.toScalar());
        const Traced tensor = of.value.isTensor() ? of : wrap(value);
        return emitter.is_constant(tensor) ? wrap(value * part)
                                           : emit("aten::mul", {tensor, wrap(part)}, value * part);
      };
      const Traced yes = share(inputs[1], *p);
      const Traced no = share(inputs[2], 1 - *p);
      return {
          {emit("aten::add", {yes, no, wrap(std::int64_t(1))}, yes.value.toTensor() + no.value.toTensor())}};
    }
  }
  if (name == "masked_fill" && std::string_view(node.kind().toQualString()) == "aten::masked_fill" &&
      inputs.size() == 3) {
    if (const auto p = mean_of(1), value = number(inputs[2], emitter); p && value) {
      notes.insert(mean_note);
      const at::Tensor kept = inputs[0].value.toTensor() * (1 - *p);
      const Traced part = emit("aten::mul", {inputs[0], wrap(1 - *p)}, kept);
      if (*value == 0) return {{part}};
      return {{emit("aten::add", {part, wrap(*p * *value), wrap(std::int64_t(1))}, kept + *p * *value)}};
    }
  }
  const bool product = name == "mul" || name == "div";
  const bool sum = name == "add" || name == "sub";
  for (std::size_t i = 0; (product || sum) && i < 2; ++i) {
    const auto mean = mean_of(i);
    if (!mean || (name == "div" && i == 0)) continue;
    notes.insert(mean_note);
    const at::Tensor noise = inputs[i].value.toTensor();
    const at::Tensor other = inputs[1 - i].value.isTensor() ? inputs[1 - i].value.toTensor() : at::Tensor();
    const bool shape_stays =
        other.defined() && at::infer_size(other.sizes(), noise.sizes()) == other.sizes().vec();
    if (shape_stays && *mean == (product ? 1 : 0) && (i == 1 || name == "mul" || name == "add"))
      return {{inputs[1 - i]}};
    inputs[i] = filled(noise, *mean);
    return std::nullopt;
  }
  notes.insert(fixed_note);
  return std::nullopt;
}

std::optional<std::vector<Traced>> NoiseLedger::run(const jit::Node& node, std::vector<Traced>& inputs,
                                                    Emitter& emitter, std::set<std::string>& notes) {
  const std::string_view name = plain_name(node);
  if (name.empty() || !node.maybeSchema()) return std::nullopt;
  if (is_one_of(name, drawing)) return draw(node, inputs, emitter);
  if (known_.empty() ||
      std::none_of(inputs.begin(), inputs.end(), [&](const Traced& input) { return is_in(input); }))
    return std::nullopt;
  const bool constant = std::all_of(inputs.begin(), inputs.end(),
                                    [&](const Traced& input) { return emitter.is_constant(input); });
  // A shape or a type that is read from the input is no dependence on it.
  const bool shape_alone =
      !constant && is_one_of(name, passing) && find(inputs[0]) && emitter.is_constant(inputs[0]);
  if (constant || shape_alone) return work_on_noise(node, inputs, emitter);
  return join(node, inputs, emitter, notes);
}

FixedSeed::FixedSeed(c10::Device device) : generator_(at::globalContext().defaultGenerator(device)) {
  const std::lock_guard lock(generator_.mutex());
  state_ = generator_.get_state();
  generator_.set_current_seed(0);
}

FixedSeed::~FixedSeed() {
  const std::lock_guard lock(generator_.mutex());
  generator_.set_state(state_);
}

}  // namespace tessera::model
