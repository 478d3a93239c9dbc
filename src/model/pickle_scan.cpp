#include "model/pickle_scan.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "model/pickle_value.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

using Value = PickleValue;
using Kind = PickleValue::Kind;

// The nesting of modules and containers; LibTorch's own reader recurses over it.
constexpr int deepest = 500;
constexpr std::size_t most_values = 50'000'000;

struct Storage {
  std::string_view name;
  std::uint64_t bytes;  // of one element
};
constexpr std::array<Storage, 11> storages{{{"torch.FloatStorage", 4},
                                            {"torch.DoubleStorage", 8},
                                            {"torch.HalfStorage", 2},
                                            {"torch.BFloat16Storage", 2},
                                            {"torch.LongStorage", 8},
                                            {"torch.IntStorage", 4},
                                            {"torch.ShortStorage", 2},
                                            {"torch.CharStorage", 1},
                                            {"torch.ByteStorage", 1},
                                            {"torch.BoolStorage", 1},
                                            {"torch.ComplexFloatStorage", 8}}};

class Scanner {
 public:
  Scanner(std::string_view pickle,
          const std::function<std::optional<std::uint64_t>(const std::string&)>& record_size,
          const std::string& where)
      : pickle_(pickle), record_size_(record_size), where_(where) {}

  void run() {
    std::size_t steps = 0;
    while (true) {
      if (++steps > most_values) damaged("holds too many values");
      const char code = char(byte());
      if (code == '.') return;
      step(code);
      if (stack_.size() > most_values) damaged("holds too many values");
    }
  }

 private:
  [[noreturn]] void damaged(const std::string& what) const {
    throw Error("the archive is damaged or forged: its data " + what, where_, "Export the network again");
  }

  unsigned char byte() {
    if (at_ >= pickle_.size()) damaged("ends in the middle");
    return static_cast<unsigned char>(pickle_[at_++]);
  }

  std::int64_t little_endian(int bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i) value |= std::uint64_t(byte()) << (8 * i);
    return std::int64_t(value);
  }

  std::string text(std::size_t length) {
    if (length > pickle_.size() - at_) damaged("ends in the middle");
    at_ += length;
    return std::string(pickle_.substr(at_ - length, length));
  }

  std::string line() {
    const std::size_t end = pickle_.find('\n', at_);
    if (end == std::string_view::npos) damaged("ends in the middle");
    std::string result(pickle_.substr(at_, end - at_));
    at_ = end + 1;
    return result;
  }

  Value pop() {
    if (stack_.empty() || stack_.back().kind == Kind::mark) damaged("is no valid pickle");
    Value value = std::move(stack_.back());
    stack_.pop_back();
    return value;
  }

  Value& top() {
    if (stack_.empty() || stack_.back().kind == Kind::mark) damaged("is no valid pickle");
    return stack_.back();
  }

  void push(Kind kind) {
    Value value;
    value.kind = kind;
    stack_.push_back(std::move(value));
  }

  void push_number(std::int64_t number) {
    push(Kind::number);
    stack_.back().number = number;
  }

  void push_text(Kind kind, std::string content) {
    push(kind);
    stack_.back().text = std::move(content);
  }

  void push_collection(std::vector<Value> elements) {
    push(Kind::collection);
    Value& collection = stack_.back();
    for (const Value& element : elements) collection.depth = std::max(collection.depth, element.depth + 1);
    if (collection.depth > deepest) damaged("is nested too deeply");
    collection.elements = std::make_shared<std::vector<Value>>(std::move(elements));
  }

  std::vector<Value> pop_to_mark() {
    const auto mark =
        std::find_if(stack_.rbegin(), stack_.rend(), [](const Value& v) { return v.kind == Kind::mark; });
    if (mark == stack_.rend()) damaged("is no valid pickle");
    std::vector<Value> values(std::make_move_iterator(mark.base()), std::make_move_iterator(stack_.end()));
    stack_.erase(mark.base() - 1, stack_.end());
    if (--marks_ < 0) marks_ = 0;
    return values;
  }

  // Puts values into the list or dictionary on top; only their depth matters from here on.
  void absorb(const std::vector<Value>& values) {
    Value& target = top();
    for (const Value& value : values) target.depth = std::max(target.depth, value.depth + 1);
    if (target.depth > deepest) damaged("is nested too deeply");
  }

  std::vector<Value> pop_some(int count) {
    std::vector<Value> values(static_cast<std::size_t>(count));
    for (int i = count - 1; i >= 0; --i) values[std::size_t(i)] = pop();
    return values;
  }

  void remember(std::uint64_t key) { memo_[key] = top(); }

  void recall(std::uint64_t key) {
    const auto found = memo_.find(key);
    if (found == memo_.end()) damaged("is no valid pickle");
    stack_.push_back(found->second);
  }

  void step(char code);
  void global(const std::string& name);
  void call(const Value& function, const Value& arguments);
  void rebuild_tensor(const std::vector<Value>& arguments);
  Value storage(const Value& id);

  std::string_view pickle_;
  const std::function<std::optional<std::uint64_t>(const std::string&)>& record_size_;
  const std::string& where_;
  std::size_t at_ = 0;
  int marks_ = 0;
  std::vector<Value> stack_;
  std::unordered_map<std::uint64_t, Value> memo_;
};

