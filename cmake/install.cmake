# What `cmake --install` puts where. The tree may be moved: the program finds its libraries and its data from where it is.
#
#   bin/tessera
#   lib/tessera/                    LibTorch's libraries, those that the program needs
#   share/tessera/                  models, assets, shaders
#   share/applications, icons, mime, man, doc
#
# The component `program` is all of this. `libraries`, for packages that go to any Linux system, adds what else the
# program needs and not every system has; it is installed only by name.
set(tessera_library_folder lib/tessera)

if(APPLE)
  set_target_properties(tessera PROPERTIES INSTALL_RPATH "@executable_path/../${tessera_library_folder}")
else()
  set_target_properties(tessera PROPERTIES INSTALL_RPATH "$ORIGIN/../${tessera_library_folder}")
  # As DT_RPATH, which also holds for what the carried libraries need; DT_RUNPATH would not.
  target_link_options(tessera PRIVATE LINKER:--disable-new-dtags)
endif()

# The folders that LibTorch's own libraries are in, as regular expressions: of a wheel also those that lie beside it. A
# LibTorch in the system's folders belongs to the system, as everything else there.
set(tessera_torch_libraries "")
if(NOT TORCH_INSTALL_PREFIX MATCHES "^/(usr)?$")
  set(folders ${TORCH_INSTALL_PREFIX}/lib)
  if(EXISTS ${TORCH_INSTALL_PREFIX}/version.py)
    cmake_path(GET TORCH_INSTALL_PREFIX PARENT_PATH packages)
    file(GLOB beside ${packages}/torch.libs ${packages}/nvidia)
    list(APPEND folders ${beside})
  endif()
  foreach(folder IN LISTS folders)
    file(REAL_PATH ${folder} real)
    foreach(path ${folder} ${real})
      string(REGEX REPLACE "([][+.*()^$?|\\])" "\\\\\\1" path "${path}")
      list(APPEND tessera_torch_libraries "^${path}/")
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES tessera_torch_libraries)
endif()

# What every system has that the program can run on, and what has to fit its kernel, drivers and display.
set(tessera_system_libraries "^ld-linux" "^linux-vdso" "^lib(c|m|dl|pthread|rt|resolv|util)\\.so" "^lib(gcc_s|stdc\\+\\+)\\.so"
    "^libz\\.so" "^lib(EGL|GL|GLX|GLdispatch|OpenGL|drm|gbm)[.-]" "^libX" "^libxcb" "^libxkbcommon" "^libwayland" "^/System/"
    "^/usr/lib/lib(System|c\\+\\+|objc)")

install(TARGETS tessera RUNTIME_DEPENDENCY_SET tessera_needs RUNTIME DESTINATION bin COMPONENT program)
if(tessera_torch_libraries)
  install(RUNTIME_DEPENDENCY_SET tessera_needs
          PRE_EXCLUDE_REGEXES ${tessera_system_libraries}
          POST_INCLUDE_REGEXES ${tessera_torch_libraries} POST_EXCLUDE_REGEXES ".*"
          LIBRARY DESTINATION ${tessera_library_folder} COMPONENT program)
endif()
install(RUNTIME_DEPENDENCY_SET tessera_needs
        PRE_EXCLUDE_REGEXES ${tessera_system_libraries}
        POST_EXCLUDE_REGEXES ${tessera_torch_libraries}
        LIBRARY DESTINATION ${tessera_library_folder} COMPONENT libraries EXCLUDE_FROM_ALL)

install(FILES models/efficientnet_lite0.pt models/NOTICE DESTINATION share/tessera/models COMPONENT program)
install(DIRECTORY models/icons DESTINATION share/tessera/models COMPONENT program)
install(DIRECTORY assets shaders DESTINATION share/tessera COMPONENT program PATTERN __pycache__ EXCLUDE)
install(FILES packaging/tessera.desktop packaging/tessera-figure.desktop DESTINATION share/applications
        COMPONENT program)
install(FILES packaging/tessera.xml DESTINATION share/mime/packages COMPONENT program)
install(FILES assets/icon.png DESTINATION share/icons/hicolor/256x256/apps RENAME tessera.png COMPONENT program)

# Terms: our own, and those of what is carried.
set(tessera_documents share/doc/tessera)
install(FILES LICENSE packaging/copyright DESTINATION ${tessera_documents} COMPONENT program)
if(tessera_torch_libraries)
  cmake_path(GET TORCH_INSTALL_PREFIX PARENT_PATH packages)
  file(GLOB metadata ${packages}/torch-*.dist-info)
  foreach(folder ${TORCH_INSTALL_PREFIX} ${metadata})
    install(FILES ${folder}/LICENSE ${folder}/NOTICE DESTINATION ${tessera_documents}/libtorch COMPONENT program OPTIONAL)
    install(DIRECTORY ${folder}/licenses/ DESTINATION ${tessera_documents}/libtorch COMPONENT program OPTIONAL)
  endforeach()
endif()
# Scripts of one component after the other; they read these two. No name of a component may be a variable here, since
# the generated script compares with component names.
foreach(component program libraries)
  set(only "")
  if(component STREQUAL libraries)
    set(only EXCLUDE_FROM_ALL)
  endif()
  install(CODE "set(tessera_prefix \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\")
                set(tessera_strip \"${CMAKE_STRIP}\")" COMPONENT ${component} ${only})
  install(SCRIPT cmake/strip_libraries.cmake COMPONENT ${component} ${only})
endforeach()
install(SCRIPT cmake/install_library_terms.cmake COMPONENT libraries EXCLUDE_FROM_ALL)
if(NOT CMAKE_CROSSCOMPILING)  # the installed program prints its manual page
  install(SCRIPT cmake/install_manual.cmake COMPONENT program)
endif()
