# shellcheck shell=bash
# Format, shell scripts, and clang-tidy: of what the last commit and the work tree changed, or all.
# The rules about the source that need no compiler are tests: tests/tidy.

verb_lint() {
  verb_setup demo lint
  local files tidy
  mapfile -t files < <(git ls-files '*.h' '*.cpp')
  heading "format of ${#files[@]} files"
  clang-format-14 --dry-run --Werror "${files[@]}" || die "./dev format puts it right"
  heading "shell scripts"
  # The parts of ./dev share variables, which shellcheck does not see.
  shellcheck --exclude=SC2154,SC2034 dev .ci/run tools/dev/*.sh
  mapfile -t tidy < <(lint_files "${1:-}")
  heading "clang-tidy of ${#tidy[@]} files"
  if ((${#tidy[@]})); then
    cmake --preset release --log-level=WARNING >/dev/null
    printf '%s\0' "${tidy[@]}" |
      xargs -0 -n1 -P "$(jobs_at_once)" clang-tidy-14 --quiet -p build/release
  fi
  echo "lint: ${#files[@]} files are formatted, ${#tidy[@]} tidy"
}

verb_format() {
  verb_setup lint
  git ls-files -z '*.h' '*.cpp' | xargs -0 clang-format-14 -i
}

# Product sources only: tests bring GoogleTest's macros.
lint_files() {
  local folders='^(core|service|admin-cli|pam-module)/.*\.cpp$'
  if [[ $1 == --all ]]; then
    git ls-files | grep -E "$folders"
  else
    { git diff --name-only --diff-filter=d HEAD~1 2>/dev/null || git ls-files; } | grep -E "$folders" || true
  fi
}
