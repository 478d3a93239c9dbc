add_library(tessera_xxhash STATIC ${source}/xxhash.c)
target_include_directories(tessera_xxhash SYSTEM PUBLIC ${source})
