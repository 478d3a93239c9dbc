# Where it is asked for (`cmake --install --strip`, packages), takes from the carried libraries what only debuggers read: a
# fifth of LibTorch. CMake does this for the program alone.
if(CMAKE_INSTALL_DO_STRIP AND tessera_strip)
  file(GLOB tessera_carried ${tessera_prefix}/lib/tessera/*.so*)
  foreach(tessera_library IN LISTS tessera_carried)
    if(NOT IS_SYMLINK ${tessera_library})
      execute_process(COMMAND ${tessera_strip} --strip-unneeded ${tessera_library})
    endif()
  endforeach()
endif()
