# The plain branch with the backends that the window uses; headers are found as <imgui.h> and <imgui_impl_glfw.h>.
file(GLOB tessera_imgui_sources ${source}/imgui*.cpp)
add_library(tessera_imgui STATIC ${tessera_imgui_sources} ${source}/backends/imgui_impl_glfw.cpp
                                 ${source}/backends/imgui_impl_opengl3.cpp)
target_include_directories(tessera_imgui SYSTEM PUBLIC ${source} ${source}/backends)
target_link_libraries(tessera_imgui PUBLIC tessera::glfw PRIVATE ${CMAKE_DL_LIBS})
