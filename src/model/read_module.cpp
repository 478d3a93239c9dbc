#include "model/read_module.h"

#include <torch/csrc/jit/operator_upgraders/upgraders_entry.h>
#include <torch/csrc/jit/serialization/import_read.h>
#include <torch/csrc/jit/serialization/import_source.h>
#include <torch/csrc/jit/serialization/storage_context.h>

#include <algorithm>
#include <utility>

namespace tessera::model {
namespace {

std::shared_ptr<jit::Source> find_source(Archive& archive, const std::string& qualifier) {
  std::string record = "code/" + qualifier + ".py";
  std::replace(record.begin() + 5, record.end() - 3, '.', '/');
  if (!archive.has(record)) return nullptr;
  return std::make_shared<jit::Source>(archive.read(record), record, 1);
}

// Of its attributes alone: classes that bring code for it (__setstate__) are refused by the scan.
c10::intrusive_ptr<c10::ivalue::Object> make_object(const c10::StrongTypePtr& type, c10::IValue attributes) {
  const auto made = type.type_->expect<c10::ClassType>();
  const auto values = std::move(attributes).toGenericDict();
  auto object = c10::ivalue::Object::create(type, made->numAttributes());
  for (std::size_t i = 0; i < made->numAttributes(); ++i)
    object->setSlot(i, values.at(made->getAttributeName(i)));
  return object;
}

}  // namespace

jit::Module read_module(Archive& archive, c10::Device device) {
  jit::populate_upgraders_graph_map();  // for files of an older torch
  const auto unit = std::make_shared<jit::CompilationUnit>();
  std::vector<c10::IValue> constants;
  const jit::SourceImporter importer(
      unit, &constants, [&](const std::string& qualifier) { return find_source(archive, qualifier); },
      archive.reader().version());
  const auto resolve = [&](const c10::QualifiedName& name) {
    return c10::StrongTypePtr(unit, importer.loadType(name));
  };
  const auto unpickle = [&](const std::string& name) {
    const auto storages = std::make_shared<jit::DeserializationStorageContext>();
    for (auto& [key, storage] : archive.lend(name + "/")) storages->addStorage(key, std::move(storage));
    return jit::readArchiveAndTensors(name, "", "", resolve, make_object, device, archive.reader(),
                                      jit::Unpickler::defaultTypeParser, storages);
  };
  const c10::IValue tuple = unpickle("constants");
  for (const c10::IValue& constant : tuple.toTupleRef().elements()) constants.push_back(constant);
  return jit::Module(unpickle("data").toObject());
}

}  // namespace tessera::model
