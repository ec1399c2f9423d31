# shellcheck shell=bash
# Format, shell scripts, and clang-tidy: of what the last commit and the work tree changed, or all.
# The rules about the source that need no compiler are tests: tests/tidy.

verb_lint() {
  verb_setup demo lint
  local files tidy
  mapfile -t files < <(git ls-files '*.h' '*.cpp')
  heading "format of ${#files[@]} files"
  clang-format-14 --dry-run --Werror "${files[@]}" || die "./dev format puts it right"
  heading "merges"
  ! git grep -nE '^(<<<<<<<|>>>>>>>) ' || die "a merge was not finished there"
  heading "shell scripts"
  # The parts of ./dev share variables, which shellcheck does not see.
  shellcheck --exclude=SC2154,SC2034 dev .ci/run tools/dev/*.sh
  mapfile -t tidy < <(lint_files "${1:-}")
  heading "clang-tidy of ${#tidy[@]} files"
  tidy_files release '^(core|service|admin-cli|pam-module)/' "${tidy[@]}"
  tidy_files windows '^winlogon-shim/' "${tidy[@]}"
  echo "lint: ${#files[@]} files are formatted, ${#tidy[@]} tidy"
}

# PRESET FOLDERS FILE...: those of the files that are in the folders, as the preset compiles them.
tidy_files() {
  local preset=$1 folders=$2 file files=() flags=()
  shift 2
  for file in "$@"; do
    if [[ $file =~ $folders ]]; then files+=("$file"); fi
  done
  ((${#files[@]})) || return 0
  [[ $preset != windows ]] || ready_for_windows
  cmake --preset "$preset" --log-level=WARNING >/dev/null
  printf '%s\0' "${files[@]}" |
    xargs -0 -n1 -P "$(jobs_at_once)" clang-tidy-16 --quiet -p "build/$preset" "${flags[@]}"
}

# The cross compiler's headers, for clang; sets the caller's `flags`.
ready_for_windows() {
  verb_setup windows
  fetch_sources
  local headers
  headers=$(x86_64-w64-mingw32-g++-posix -print-file-name=include)/c++
  flags=(--extra-arg=--target=x86_64-w64-windows-gnu "--extra-arg=-isystem$headers"
    "--extra-arg=-isystem$headers/x86_64-w64-mingw32" --extra-arg=-isystem/usr/x86_64-w64-mingw32/include)
}

verb_format() {
  verb_setup lint
  git ls-files -z '*.h' '*.cpp' | xargs -0 clang-format-14 -i
}

# Product sources only: tests bring GoogleTest's macros.
lint_files() {
  local folders='^(core|service|admin-cli|pam-module|winlogon-shim)/.*\.cpp$'
  if [[ $1 == --all ]]; then
    git ls-files | grep -E "$folders"
  else
    { git diff --name-only --diff-filter=d HEAD~1 2>/dev/null || git ls-files; } | grep -E "$folders" || true
  fi
}
