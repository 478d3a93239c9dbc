#include "model/flatten/collections.h"

#include <string_view>

namespace tessera::model {
namespace {

using Elements = std::shared_ptr<std::vector<Traced>>;

Elements concatenate(const std::vector<Traced>& first, const std::vector<Traced>& second) {
  auto both = std::make_shared<std::vector<Traced>>(first);
  both->insert(both->end(), second.begin(), second.end());
  return both;
}

Traced list_of(const c10::TypePtr& element_type, Elements elements) {
  c10::impl::GenericList list(element_type);
  for (const Traced& element : *elements) list.push_back(element.value);
  Traced traced;
  traced.value = list;
  traced.elements = std::move(elements);
  return traced;
}

Traced tuple_of(const c10::TypePtr& type, Elements elements) {
  std::vector<c10::IValue> values;
  for (const Traced& element : *elements) values.push_back(element.value);
  const auto tuple_type = type ? type->cast<c10::TupleType>() : nullptr;
  Traced traced;
  traced.value = tuple_type && tuple_type->schema()
                     ? c10::ivalue::Tuple::createNamed(std::move(values), tuple_type)
                     : c10::ivalue::Tuple::create(std::move(values));
  traced.elements = std::move(elements);
  return traced;
}

std::size_t position(std::int64_t index, std::size_t size) {
  const std::int64_t from_start = index < 0 ? index + std::int64_t(size) : index;
  if (from_start < 0 || from_start >= std::int64_t(size)) throw Unsupported("reads past the end of a list");
  return std::size_t(from_start);
}

// The place of a key's value among key, value, key, value …; nothing where the key is missing.
std::optional<std::size_t> find_key(const std::vector<Traced>& elements, const c10::IValue& key) {
  for (std::size_t i = 0; i + 1 < elements.size(); i += 2) {
    const c10::IValue& other = elements[i].value;
    const bool same = key.isString() && other.isString() ? key.toStringRef() == other.toStringRef()
                      : key.isInt() && other.isInt()     ? key.toInt() == other.toInt()
                      : key.isBool() && other.isBool()   ? key.toBool() == other.toBool()
                                                         : false;
    if (same) return i + 1;
  }
  return std::nullopt;
}

std::vector<Traced> construct_dict(const jit::Node& node, const std::vector<Traced>& inputs) {
  const auto type = node.output()->type()->expect<c10::DictType>();
  c10::impl::GenericDict dict(type->getKeyType(), type->getValueType());
  for (std::size_t i = 0; i + 1 < inputs.size(); i += 2)
    dict.insert_or_assign(inputs[i].value, inputs[i + 1].value);
  Traced traced;
  traced.value = dict;
  traced.elements = std::make_shared<std::vector<Traced>>(inputs);
  return {traced};
}

std::optional<std::vector<Traced>> run_on_dict(const std::string_view name, std::vector<Traced>& inputs) {
  std::vector<Traced>& elements = *inputs[0].elements;
  const c10::impl::GenericDict dict = inputs[0].value.toGenericDict();
  if (name == "aten::__getitem__" || name == "aten::get") {
    if (const auto found = find_key(elements, inputs[1].value)) return {{elements[*found]}};
    if (name == "aten::get" && inputs.size() > 2) return {{inputs[2]}};
    if (name == "aten::get") return {{Traced{}}};
    throw Unsupported("reads a key that a dictionary does not have");
  }
  if (name == "aten::__contains__") return {{wrap(find_key(elements, inputs[1].value).has_value())}};
  if (name == "aten::len") return {{wrap(std::int64_t(elements.size() / 2))}};
  if (name == "aten::_set_item") {
    if (const auto found = find_key(elements, inputs[1].value)) {
      elements[*found] = inputs[2];
    } else {
      elements.push_back(inputs[1]);
      elements.push_back(inputs[2]);
    }
    inputs[0].value.toGenericDict().insert_or_assign(inputs[1].value, inputs[2].value);
    return std::vector<Traced>{};
  }
  if (name != "aten::keys" && name != "aten::values" && name != "aten::items") return std::nullopt;
  auto listed = std::make_shared<std::vector<Traced>>();
  for (std::size_t i = 0; i + 1 < elements.size(); i += 2) {
    if (name == "aten::keys") listed->push_back(elements[i]);
    if (name == "aten::values") listed->push_back(elements[i + 1]);
    if (name == "aten::items")
      listed->push_back(tuple_of(
          nullptr, std::make_shared<std::vector<Traced>>(std::vector<Traced>{elements[i], elements[i + 1]})));
  }
  const c10::TypePtr type = name == "aten::keys" ? dict.keyType()
                            : name == "aten::values"
                                ? dict.valueType()
                                : c10::TupleType::create({dict.keyType(), dict.valueType()});
  return {{list_of(type, listed)}};
}

std::optional<std::vector<Traced>> run_on_list(const std::string_view name, std::vector<Traced>& inputs) {
  std::vector<Traced>& elements = *inputs[0].elements;
  c10::impl::GenericList list = inputs[0].value.toList();
  const auto index = [&] { return position(inputs[1].value.toInt(), elements.size()); };
  if (name == "aten::__getitem__") return {{elements[index()]}};
  if (name == "aten::len") return {{wrap(std::int64_t(elements.size()))}};
  if (name == "aten::append") {
    list.push_back(inputs[1].value);
    elements.push_back(inputs[1]);
    return {{inputs[0]}};
  }
  if (name == "aten::_set_item") {
    const std::size_t at = index();
    list.set(at, inputs[2].value);
    elements[at] = inputs[2];
    return {{inputs[0]}};
  }
  if (name == "aten::insert") {
    const std::int64_t wanted = inputs[1].value.toInt();
    const auto size = std::int64_t(elements.size());
    const std::int64_t at = std::clamp<std::int64_t>(wanted < 0 ? wanted + size : wanted, 0, size);
    list.insert(list.begin() + at, inputs[2].value);
    elements.insert(elements.begin() + at, inputs[2]);
    return std::vector<Traced>{};
  }
  if (name == "aten::pop") {
    const std::size_t at = inputs.size() > 1 ? index() : position(-1, elements.size());
    Traced popped = elements[at];
    list.erase(list.begin() + std::ptrdiff_t(at));
    elements.erase(elements.begin() + std::ptrdiff_t(at));
    return {{popped}};
  }
  if (name == "aten::clear") {
    list.clear();
    elements.clear();
    return std::vector<Traced>{};
  }
  if (name == "aten::reverse") {
    std::reverse(elements.begin(), elements.end());
    for (std::size_t i = 0; i < elements.size(); ++i) list.set(i, elements[i].value);
    return std::vector<Traced>{};
  }
  if (name == "aten::list" || name == "aten::copy")
    return {{list_of(list.elementType(), std::make_shared<std::vector<Traced>>(elements))}};
  if (name == "aten::slice") {
    const auto size = std::int64_t(elements.size());
    const auto bound = [&](std::size_t i, std::int64_t otherwise) {
      const std::int64_t given =
          inputs.size() > i && inputs[i].value.isInt() ? inputs[i].value.toInt() : otherwise;
      return std::clamp<std::int64_t>(given < 0 ? given + size : given, 0, size);
    };
    const std::int64_t step = inputs.size() > 3 && inputs[3].value.isInt() ? inputs[3].value.toInt() : 1;
    if (step < 1) throw Unsupported("walks a list backwards");
    auto sliced = std::make_shared<std::vector<Traced>>();
    for (std::int64_t i = bound(1, 0); i < bound(2, size); i += step)
      sliced->push_back(elements[std::size_t(i)]);
    return {{list_of(list.elementType(), sliced)}};
  }
  if ((name == "aten::add" || name == "aten::add_" || name == "aten::extend") && inputs[1].elements) {
    if (name == "aten::add")
      return {{list_of(list.elementType(), concatenate(elements, *inputs[1].elements))}};
    const std::vector<Traced> more = *inputs[1].elements;  // a list may extend itself
    for (const Traced& element : more) {
      list.push_back(element.value);
      elements.push_back(element);
    }
    return name == "aten::add_" ? std::vector<Traced>{inputs[0]} : std::vector<Traced>{};
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<Traced>> run_collection(const jit::Node& node, std::vector<Traced>& inputs) {
  const std::string_view name = node.kind().toQualString();
  if (name == "prim::ListConstruct")
    return {{list_of(node.output()->type()->expect<c10::ListType>()->getElementType(),
                     std::make_shared<std::vector<Traced>>(inputs))}};
  if (name == "prim::TupleConstruct")
    return {{tuple_of(node.output()->type(), std::make_shared<std::vector<Traced>>(inputs))}};
  if (name == "prim::DictConstruct") return construct_dict(node, inputs);
  if (inputs.empty() || !inputs[0].elements) return std::nullopt;

  const std::vector<Traced>& elements = *inputs[0].elements;
  if (name == "prim::TupleUnpack" || name == "prim::ListUnpack") {
    if (elements.size() != node.outputs().size()) throw Unsupported("unpacks a collection of another size");
    return elements;
  }
  if (name == "prim::TupleIndex") return {{elements[position(inputs[1].value.toInt(), elements.size())]}};
  if (name == "prim::TupleSlice") {
    const auto begin = elements.begin() + node.i(c10::attr::beg);
    return {{tuple_of(node.output()->type(), std::make_shared<std::vector<Traced>>(
                                                 begin, elements.begin() + node.i(c10::attr::end)))}};
  }
  if (inputs[0].value.isGenericDict()) return run_on_dict(name, inputs);
  if (inputs[0].value.isList()) return run_on_list(name, inputs);
  return std::nullopt;
}

}  // namespace tessera::model
