// Moved to src/base/strict_json.cpp; listed in this folder until its CMakeLists.txt is free to be changed.
