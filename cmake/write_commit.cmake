# cmake -D source=FOLDER -D header=FILE -D depfile=FILE -P write_commit.cmake
# Writes which commit `source` is at and whether the program's sources differ from it, and leaves the header alone where
# it says so already, so that nothing is compiled again. The depfile names what has to change for another look.
set(parts CMakeLists.txt assets cmake include models packaging shaders src)
set(commit "")
set(date "")
set(state "")
set(looked_at "")

find_program(git git)
function(ask_git result)
  execute_process(COMMAND ${git} --no-optional-locks -C ${source} ${ARGN} RESULT_VARIABLE failed OUTPUT_VARIABLE answer
                  ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(failed)
    set(answer "")
  endif()
  set(${result} "${answer}" PARENT_SCOPE)
endfunction()

if(git)
  # A source archive that was unpacked inside somebody else's checkout has no commit of its own.
  ask_git(above rev-parse --show-prefix)
  if(above STREQUAL "")
    ask_git(commit log -1 --format=%h)
  endif()
endif()
if(commit)
  ask_git(date log -1 --format=%cd --date=short)
  ask_git(changes status --porcelain -- ${parts})
  if(changes STREQUAL "")
    set(state clean)
  else()
    set(state "with changes")
  endif()
  foreach(name HEAD logs/HEAD)
    ask_git(file rev-parse --git-path ${name})
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${source})
    if(EXISTS ${file})
      list(APPEND looked_at ${file})
    endif()
  endforeach()
  ask_git(files ls-files -- ${parts})
  string(REPLACE "\n" ";" files "${files}")
  list(TRANSFORM files PREPEND ${source}/)
  list(APPEND looked_at ${files})
endif()

string(REGEX REPLACE "([ #])" "\\\\\\1" looked_at "${looked_at}")
string(REPLACE ";" " \\\n " looked_at "${looked_at}")
file(WRITE ${depfile} "${header}: ${looked_at}\n")

file(CONFIGURE OUTPUT ${header} @ONLY CONTENT [[
#pragma once

namespace tessera::app {

// Empty where the sources are no git checkout.
inline constexpr const char* commit = "@commit@";
inline constexpr const char* commit_state = "@state@";
inline constexpr const char* commit_date = "@date@";

}  // namespace tessera::app
]])
