# Inner loops are compiled once for each kind of processor and chosen when the program runs (src/base/processor.h). Of the
# calling module's folder `kernels`: generic.cpp, avx2.cpp, avx512.cpp, and kernels.cpp, which chooses.
function(tessera_kernels target)
  set(kernels ${CMAKE_CURRENT_SOURCE_DIR}/kernels)
  target_sources(${target} PRIVATE ${kernels}/generic.cpp ${kernels}/kernels.cpp)
  set_source_files_properties(${kernels}/generic.cpp TARGET_DIRECTORY ${target} PROPERTIES COMPILE_OPTIONS -O3 SKIP_PRECOMPILE_HEADERS ON)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    target_sources(${target} PRIVATE ${kernels}/avx2.cpp ${kernels}/avx512.cpp)
    set_source_files_properties(${kernels}/avx2.cpp TARGET_DIRECTORY ${target}
                                PROPERTIES COMPILE_OPTIONS "-O3;-mavx2;-mfma" SKIP_PRECOMPILE_HEADERS ON)
    set_source_files_properties(${kernels}/avx512.cpp TARGET_DIRECTORY ${target}
                                PROPERTIES COMPILE_OPTIONS "-O3;-mavx512f;-mfma;-mprefer-vector-width=512"
                                           SKIP_PRECOMPILE_HEADERS ON)
    set_source_files_properties(${kernels}/kernels.cpp TARGET_DIRECTORY ${target}
                                PROPERTIES COMPILE_DEFINITIONS TESSERA_X86_KERNELS)
  endif()
endfunction()
