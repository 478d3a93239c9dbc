# tessera_commit_header(TARGET FILE): before anything of TARGET is compiled, the header FILE is brought up to date with the
# commit that the sources are at (cmake/write_commit.cmake). By a target of its own, which waits for no library.
function(tessera_commit_header target header)
  add_custom_command(
    OUTPUT ${header}
    COMMAND ${CMAKE_COMMAND} -D source=${PROJECT_SOURCE_DIR} -D header=${header} -D depfile=${header}.d
            -P ${PROJECT_SOURCE_DIR}/cmake/write_commit.cmake
    DEPENDS ${PROJECT_SOURCE_DIR}/cmake/write_commit.cmake
    DEPFILE ${header}.d
    COMMENT "Looking which commit this is"
    VERBATIM)
  add_custom_target(${target}_commit DEPENDS ${header})
  add_dependencies(${target} ${target}_commit)
endfunction()
