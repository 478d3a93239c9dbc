#include "model/flatten/collections.h"

#include <algorithm>
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
    const bool same = key.isString() && other.isString()   ? key.toStringRef() == other.toStringRef()
                      : key.isInt() && other.isInt()       ? key.toInt() == other.toInt()
                      : key.isBool() && other.isBool()     ? key.toBool() == other.toBool()
                      : key.isDouble() && other.isDouble() ? key.toDouble() == other.toDouble()
                                                           : false;
    if (same) return i + 1;
  }
  return std::nullopt;
}

void set_item(Traced& dict, const Traced& key, const Traced& value) {
  std::vector<Traced>& elements = *dict.elements;
  if (const auto found = find_key(elements, key.value)) {
    elements[*found] = value;
  } else {
    elements.push_back(key);
    elements.push_back(value);
  }
  dict.value.toGenericDict().insert_or_assign(key.value, value.value);
}

void remove_item(Traced& dict, std::size_t value_at) {
  std::vector<Traced>& elements = *dict.elements;
  static_cast<void>(dict.value.toGenericDict().erase(elements[value_at - 1].value));
  elements.erase(elements.begin() + std::ptrdiff_t(value_at) - 1,
                 elements.begin() + std::ptrdiff_t(value_at) + 1);
}

// Of key, value, key, value …
Traced dict_of(const c10::DictType& type, const std::vector<Traced>& items) {
  Traced dict;
  dict.value = c10::impl::GenericDict(type.getKeyType(), type.getValueType());
  dict.elements = std::make_shared<std::vector<Traced>>();
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) set_item(dict, items[i], items[i + 1]);
  return dict;
}

std::optional<std::vector<Traced>> run_on_dict(const std::string_view name, const jit::Node& node,
                                               std::vector<Traced>& inputs) {
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
    set_item(inputs[0], inputs[1], inputs[2]);
    return std::vector<Traced>{};
  }
  if (name == "aten::setdefault") {
    if (!find_key(elements, inputs[1].value)) set_item(inputs[0], inputs[1], inputs[2]);
    return {{elements[*find_key(elements, inputs[1].value)]}};
  }
  if (name == "aten::update") {
    const std::vector<Traced> more = inputs[1].elements ? *inputs[1].elements : std::vector<Traced>{};
    for (std::size_t i = 0; i + 1 < more.size(); i += 2) set_item(inputs[0], more[i], more[i + 1]);
    return std::vector<Traced>{};
  }
  if (name == "aten::pop" || name == "aten::Delete") {
    const auto found = find_key(elements, inputs[1].value);
    if (!found && inputs.size() > 2) return {{inputs[2]}};
    if (!found) throw Unsupported("removes a key that a dictionary does not have");
    const Traced removed = elements[*found];
    remove_item(inputs[0], *found);
    return name == "aten::pop" ? std::vector<Traced>{removed} : std::vector<Traced>{};
  }
  if (name == "aten::popitem") {
    if (elements.empty()) throw Unsupported("removes an entry of an empty dictionary");
    auto item = std::make_shared<std::vector<Traced>>(elements.end() - 2, elements.end());
    remove_item(inputs[0], elements.size() - 1);
    return {{tuple_of(nullptr, item)}};
  }
  if (name == "aten::clear") {
    inputs[0].value.toGenericDict().clear();
    elements.clear();
    return std::vector<Traced>{};
  }
  if (name == "aten::copy" || name == "aten::dict")
    return {{dict_of(*node.output()->type()->expect<c10::DictType>(), std::vector<Traced>(elements))}};
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

std::optional<std::vector<Traced>> run_on_list(const std::string_view name, const jit::Node& node,
                                               std::vector<Traced>& inputs) {
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
  if (name == "aten::Delete") {
    const auto at = std::ptrdiff_t(index());
    list.erase(list.begin() + at);
    elements.erase(elements.begin() + at);
    return std::vector<Traced>{};
  }
  if (name == "aten::dict") {  // of pairs
    std::vector<Traced> items;
    for (const Traced& pair : elements)
      items.insert(items.end(), pair.elements->begin(), pair.elements->end());
    return {{dict_of(*node.output()->type()->expect<c10::DictType>(), items)}};
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
    const std::int64_t step = inputs.size() > 3 && inputs[3].value.isInt() ? inputs[3].value.toInt() : 1;
    if (step == 0) throw Unsupported("slices a list in steps of zero");
    const std::int64_t least = step > 0 ? 0 : -1, most = step > 0 ? size : size - 1;  // as Python has it
    const auto bound = [&](std::size_t i, std::int64_t otherwise) {
      if (inputs.size() <= i || !inputs[i].value.isInt()) return otherwise;
      const std::int64_t given = inputs[i].value.toInt();
      return std::clamp<std::int64_t>(given < 0 ? given + size : given, least, most);
    };
    const std::int64_t first = bound(1, step > 0 ? least : most), end = bound(2, step > 0 ? most : least);
    auto sliced = std::make_shared<std::vector<Traced>>();
    for (std::int64_t i = first; step > 0 ? i < end : i > end; i += step)
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
  if (name == "prim::DictConstruct")
    return {{dict_of(*node.output()->type()->expect<c10::DictType>(), inputs)}};
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
  if (inputs[0].value.isGenericDict()) return run_on_dict(name, node, inputs);
  if (inputs[0].value.isList()) return run_on_list(name, node, inputs);
  return std::nullopt;
}

}  // namespace tessera::model
