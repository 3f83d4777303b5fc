# corpusctl_quality.sh CORPUS FOLDER SETTING: a setting other than these is the name of a preset
case "$3" in
default) [ ! -e "$1.whole" ] || set -- "$1.whole" "$2" ;; # the labelled texts within the corpora that they come from
alone) ;;
*) flags="--preset $3" ;;
esac
exec "$CORPUSCTL" quality "$1" -o "$2/out" --quiet $flags
