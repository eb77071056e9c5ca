#!/usr/bin/env bash
# Commits facts that another job read out of the articles, and pushes them.
#   bash .ci/propose.sh DIRECTORY BRANCH [OPTION OF GIT PUSH]…
# DIRECTORY holds facts.patch, title.txt and commit.md. All three are data here: nothing of them is run, and the patch may
# touch regular files below site_src/ alone. Run twice, it makes the same commit twice, so that the second push is none.
set -euo pipefail
made=$1 branch=$2
shift 2
export GIT_AUTHOR_NAME="${GIT_AUTHOR_NAME:-briefing}" GIT_AUTHOR_EMAIL="${GIT_AUTHOR_EMAIL:-briefing@localhost}"
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
GIT_AUTHOR_DATE=$(git log -1 --format=%cI)
export GIT_AUTHOR_DATE GIT_COMMITTER_DATE="$GIT_AUTHOR_DATE"

base=$(git rev-parse HEAD)
git apply --index "$made/facts.patch"
others=$(git -c core.quotePath=false diff --cached --raw --no-renames --no-abbrev |
  grep -vP '^:(000000|100644|100755) (000000|100644|100755) [0-9a-f]+ [0-9a-f]+ [AMD]\tsite_src/[^"]+$' || true)
if [ -n "$others" ]; then
  printf 'facts.patch touches more than files of site_src/, so nothing is committed:\n%s\n' "$others" >&2
  exit 1
fi
{ cat "$made/title.txt"; echo; cat "$made/commit.md"; } | git commit --quiet --cleanup=whitespace --file=-

commit=$(git rev-parse HEAD)

there=$(git ls-remote origin "refs/heads/$branch" | cut -f1)
if [ "$there" = "$commit" ]; then
  echo "$branch holds this already."
  exit
fi
case "$branch" in
briefing/*)
  # A branch of proposals is made anew, unless somebody else has committed to it what is not merged yet. After a squash merge
  # their commits stay outside the history, so what counts is whether merging the branch would have changed any commit since.
  if [ -n "$there" ]; then
    git fetch --quiet origin "refs/heads/$branch"
    held() {
      local since one
      since=$(git merge-base FETCH_HEAD "$base") || return 1
      for one in $(git rev-list --first-parent "$since..$base"); do
        if [ "$(git merge-tree --write-tree "$one" FETCH_HEAD 2>/dev/null)" = "$(git rev-parse "$one^{tree}")" ]; then
          return
        fi
      done
      return 1
    }
    people=$(git log --format='%an <%ae>' FETCH_HEAD --not "$base" | grep -vFx "$GIT_AUTHOR_NAME <$GIT_AUTHOR_EMAIL>" | sort -u || true)
    if [ -n "$people" ] && ! held; then
      printf '%s holds commits of people, so it is left as it is; merge or close its request, delete it, and run this again:\n%s\n' "$branch" "$people" >&2
      exit 1
    fi
  fi
  git push --quiet --force-with-lease="refs/heads/$branch:$there" "$@" origin "HEAD:refs/heads/$branch"
  ;;
*)
  git push --quiet "$@" origin "HEAD:refs/heads/$branch"
  ;;
esac
echo "$branch: $(cat "$made/title.txt")"
