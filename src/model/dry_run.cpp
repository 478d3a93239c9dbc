#include "model/dry_run.h"

#include <algorithm>
#include <array>

#include "model/example_input.h"
#include "model/preprocess.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

constexpr std::array<int, 9> common_sizes{224, 32, 64, 28, 96, 128, 256, 299, 384};

std::string input_text(const Preprocessing& preprocessing) {
  return std::to_string(preprocessing.fit.width) + "×" + std::to_string(preprocessing.fit.height) +
         (preprocessing.order == ChannelOrder::grey ? " grey" : " colour");
}

// The channels that the first convolution reads; 3 where there is none.
std::int64_t first_channels(const jit::Module& module) {
  for (const at::Tensor& parameter : module.parameters())
    if (parameter.dim() == 4) return parameter.size(1);
  return 3;
}

Preprocessing with(int width, int height, std::int64_t channels) {
  Preprocessing preprocessing;
  preprocessing.fit.width = width;
  preprocessing.fit.height = height;
  if (channels == 1) {
    preprocessing.order = ChannelOrder::grey;
    preprocessing.mean = {0.5, 0.5, 0.5};
    preprocessing.std = {0.5, 0.5, 0.5};
  }
  return preprocessing;
}

// " in features.1 at conv2d"
std::string place_of(const DryRunFailure& failure) {
  const std::size_t colons = failure.operation.find("::");
  return (failure.module.empty() ? "" : " in " + failure.module) + " at " +
         failure.operation.substr(colons == std::string::npos ? 0 : colons + 2);
}

}  // namespace

void check_inputs(const jit::Module& module, const std::string& where) {
  if (!module.find_method("forward")) throw Error("the model has no forward method", where);
  const auto& arguments = module.get_method("forward").function().getSchema().arguments();
  constexpr const char* remedy = "Tessera needs a model of one picture";
  if (arguments.size() < 2) throw Error("the model takes no input", where, remedy);
  const c10::TypePtr type = arguments[1].type();
  const auto optional = type->cast<c10::OptionalType>();
  if (!(optional ? optional->getElementType() : type)->isSubtypeOf(*c10::TensorType::get()))
    throw Error("the model takes a " + type->annotation_str() + ", not a picture tensor", where, remedy);
  const auto required =
      std::count_if(arguments.begin() + 2, arguments.end(),
                    [](const c10::Argument& argument) { return !argument.default_value(); });
  if (required > 0) throw Error("the model takes " + std::to_string(required + 1) + " inputs", where, remedy);
}

std::vector<Preprocessing> guess_preprocessings(const jit::Module& module, Archive& archive) {
  if (const auto shape = example_input_shape(archive); shape && ((*shape)[1] == 1 || (*shape)[1] == 3) &&
                                                       (*shape)[2] <= 4096 && (*shape)[3] <= 4096 &&
                                                       (*shape)[2] > 0 && (*shape)[3] > 0)
    return {with(int((*shape)[3]), int((*shape)[2]), (*shape)[1])};
  const std::int64_t channels = first_channels(module);
  std::vector<Preprocessing> candidates;
  for (const int size : common_sizes) candidates.push_back(with(size, size, channels));
  return candidates;
}

at::Tensor neutral_input(const Preprocessing& preprocessing, c10::Device device) {
  Image picture(preprocessing.fit.width, preprocessing.fit.height);
  std::uint32_t state = 1;
  for (std::uint8_t& value : picture.rgb) {
    state = state * 1664525u + 1013904223u;  // Numerical Recipes' generator: any will do
    value = std::uint8_t(96 + (state >> 26));
  }
  return normalize(picture, preprocessing).contiguous().to(device);
}

DryRun dry_run(const jit::Module& module, const std::vector<Preprocessing>& candidates, const Image* picture,
               c10::Device device, const std::string& where, const std::function<void()>& check) {
  std::optional<Error> first;
  for (const Preprocessing& candidate : candidates) {
    try {
      const at::Tensor input =
          picture ? preprocess(*picture, candidate, device).contiguous() : neutral_input(candidate, device);
      return {flatten(module, input, check), candidate};
    } catch (const DryRunFailure& failure) {
      if (!failure.by_input)
        throw Error(std::string("the model ") + failure.what() + place_of(failure), where,
                    "Export it traced, with torch.jit.trace");
      if (first) continue;
      const std::string also = candidates.size() > 1 ? ", nor on other sizes" : "";
      first.emplace("the model does not run on a " + input_text(candidate) + " picture" + also +
                        ": it fails" + place_of(failure) + " (" + failure.what() + ")",
                    where, "Give the input that it wants with --preprocess, or in a metadata file beside it");
    }
  }
  throw *first;
}

}  // namespace tessera::model
