#include "base/read_file.h"

#include <fstream>
#include <system_error>

#include "tessera/base/error.h"

namespace tessera {

std::vector<std::byte> read_file(const std::filesystem::path& file, std::size_t most_bytes) {
  std::error_code problem;
  const auto status = std::filesystem::status(file, problem);
  if (!std::filesystem::exists(status)) throw Error("there is no such file", file.string());
  if (!std::filesystem::is_regular_file(status)) throw Error("this is not a file", file.string());
  const auto size = std::filesystem::file_size(file, problem);
  if (problem) throw Error("the file cannot be read (" + problem.message() + ")", file.string());
  if (size > most_bytes)
    throw Error("the file is too large (" + std::to_string(size) + " bytes; at most " +
                    std::to_string(most_bytes) + " can be read)",
                file.string());

  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error("the file cannot be opened", file.string(), "Check its permissions");
  std::vector<std::byte> bytes(size);
  in.read(reinterpret_cast<char*>(bytes.data()), std::streamsize(size));
  if (in.gcount() != std::streamsize(size))
    throw Error("the file could not be read completely", file.string());
  return bytes;
}

}  // namespace tessera
