#pragma once

#include <filesystem>
#include <string>

#include "support/paths.h"
#include "tessera/base/error.h"
#include "tessera/engine/engine.h"
#include "tessera/session/queries.h"
#include "tessera/session/session.h"

namespace tessera::test {

// A session behind an engine, as the application has it.
struct Opened {
  session::Session session;
  engine::Engine engine;
  Opened() { session.serve(engine); }
};

inline session::ImageRef image_at(const std::filesystem::path& file) { return {session::stamp(file)}; }

// The small networks bring no metadata: 64x64, value / 255.
inline session::ModelRef small_model_at(const std::filesystem::path& file) {
  return {session::stamp(file), model::preprocessing_from_text("unit,64x64"), model::DeviceChoice::cpu};
}
inline session::ModelRef tiny_model(const std::string& name) { return small_model_at(data("tiny/" + name)); }
inline session::ImageRef small_image() { return image_at(data("tiny/chelsea_64.png")); }

// For the modules below the engine: a job that nobody watches or stops.
template <class T>
engine::Job unwatched_job() {
  return {std::stop_token{}, typeid(T), [](float, std::string_view) {},
          [](std::shared_ptr<const void>, std::size_t) {}};
}

// The sentence with which a question is refused; empty where it is answered.
template <class Query>
std::string refusal_of(engine::Engine& engine, const Query& query) {
  try {
    engine.wait(query);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

inline void copy_over(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
}

}  // namespace tessera::test
