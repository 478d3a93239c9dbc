#include "tessera/figure/queries.h"

#include "tessera/base/error.h"
#include "tessera/image/png_text.h"

namespace tessera::figure {
namespace {

std::string key_of(const session::FileStamp& file) { return session::ImageRef{file}.key(); }

std::string key_of(const std::vector<std::filesystem::path>& paths) {
  std::string key;
  for (const auto& path : paths) key += '\n' + path.string();
  return key;
}

}  // namespace

std::string IdentifyFile::key() const { return key_of(file); }
std::string ReadFigure::key() const { return key_of(file); }
std::string FindFile::key() const {
  return wanted.hash + ' ' + wanted.name + key_of(files) + "\nfolders" + key_of(folders);
}

FigureInFile read_figure(const std::filesystem::path& file) {
  const auto text = image::read_png_text(file, provenance_keyword, longest_provenance);
  if (!text) return {};
  try {
    return {provenance_from_json(*text)};
  } catch (const Error& error) {
    throw Error(error.happened(), file.string(), error.remedy());
  }
}

void serve(engine::Engine& engine) {
  engine.answer_with<IdentifyFile>([](const IdentifyFile& query, engine::Job& job) {
    job.progress(0, "reading the file");
    return std::make_shared<const FileIdentity>(
        identify(query.file.path, [&job] { return job.cancelled(); }));
  });
  engine.answer_with<ReadFigure>([](const ReadFigure& query, engine::Job& job) {
    job.progress(0, "reading the figure");
    return std::make_shared<const FigureInFile>(read_figure(query.file.path));
  });
  engine.answer_with<FindFile>([](const FindFile& query, engine::Job& job) {
    job.progress(0, "looking for " + query.wanted.name);
    return std::make_shared<const FoundFile>(FoundFile{find_file(query, [&job] { return job.cancelled(); })});
  });
}

}  // namespace tessera::figure