void Scanner::step(char code) {
  switch (code) {
    case '\x80':
      byte();
      break;  // protocol
    case '(':
      if (++marks_ > deepest) damaged("is nested too deeply");
      push(Kind::mark);
      break;
    case 'N':
    case '\x88':
    case '\x89':
      push(Kind::other);
      break;  // None, True, False
    case 'G':
      text(8);
      push(Kind::other);
      break;  // a float
    case 'K':
      push_number(byte());
      break;
    case 'M':
      push_number(little_endian(2));
      break;
    case 'J':
      push_number(std::int32_t(little_endian(4)));
      break;
    case '\x8a': {  // a long number of so many bytes, two's complement
      const int bytes = byte();
      if (bytes > 8) damaged("holds a number beyond 64 bits");
      const std::int64_t value = little_endian(bytes);
      const int unused = 64 - 8 * bytes;
      push_number(bytes == 0 ? 0 : std::int64_t(std::uint64_t(value) << unused) >> unused);
      break;
    }
    case 'X':
      push_text(Kind::text, text(std::size_t(little_endian(4))));
      break;
    case 'T':
      push_text(Kind::text, text(std::size_t(little_endian(4))));
      break;
    case 'U':
    case '\x8c':
      push_text(Kind::text, text(byte()));
      break;
    case 'c': {
      const std::string module = line();
      global(module + "." + line());
      break;
    }
    case 'q':
      remember(byte());
      break;
    case 'r':
      remember(std::uint64_t(little_endian(4)));
      break;
    case 'h':
      recall(byte());
      break;
    case 'j':
      recall(std::uint64_t(little_endian(4)));
      break;
    case ']':
    case '}':
    case ')':
      push_collection({});
      break;
    case 't':
    case 'l':
    case 'd':
      push_collection(pop_to_mark());
      break;
    case '\x85':
      push_collection(pop_some(1));
      break;
    case '\x86':
      push_collection(pop_some(2));
      break;
    case '\x87':
      push_collection(pop_some(3));
      break;
    case 'a':
      absorb(pop_some(1));
      break;
    case 's':
      absorb(pop_some(2));
      break;
    case 'b':
      absorb(pop_some(1));
      break;  // an object's state
    case 'e':
    case 'u':
      absorb(pop_to_mark());
      break;
    case '0':
      pop();
      break;
    case '2':
      stack_.push_back(Value(top()));
      break;
    case 'Q':
      stack_.push_back(storage(pop()));
      break;
    case 'R':
    case '\x81': {  // a function or class, called with a tuple
      const Value arguments = pop();
      const Value function = pop();
      call(function, arguments);
      break;
    }
    default:
      damaged("is no pickle of a network");
  }
}

