# Writes a C++ source that holds text files behind one function, as a list of base::EmbeddedText:
#   cmake -DOUTPUT=x.cpp -DHEADER=declares/it.hpp -DNAMESPACE=room -DFUNCTION=name -DFILES=a;b
#         [-DFOLDER=where] -P embed_texts.cmake
# Names are those of the files alone, or with FOLDER the paths below it.
# Raw literals keep the text as it is; the delimiter must not occur in it.
set(delimiter "TEXT")
set(source "// Generated; do not edit.\n#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n")
string(APPEND source "namespace {\n\nconstexpr base::EmbeddedText kTexts[] = {\n")
foreach(path IN LISTS FILES)
  file(READ "${path}" content)
  string(FIND "${content}" ")${delimiter}\"" position)
  if(NOT position EQUAL -1)
    message(FATAL_ERROR "${path} contains the delimiter of a raw literal")
  endif()
  if(FOLDER)
    file(RELATIVE_PATH name "${FOLDER}" "${path}")
  else()
    get_filename_component(name "${path}" NAME)
  endif()
  string(APPEND source "    {\"${name}\", R\"${delimiter}(${content})${delimiter}\"},\n")
endforeach()
string(APPEND source "};\n\n}  // namespace\n\n")
string(APPEND source "std::span<const base::EmbeddedText> ${FUNCTION}() { return kTexts; }\n\n")
string(APPEND source "}  // namespace ${NAMESPACE}\n")
file(WRITE "${OUTPUT}" "${source}")
