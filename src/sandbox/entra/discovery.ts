/** The OpenID configuration of one tenant, as `/{tenant}/v2.0/.well-known/openid-configuration` gives it. */
export function describeTenant(origin: string, tenantId: string): object {
  const base = `${origin}/${tenantId}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'tid', 'ver'],
    tenant_region_scope: 'AS',
    cloud_instance_name: 'microsoftonline.com',
  };
}

/** The instance discovery: which hosts belong to the cloud. */
export function describeInstance(origin: string): { status: number; body: object } {
  const { host } = new URL(origin);
  const metadata = [{ preferred_network: host, preferred_cache: host, aliases: [host] }];
  const tenant_discovery_endpoint = `${origin}/common/v2.0/.well-known/openid-configuration`;
  return { status: 200, body: { tenant_discovery_endpoint, 'api-version': '1.1', metadata } };
}
