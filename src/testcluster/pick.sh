#!/bin/sh
# Prints which kind of test cluster this machine can have, the first that is there: context, docker or go.
# MONOLIFT_TEST_CLUSTER=context|docker|go forces one. When there is none, says on stderr what is missing and exits 69.
#
# pick.sh --node: which kind of real node, the first that is there: debian (a node made here) or docker (K3s).
# MONOLIFT_TEST_NODE=debian|docker forces one.
set -u

PATH=$PATH:/usr/local/go/bin

say() { printf 'testcluster: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 69
}

has_kubectl() { command -v kubectl >/dev/null 2>&1; }

has_context() { [ -n "${MONOLIFT_TEST_CONTEXT:-}" ] && has_kubectl; }

# A client without an engine behind it is not enough.
has_docker() { command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1 && has_kubectl; }

# go.mod uses tool directives and the modules of Kubernetes 1.36 want this version.
has_go() {
  command -v go >/dev/null 2>&1 || return 1
  minor=$(go env GOVERSION | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
  [ "${minor:-0}" -ge 26 ]
}

# Says why a node cannot be made here; nothing when it can.
no_debian() {
  [ "$(id -u)" = 0 ] || { echo "you are not root"; return; }
  command -v apt-get >/dev/null 2>&1 || { echo "this is not Debian"; return; }
  has_go || { echo "there is no Go 1.26 or newer"; return; }
  unshare --mount --net --pid --fork true 2>/dev/null || { echo "namespaces may not be made here"; return; }
}

pick_node() {
  reason=$(no_debian)
  case ${MONOLIFT_TEST_NODE:-} in
    debian) [ -z "$reason" ] || fail "MONOLIFT_TEST_NODE=debian is not possible: $reason" ;;
    docker) has_docker || fail "MONOLIFT_TEST_NODE=docker needs a Docker engine that 'docker info' can reach, and kubectl" ;;
    "") ;;
    *) fail "MONOLIFT_TEST_NODE=$MONOLIFT_TEST_NODE is unknown; use debian or docker" ;;
  esac
  if [ -n "${MONOLIFT_TEST_NODE:-}" ]; then
    echo "$MONOLIFT_TEST_NODE"
  elif [ -z "$reason" ]; then
    echo debian
  elif has_docker; then
    echo docker
  else
    fail "no real node is possible: one is made here as root on Debian ($reason), or have kubectl and a running Docker engine; without one: mvn verify -DskipNode"
  fi
}

if [ "${1:-}" = --node ]; then
  pick_node
  exit
fi

case ${MONOLIFT_TEST_CLUSTER:-} in
  context) has_context || fail "MONOLIFT_TEST_CLUSTER=context needs MONOLIFT_TEST_CONTEXT=<name of a kubeconfig context>, and kubectl" ;;
  docker) has_docker || fail "MONOLIFT_TEST_CLUSTER=docker needs a Docker engine that 'docker info' can reach, and kubectl" ;;
  go) has_go || fail "MONOLIFT_TEST_CLUSTER=go needs Go 1.26 or newer; found: $(go version 2>/dev/null || echo none)" ;;
  "") ;;
  *) fail "MONOLIFT_TEST_CLUSTER=$MONOLIFT_TEST_CLUSTER is unknown; use context, docker or go" ;;
esac

# A cluster that a person has named is never silently replaced by another.
if [ -n "${MONOLIFT_TEST_CONTEXT:-}" ] && ! has_kubectl; then
  fail "MONOLIFT_TEST_CONTEXT=$MONOLIFT_TEST_CONTEXT needs kubectl on the PATH"
fi

if [ -n "${MONOLIFT_TEST_CLUSTER:-}" ]; then
  echo "$MONOLIFT_TEST_CLUSTER"
elif has_context; then
  echo context
elif has_docker; then
  echo docker
elif has_go; then
  echo go
else
  fail "no test cluster is possible: install Go 1.26 or newer (found: $(go version 2>/dev/null || echo none)), or have kubectl and either a running Docker engine or, in MONOLIFT_TEST_CONTEXT, the name of a kubeconfig context that tests may use"
fi
