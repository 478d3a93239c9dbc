#include "model/fuse_convolutions.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tessera::model {
namespace {

// A rectifier as oneDNN names it.
struct Rectifier {
  std::string name;
  std::vector<double> limits;
};

std::optional<Rectifier> rectifier_of(const jit::Node& node) {
  if (node.kind() == c10::aten::relu) return Rectifier{"relu", {}};
  if (node.kind() == c10::aten::relu6) return Rectifier{"hardtanh", {0, 6}};
  if (node.kind() != c10::aten::hardtanh) return std::nullopt;
  const auto low = jit::toIValue(node.input(1)), high = jit::toIValue(node.input(2));
  if (!low || !high || !low->isScalar() || !high->isScalar()) return std::nullopt;
  return Rectifier{"hardtanh", {low->toScalar().toDouble(), high->toScalar().toDouble()}};
}

jit::Node* only_reader(const jit::Value* value) {
  return value->uses().size() == 1 ? value->uses()[0].user : nullptr;
}

class Fusion {
 public:
  Fusion(Extract& part, const FlatGraph& flat, const std::unordered_set<const jit::Value*>& finite,
         PackedKernels& kernels)
      : graph_(*part.graph), flat_(flat), finite_(finite), kernels_(kernels) {
    for (const auto& [original, copy] : part.copies) originals_[copy] = original;
  }

  void run() {
    // Fusing one ends the nodes after it, but never another convolution.
    std::vector<std::pair<jit::Node*, Convolution>> convolutions;
    for (jit::Node* node : graph_.nodes())
      if (const auto convolution = convolution_of(*node); convolution && fits(*node, *convolution))
        convolutions.emplace_back(node, *convolution);
    for (const auto& [node, convolution] : convolutions) fuse(node, convolution);
  }

 private:
  const std::vector<std::int64_t>* sizes_of(const jit::Value* value) const {
    const auto original = originals_.find(value);
    if (original == originals_.end()) return nullptr;
    const auto sizes = flat_.sizes.find(original->second);
    return sizes == flat_.sizes.end() ? nullptr : &sizes->second;
  }

  bool fits(const jit::Node& node, const Convolution& convolution) const {
    const std::vector<std::int64_t>* input = sizes_of(node.input(0));
    return input && input->size() == 4 && finite_.contains(originals_.at(node.input(1))) &&
           PackedKernels::has(convolution);
  }

  // The other term where the node adds one of the same size to `value`.
  jit::Value* other_term(const jit::Node& node, const jit::Value* value) const {
    if (node.kind() != c10::aten::add || node.inputs().size() != 3) return nullptr;
    const auto factor = jit::toIValue(node.input(2));
    if (!factor || !factor->isScalar() || factor->toScalar().toDouble() != 1) return nullptr;
    jit::Value* other = node.input(node.input(0) == value ? 1 : 0);
    const auto* here = sizes_of(value);
    const auto* there = sizes_of(other);
    return here && there && *here == *there ? other : nullptr;
  }

  void fuse(jit::Node* node, const Convolution& convolution) {
    std::vector<jit::Node*> chain{node};
    jit::Value* other = nullptr;
    jit::Node* next = only_reader(node->output());
    if (next && (other = other_term(*next, node->output()))) {
      chain.push_back(next);
      next = only_reader(next->output());
    }
    std::optional<Rectifier> rectifier;
    if (next && finite_.contains(originals_.at(chain.back()->output()))) rectifier = rectifier_of(*next);
    if (rectifier) chain.push_back(next);

    jit::Value* result = chain.back()->output();
    jit::Value* fused = write(chain.back(), *node, other, convolution, rectifier);
    fused->setType(result->type());
    originals_[fused] = originals_.at(result);
    result->replaceAllUsesWith(fused);
    for (auto done = chain.rbegin(); done != chain.rend(); ++done) {
      originals_.erase((*done)->output());
      (*done)->destroy();
    }
  }

  // Just before `place`, where all that it reads has been computed.
  jit::Value* write(jit::Node* place, jit::Node& node, jit::Value* other, const Convolution& convolution,
                    const std::optional<Rectifier>& rectifier) {
    const jit::WithInsertPoint here(place);
    jit::Node* packed = graph_.insertNode(graph_.create(c10::prim::ConstantMKLDNNTensor));
    packed->t_(c10::attr::value, kernels_.of(convolution, *sizes_of(node.input(0))));
    packed->output()->setType(c10::TensorType::get());
    const auto constant = [&](c10::IValue value) { return graph_.insertConstant(std::move(value)); };
    std::vector<jit::Value*> limits;
    if (rectifier)
      for (const double limit : rectifier->limits) limits.push_back(constant(limit));
    jit::Value* scalars =
        graph_.insertNode(graph_.createList(c10::OptionalType::create(c10::NumberType::get()), limits))
            ->output();
    jit::Value* none = constant(c10::IValue());
    std::vector<jit::Value*> inputs{node.input(0)};
    const auto append = [&](std::initializer_list<jit::Value*> more) {
      for (jit::Value* value : more) inputs.push_back(value);
    };
    if (other) append({other});
    append({packed->output(), node.input(2), constant(convolution.padding), constant(convolution.stride),
            constant(convolution.dilation), constant(convolution.groups)});
    if (other)
      append({constant("add"), constant(1.0), rectifier ? constant(rectifier->name) : none});
    else
      append({constant(rectifier ? rectifier->name : "none")});
    append({scalars, none});
    return graph_
        .insertNode(graph_.create(c10::Symbol::fromQualString("mkldnn::_convolution_pointwise"), inputs))
        ->output();
  }

  jit::Graph& graph_;
  const FlatGraph& flat_;
  const std::unordered_set<const jit::Value*>& finite_;
  PackedKernels& kernels_;
  std::unordered_map<const jit::Value*, const jit::Value*> originals_;
};

}  // namespace

void fuse_convolutions(Extract& part, const FlatGraph& flat,
                       const std::unordered_set<const jit::Value*>& finite, PackedKernels& kernels) {
  if (PackedKernels::available()) Fusion(part, flat, finite, kernels).run();
}

}  // namespace tessera::model
