"""Holds the script that fills the placeholders of a request's file with what the environment and photos hold."""

NAME = "fill.awk"
# In awk, which every shell has beside it: no key is seen in the list of processes, and a key may have any letters.
SCRIPT = r"""# Prints a request with the values of its placeholders: awk -f fill.awk 001.json
# "$NAME" is a variable of the environment; the DEFAULT of "$NAME:-DEFAULT" stands in for one that is not set.
# $REMO_PHOTO_... names the file of a photo, of which the request gets the base64.
function with_marks(text, special, mark,   at, letter, made) {
  for (at = 1; at <= length(text); at++) {
    letter = substr(text, at, 1)
    made = made (index(special, letter) ? mark : "") letter
  }
  return made
}
function without_marks(text,   at, letter, made) {
  for (at = 1; at <= length(text); at++) {
    letter = substr(text, at, 1)
    if (letter == "\\") letter = substr(text, ++at, 1)
    made = made letter
  }
  return made
}
function fail(text) {
  print FILENAME ": " text | "cat 1>&2"
  failed = 1
  exit 1
}
function base64(file,   command, part, made) {
  command = "base64 < '" with_marks(file, "'", "'\\'") "'"
  while ((command | getline part) > 0) made = made part
  close(command)
  if (made == "") fail("the photo " file " cannot be read")
  return made
}
function filled(name, value) {
  if (ENVIRON[name] != "") value = ENVIRON[name]
  if (value == "") fail("set " name " first")
  return name ~ /^REMO_PHOTO_/ ? base64(value) : with_marks(value, "\\\"", "\\")
}
{
  lines[NR] = $0
  begin = index($0, "$REMO_")
  if (!begin) next
  rest = substr($0, begin + 1)
  if (!match(rest, /",?$/)) next
  end = substr(rest, RSTART)
  rest = substr(rest, 1, RSTART - 1)
  cut = index(rest, ":-")
  name = cut ? substr(rest, 1, cut - 1) : rest
  lines[NR] = substr($0, 1, begin - 1) filled(name, cut ? without_marks(substr(rest, cut + 2)) : "") end
}
END {
  if (!failed) for (at = 1; at <= NR; at++) print lines[at]
}
"""
