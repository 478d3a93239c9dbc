#include "featurevis/precision.h"

#include "featurevis/part.h"
#include "featurevis/rectifier.h"
#include "tessera/featurevis/icon_batch.h"

namespace tessera::featurevis {
namespace {

// Of values, relative to their length, and of gradients: those of EfficientNet-Lite0 are at .01 and .97 to
// .99.
constexpr double largest_distance = .1;
constexpr double least_cosine = .9;

jit::Value* last_layer(const model::FlatGraph& flat) {
  jit::Value* last = flat.logits;
  for (const model::LayerValue& layer : flat.layers)
    if (layer.info.suggested) last = before_rectifier(layer.value);
  return last;
}

double cosine(const at::Tensor& a, const at::Tensor& b) {
  return ((a * b).sum() / (a.norm() * b.norm()).clamp_min(1e-20)).item<double>();
}

}  // namespace

std::string to_text(Precision precision) { return precision == Precision::bfloat16 ? "bfloat16" : "float32"; }

bool has_bfloat16_instructions() {
#if defined(__x86_64__) && defined(__GNUC__)
  return __builtin_cpu_supports("avx512bf16") > 0;
#else
  return false;
#endif
}

bool bfloat16_agrees(model::Model::Impl& model) {
  try {
    const at::NoGradGuard no_grad;
    Image picture(64, 64);
    for (std::size_t i = 0; i < picture.rgb.size(); ++i) picture.rgb[i] = std::uint8_t(i * 2654435761u >> 13);
    const at::Tensor input = model.input_of(picture);
    jit::Value* end = last_layer(model.flat);
    at::Tensor values[2];
    at::Tensor gradients[2];
    for (const int which : {0, 1}) {
      const Part part(model.flat, end, which == 0 ? at::kFloat : at::kBFloat16);
      Trace trace;
      values[which] = part.forward(input, trace);
      // A direction that has to do with what is seen, as an icon's has.
      gradients[which] = part.backward(values[0], trace);
      if (!gradients[which].defined()) return false;
      gradients[which] = gradients[which].to(at::kFloat);
    }
    const double distance =
        ((values[1] - values[0]).norm() / values[0].norm().clamp_min(1e-20)).item<double>();
    return distance < largest_distance && cosine(gradients[0], gradients[1]) > least_cosine;
  } catch (const c10::Error&) {
    return false;
  } catch (const std::runtime_error&) {  // the interpreter's own
    return false;
  }
}

Precision choose_precision(model::Model& model) {
  model::Model::Impl& impl = model.impl();
  return impl.device.is_cpu() && has_bfloat16_instructions() && bfloat16_agrees(impl) ? Precision::bfloat16
                                                                                      : Precision::float32;
}

}  // namespace tessera::featurevis
