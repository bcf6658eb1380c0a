#!/bin/sh
# Tells Vault who may read what: each namespace its own folder, and nothing else.
# Run once after unsealing, and again after adding a stack. It changes nothing that is already right.
set -eu

vault secrets list | grep -q '^secret/' || vault secrets enable -path=secret -version=2 kv
vault auth list | grep -q '^kubernetes/' || vault auth enable kubernetes
vault write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc

for namespace in argocd observability cicd security events backstage; do
  vault policy write "$namespace" - <<POLICY
path "secret/data/$namespace/*" {
  capabilities = ["read"]
}
POLICY
  vault write "auth/kubernetes/role/$namespace" \
    bound_service_account_names=vault-reader \
    bound_service_account_namespaces="$namespace" \
    policies="$namespace" \
    ttl=20m
done
