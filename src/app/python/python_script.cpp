#include "app/python/python_script.h"

#include "app/version.h"
#include "base/read_file.h"
#include "tessera/base/atomic_file.h"
#include "tessera/base/npz.h"

namespace tessera::app {
namespace {

constexpr std::size_t longest_part = std::size_t(1) << 20;

std::string read_part(const std::filesystem::path& parts, const std::string& name) {
  const auto bytes = read_file(parts / (name + ".py"), longest_part);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Every `token` becomes `text`.
void fill_in(std::string& script, const std::string& token, const std::string& text) {
  for (std::size_t at = 0; (at = script.find(token, at)) != std::string::npos; at += text.size())
    script.replace(at, token.size(), text);
}

std::string remarks_text(const ui::FigureNumbers& numbers) {
  std::string text;
  for (const std::string& remark : numbers.remarks) text += "\n" + ui::python_comment(remark);
  return text;
}

std::string constants_text(const ui::FigureNumbers& numbers) {
  std::string text;
  for (const ui::PythonConstant& constant : numbers.constants) {
    text += constant.name + " = " + ui::python_literal(constant.value);
    if (!constant.comment.empty()) text += "  # " + ui::python_comment(constant.comment);
    text += '\n';
  }
  return text;
}

}  // namespace

std::string python_script(const ui::FigureNumbers& numbers, const std::filesystem::path& parts,
                          const std::string& name) {
  std::string script = read_part(parts, "head");
  fill_in(script, "@SENTENCE@", ui::python_comment(numbers.sentence));
  fill_in(script, "@NAME@", ui::python_comment(name));
  fill_in(script, "@VERSION@", version_number);
  fill_in(script, "@REMARKS@", remarks_text(numbers));
  script += "\n" + constants_text(numbers);
  for (const std::string& part : numbers.parts) script += "\n\n" + read_part(parts, part);
  return script;
}

std::string write_python(const ui::FigureNumbers& numbers, const std::filesystem::path& parts,
                         const std::filesystem::path& file) {
  std::string script = python_script(numbers, parts, file.stem().string());
  npz::save(arrays_beside(file), numbers.arrays);
  write_file_atomically(file, script);
  return script;
}

std::filesystem::path arrays_beside(std::filesystem::path script) { return script.replace_extension(".npz"); }

}  // namespace tessera::app
