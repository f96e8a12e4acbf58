#!/bin/sh
# send.sh PROGRAM ARGS... writes a mail made by that program to the standard
# output instead of sending it. The body is read from the standard input; FROM,
# TO and SUBJECT are in the environment. Nothing leaves the machine.
set -eu

program=$1
shift
here=$(mktemp -d)
trap 'rm -r "$here"' EXIT
cat > "$here/sink" <<'END'
#!/bin/sh
exec cat > "$OUT"
END
chmod +x "$here/sink"
OUT=$here/out
export OUT

case $program in
mutt) # mutt SETTINGS FILE...
	settings=$1
	shift
	cat > "$here/rc" <<END
set sendmail="$here/sink" use_envelope_from=no record="" copy=no realname="" use_domain=no
set hostname=may.daknong.example from="$FROM" use_from=yes charset=utf-8 send_charset=utf-8
$settings
END
	mutt -n -F "$here/rc" -s "$SUBJECT" ${1:+-a "$@"} -- "$TO"
	;;
s-nail) # s-nail FILE...
	for file; do
		set -- "$@" -a "$file"
		shift
	done
	s-nail -: / -S v15-compat=yes -S mta="$here/sink" -S hostname=may.daknong.example \
		-S from="$FROM" -S sendcharsets=utf-8 -S ttycharset=utf-8 -s "$SUBJECT" "$@" "$TO"
	;;
swaks) # swaks OPTIONS...
	cat > "$here/body"
	swaks --dump-mail --from "$FROM" --to "$TO" --server 127.0.0.1 --helo may.daknong.example \
		--header "Subject: $SUBJECT" --body "@$here/body" "$@" > "$OUT"
	;;
lite) # lite ENCODING DISPOSITION TYPE FILE NAME
	perl "$LITE" "$@" > "$OUT"
	;;
smime | cms) # smime OPTIONS...: of a MIME part in the standard input
	{
		printf 'From: %s\nTo: %s\nSubject: %s\n' "$FROM" "$TO" "$SUBJECT"
		openssl "$program" "$@"
	} > "$OUT"
	;;
formail) # formail OPTIONS...: of a mail in the standard input
	formail "$@" > "$OUT"
	;;
*)
	echo "send.sh: no program $program" >&2
	exit 2
	;;
esac
cat "$OUT"
