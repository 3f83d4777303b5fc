# corpusctl.sh CORPUS FOLDER SETTING: nothing but the command
[ "$3" = default ] || flags="--compare $3"
exec "$CORPUSCTL" dedup "$1" -o "$2/out" --quiet $flags