void Scanner::global(const std::string& name) {
  if (name.starts_with("__torch__.torch.classes."))
    throw Error(
        "the model holds an object of a custom class (" + name.substr(10) + "), which may hide anything",
        where_, "Export the network again from plain modules, unquantized");
  const bool is_known =
      name.starts_with("__torch__.") || name.starts_with("torch.jit._pickle.") ||
      name.starts_with("torch._utils._rebuild_tensor") || name == "torch._utils._rebuild_parameter" ||
      name == "collections.OrderedDict" || name == "torch.device" || name == "__builtin__.complex" ||
      name == "builtins.complex" || (name.starts_with("torch.") && name.ends_with("Storage"));
  if (!is_known)
    throw Error("the model holds an object that a plain network does not have (" + name + ")", where_,
                "Export the network again from plain modules, unquantized");
  push_text(Kind::global, name);
}

Value Scanner::storage(const Value& id) {
  // ("storage", type, key, device, number of elements)
  if (id.kind != Kind::collection || !id.elements || id.elements->size() < 5) damaged("is no valid pickle");
  const std::vector<Value>& parts = *id.elements;
  if (parts[1].kind != Kind::global || parts[2].kind != Kind::text || parts[4].kind != Kind::number)
    damaged("is no valid pickle");
  const auto type = std::find_if(storages.begin(), storages.end(),
                                 [&](const Storage& s) { return s.name == parts[1].text; });
  if (type == storages.end())
    throw Error("the model has weights of a kind that Tessera does not run (" + parts[1].text + ")", where_,
                "Export the network again in float32");
  const std::optional<std::uint64_t> size = record_size_(parts[2].text);
  if (!size) damaged("names weights that it does not hold (" + parts[2].text + ")");
  if (parts[4].number < 0 || std::uint64_t(parts[4].number) > *size / type->bytes)
    damaged("claims more weights than it holds (" + parts[2].text + ")");
  Value value;
  value.kind = Kind::storage;
  value.number = parts[4].number;
  return value;
}

void Scanner::call(const Value& function, const Value& arguments) {
  if (function.kind == Kind::global && function.text.starts_with("torch._utils._rebuild_tensor")) {
    if (arguments.kind != Kind::collection || !arguments.elements) damaged("is no valid pickle");
    rebuild_tensor(*arguments.elements);
  }
  Value result;
  result.depth = arguments.depth + 1;
  if (result.depth > deepest) damaged("is nested too deeply");
  stack_.push_back(std::move(result));
}

// (storage, offset, sizes, strides, …): the last element must lie in the storage.
void Scanner::rebuild_tensor(const std::vector<Value>& arguments) {
  if (arguments.size() < 4 || arguments[0].kind != Kind::storage || arguments[1].kind != Kind::number ||
      arguments[2].kind != Kind::collection || arguments[3].kind != Kind::collection)
    damaged("is no valid pickle");
  const std::vector<Value>& sizes = *arguments[2].elements;
  const std::vector<Value>& strides = *arguments[3].elements;
  if (sizes.size() != strides.size() || sizes.size() > 64) damaged("has a tensor with impossible sizes");
  const auto limit = std::uint64_t(arguments[0].number);
  bool is_empty = false;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i].kind != Kind::number || strides[i].kind != Kind::number || sizes[i].number < 0 ||
        strides[i].number < 0)
      damaged("has a tensor with impossible sizes");
    is_empty = is_empty || sizes[i].number == 0;
  }
  if (arguments[1].number < 0) damaged("has a tensor with impossible sizes");
  auto last = std::uint64_t(arguments[1].number);
  for (std::size_t i = 0; i < sizes.size() && !is_empty; ++i) {
    const auto steps = std::uint64_t(sizes[i].number - 1);
    const auto stride = std::uint64_t(strides[i].number);
    if (stride != 0 && steps > limit / stride) damaged("has a tensor that reaches beyond its weights");
    last += steps * stride;
    if (last >= limit) damaged("has a tensor that reaches beyond its weights");
  }
  if (!is_empty && last >= limit) damaged("has a tensor that reaches beyond its weights");
  // Strides of 0 repeat a value at no cost in the file; copies of the tensor would cost all the same.
  double count = 1;
  for (const Value& size : sizes) count *= double(size.number);
  if (count > 64.0 * double(limit) + 4096) damaged("has a tensor that repeats its weights without measure");
}

}  // namespace

void scan_pickle(std::string_view pickle,
                 const std::function<std::optional<std::uint64_t>(const std::string& key)>& record_size,
                 const std::string& where) {
  Scanner(pickle, record_size, where).run();
}

}  // namespace tessera::model
