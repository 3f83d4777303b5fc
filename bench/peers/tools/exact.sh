# exact.sh CORPUS FOLDER SETTING: of equal texts the first stays. raw compares bytes, folded what corpusctl fold makes of them
set -e -o pipefail
export LC_ALL=C
if [ "$3" = raw ]; then
	jq -c .text "$1" >"$2/keys"
else
	jq -r '.text | split("\n") | join(" ")' "$1" | "$CORPUSCTL" fold >"$2/keys"
fi
paste "$2/keys" "$1" | sort -t "$(printf '\t')" -k1,1 -s -u --parallel=2 | cut -f2- >"$2/kept.jsonl"
