#include "app/options.h"

#include <cstdlib>
#include <string>
#include <utility>

#include "app/data_folder.h"
#include "base/thread_count.h"
#include "tessera/base/error.h"

namespace tessera::app {
namespace {

// An option whose text `parse` understands or refuses with an Error, which is a usage error then.
template <class Parse>
CLI::Option* add_parsed(CLI::App& command, const std::string& name, Parse parse, const std::string& help) {
  return command.add_option_function<std::string>(
      name,
      [parse = std::move(parse)](const std::string& text) {
        try {
          parse(text);
        } catch (const Error& error) {
          throw CLI::ValidationError(error.what());
        }
      },
      help);
}

}  // namespace

session::ModelRef Options::model_reference() const {
  const std::filesystem::path file =
      model.empty() ? find_data_folder().model() : std::filesystem::path(model);
  return {session::stamp(file), preprocessing, device};
}

void add_options(CLI::App& command, Options& options) {
  command
      .add_option("-m,--model", options.model, "A TorchScript file (default: the bundled EfficientNet-Lite0)")
      ->option_text("FILE");
  add_parsed(
      command, "--preprocess",
      [&options](const std::string& text) { options.preprocessing = model::preprocessing_from_text(text); },
      "How a picture becomes the network's input (default: as the model says)")
      ->option_text("TEXT");
  add_parsed(
      command, "--device",
      [&options](const std::string& text) { options.device = model::device_choice_from_text(text); },
      "Where the network runs: auto, cpu, cuda or mps (default: auto)")
      ->option_text("DEVICE");
  command
      .add_option_function<int>(
          "--threads",
          // Where LibTorch, and base/thread_count.h, look for it; nothing else runs yet.
          [](int count) { setenv("OMP_NUM_THREADS", std::to_string(count).c_str(), 1); },
          "How many threads compute (default: OMP_NUM_THREADS, else as many processors as this process may "
          "use)")
      ->check(CLI::Range(1, most_threads))
      ->option_text("N");
  command.add_flag("-v,--verbose", options.verbose, "Tell on stderr what is being done");
}

void refuse_option(const std::string& option, const std::string& why) {
  throw CLI::ValidationError(option, why);
}

}  // namespace tessera::app
