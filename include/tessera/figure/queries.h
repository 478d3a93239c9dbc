#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tessera/engine/engine.h"
#include "tessera/figure/provenance.h"
#include "tessera/session/references.h"

// What may be asked about figures in files and the files that they are of. All of it reads files, on the cpu
// lane.
namespace tessera::figure {

// What a file is, whatever it is called.
struct IdentifyFile {
  using Result = FileIdentity;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  session::FileStamp file;
  std::string key() const;
};

struct FigureInFile {
  std::optional<Provenance> made;  // none: an ordinary picture
};

// What made a PNG, where it is a figure of Tessera's. Fails as image::read_png_text and provenance_from_json
// do.
struct ReadFigure {
  using Result = FigureInFile;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  session::FileStamp file;
  std::string key() const;
};

struct FoundFile {
  std::filesystem::path file;
};

// Looks for a file by what is in it: first among `files`, in their order, then in `folders` (not in folders
// inside them), where files of its name come first. Fails where there is none: "cat.jpg, which this figure
// shows, is not …".
struct FindFile {
  using Result = FoundFile;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  FileIdentity wanted;
  std::vector<std::filesystem::path> files;
  std::vector<std::filesystem::path> folders;
  std::string key() const;
};

// Registers what answers these.
void serve(engine::Engine& engine);

// A file's name without folders, fit for a provenance.
std::string plain_name(const std::filesystem::path& file);

// The same at once, on the calling thread. `stop`: see content_hash. Throw Error.
FileIdentity identify(const std::filesystem::path& file, const std::function<bool()>& stop = {});
FigureInFile read_figure(const std::filesystem::path& file);
std::filesystem::path find_file(const FindFile& query, const std::function<bool()>& stop = {});

}  // namespace tessera::figure
