#!/usr/bin/env bash
# A Janus server for this machine alone: config with fresh secrets, started, stopped, asked.
#   bash scripts/janus_setup.sh start|stop|status [FOLDER]     (FOLDER: data/janus)
# Everything listens on 127.0.0.1. For a real server see docs/operations/video.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
what=${1:-status}
folder=${2:-$here/../data/janus}
WS_PORT=${JANUS_WS_PORT:-8188} ADMIN_PORT=${JANUS_ADMIN_PORT:-7088} RTP_PORTS=${JANUS_RTP_PORTS:-21000-21999}
command -v janus >/dev/null || { echo "Video needs Janus: apt-get install janus"; exit 1; }

secret() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

running() { [ -f "$folder/pid" ] && kill -0 "$(cat "$folder/pid")" 2>/dev/null; }

answers() { exec 3<>"/dev/tcp/127.0.0.1/$ADMIN_PORT"; } 2>/dev/null

write() {
  umask 077
  mkdir -p "$folder/conf" "$folder/recordings"
  folder=$(cd "$folder" && pwd)
  [ -f "$folder/secrets.json" ] || printf '{"admin_secret": "%s", "admin_key": "%s"}\n' "$(secret)" "$(secret)" >"$folder/secrets.json"
  admin_secret=$(sed -E 's/.*"admin_secret": "([0-9a-f]+)".*/\1/' "$folder/secrets.json")
  admin_key=$(sed -E 's/.*"admin_key": "([0-9a-f]+)".*/\1/' "$folder/secrets.json")
  lib=$(dirname "$(find /usr/lib -name libjanus_audiobridge.so -path '*janus/plugins*' | head -1)")
  for mould in "$here"/janus/*.jcfg; do
    sed -e "s|@CONF@|$folder/conf|; s|@LIB@|${lib%/plugins}|; s|@RTP_PORTS@|$RTP_PORTS|; s|@WS_PORT@|$WS_PORT|; s|@ADMIN_PORT@|$ADMIN_PORT|" \
      -e "s|@ADMIN_SECRET@|$admin_secret|; s|@ADMIN_KEY@|$admin_key|" "$mould" >"$folder/conf/$(basename "$mould")"
  done
}

case $what in
  start)
    running && { echo "Janus runs already (pid $(cat "$folder/pid"))"; exit 0; }
    write
    nohup janus --configs-folder "$folder/conf" >"$folder/janus.log" 2>&1 </dev/null &
    echo $! >"$folder/pid"
    for _ in $(seq 60); do answers && running && { echo "Janus is ready: ws://127.0.0.1:$WS_PORT"; exit 0; }; sleep 0.25; done
    tail -5 "$folder/janus.log"; exit 1 ;;
  stop)
    if running; then
      kill "$(cat "$folder/pid")"
      for _ in $(seq 40); do running || break; sleep 0.25; done
    fi
    rm -f "$folder/pid"; echo "Janus is stopped" ;;
  status)
    if running && answers; then echo "Janus runs: ws://127.0.0.1:$WS_PORT"; else echo "Janus is not running"; exit 1; fi ;;
  *) echo "use: $0 start|stop|status [FOLDER]"; exit 2 ;;
esac
