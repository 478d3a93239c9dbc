#include <algorithm>

#include "model/archive.h"
#include "model/archive_scan.h"
#include "model/build_flat_graph.h"
#include "model/device.h"
#include "model/dry_run.h"
#include "model/metadata.h"
#include "model/model_impl.h"
#include "model/read_module.h"
#include "tessera/base/cancelled.h"
#include "tessera/base/error.h"

#include <fstream>
#include <iterator>

namespace tessera::model {
namespace {

constexpr const char* export_again = "Export it again with tools/export_torchscript.py";
constexpr const char* metadata_record = "extra/tessera.json";

struct FoundMetadata {
  Metadata metadata;
  PreprocessingSource source = PreprocessingSource::assumed;
};

FoundMetadata find_metadata(Archive& archive) {
  if (archive.has(metadata_record))
    return {parse_metadata(archive.read(metadata_record), archive.file().string() + ", " + metadata_record),
            PreprocessingSource::archive};
  std::filesystem::path sidecar = archive.file();
  sidecar.replace_extension(".json");
  std::ifstream in(sidecar, std::ios::binary);
  if (!in) return {};
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return {parse_metadata(text, sidecar.string()), PreprocessingSource::sidecar};
}

// What LibTorch says about a file that it cannot load, in one clause.
std::string loading_failure(std::string message) {
  for (const char* marker : {"Unknown builtin op: ", "Unknown type name "}) {
    const std::size_t at = message.find(marker);
    if (at == std::string::npos) continue;
    message.erase(0, at + std::string_view(marker).size());
    return "the model needs " + message.substr(0, message.find_first_of(".\n ")) +
           ", which this LibTorch does not have";
  }
  // Many of its messages begin with an empty line.
  const std::size_t from = message.find_first_not_of(" \t\r\n");
  if (from == std::string::npos) return "LibTorch cannot load the file, and does not say why";
  message = message.substr(from, message.find_first_of("\r\n", from) - from);
  if (message.ends_with(':')) message.pop_back();  // before the code that it is about
  return "LibTorch cannot load the file (" + message + ")";
}

jit::Module load_module(Archive& archive, c10::Device device) {
  try {
    return read_module(archive, device);
  } catch (const c10::Error& error) {
    throw Error(loading_failure(error.what_without_backtrace()), archive.file().string(), export_again);
  } catch (const std::exception& error) {
    throw Error(loading_failure(error.what()), archive.file().string(), export_again);
  }
}

std::size_t count_parameters(const jit::Module& module) {
  std::size_t count = 0;
  for (const at::Tensor& parameter : module.parameters()) count += std::size_t(parameter.numel());
  return count;
}

class Stages {
 public:
  explicit Stages(const LoadOptions& options) : options_(options) {}

  void enter(float fraction, std::string_view stage) const {
    check();
    if (options_.progress) options_.progress(fraction, stage);
  }
  void check() const {
    if (options_.cancelled && options_.cancelled()) throw Cancelled{};
  }

 private:
  const LoadOptions& options_;
};

}  // namespace

std::shared_ptr<Model> Model::load(const std::filesystem::path& file, const LoadOptions& options) {
  const Stages stages(options);
  use_available_threads();
  constexpr float reading = 0.5f;
  Archive archive(file, [&](float share, std::string_view stage) { stages.enter(reading * share, stage); });
  scan_archive(archive);
  FoundMetadata found = find_metadata(archive);
  const c10::Device device = choose_device(options.device);

  stages.enter(reading, "loading the network");
  const jit::Module module = load_module(archive, device);
  check_inputs(module, file.string());

  stages.enter(0.6f, "running it once");
  std::vector<Preprocessing> candidates;
  auto source = PreprocessingSource::assumed;
  if (options.preprocessing) {
    candidates = {*options.preprocessing};
    source = PreprocessingSource::option;
  } else if (found.metadata.preprocessing) {
    candidates = {*found.metadata.preprocessing};
    source = found.source;
  } else {
    candidates = guess_preprocessings(module, archive);
  }
  DryRun run = dry_run(module, candidates, options.picture, device, file.string(), [&] { stages.check(); });

  stages.enter(0.8f, "preparing it");
  BuiltGraph built = build_flat_graph(std::move(run.trace), found.metadata.suggested_layers);
  auto impl = std::make_unique<Impl>();
  impl->device = device;
  impl->flat = std::move(built.flat);
  ModelCard& card = impl->card;
  card.file = file;
  card.name = found.metadata.name.empty() ? file.stem().string() : found.metadata.name;
  card.hash = archive.hash();
  card.device = device_name(device);
  card.preprocessing = run.preprocessing;
  card.preprocessing_source = source;
  card.parameters = count_parameters(module);
  card.classes = built.classes;
  card.folded_batch_norms = built.folded_batch_norms;
  card.notes = std::move(built.notes);
  for (const LayerValue& layer : impl->flat.layers) card.layers.push_back(layer.info);

  card.labels = std::move(found.metadata.labels);
  if (!card.labels.empty() && card.labels.size() != std::size_t(card.classes)) {
    card.notes.push_back("The metadata has " + std::to_string(card.labels.size()) + " labels for " +
                         std::to_string(card.classes) + " classes; they are left out");
    card.labels.clear();
  }
  stages.enter(1.0f, "ready");
  return std::shared_ptr<Model>(new Model(std::move(impl)));
}

}  // namespace tessera::model
