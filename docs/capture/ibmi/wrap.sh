#!/QOpenSys/usr/bin/sh
# Print the capture header around an extract:
#
#   wrap.sh EXTRACT RESULT SYSTEM TIME USER COMMAND
#
# irondrift then knows from the file itself which system it is of, when it was
# taken, and that it is whole. Nothing is converted: the bytes of EXTRACT stand
# in RESULT as they are. EXTRACT must be text in an ASCII-based code page, such
# as UTF-8 (CCSID 1208). RESULT appears whole or not at all.
set -eu
if [ $# -ne 6 ]; then
  echo "usage: wrap.sh EXTRACT RESULT SYSTEM TIME USER COMMAND" >&2
  exit 2
fi
extract=$1 result=$2
umask 077
{
  printf '*> irondrift-capture 1\n'
  printf '*> system: %s\n' "$3"
  printf '*> time: %s\n' "$4"
  printf '*> user: %s\n' "$5"
  printf '*> command: %s\n' "$6"
  printf '*> begin\n'
  cat "$extract"
  # A last line that does not end would swallow the end mark. That it was not
  # cut is known here: the command that wrote it ended without an error.
  if [ -n "$(tail -c 1 "$extract")" ]; then printf '\n'; fi
  printf '*> end lines: %d\n' "$(awk 'END { print NR }' "$extract")"
} >"$result.part"
mv "$result.part" "$result"
