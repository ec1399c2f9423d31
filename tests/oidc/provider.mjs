// A real OpenID provider for tests: what a school's Entra or Google does. Anybody signs in by
// naming themselves; `accounts` says what is claimed of them. PKCE is required.
import { createPrivateKey, webcrypto } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { pathToFileURL } from 'node:url';

globalThis.crypto ??= webcrypto; // Debian's node 18 hides it

const given = JSON.parse(process.argv[2]);
const { issuer, port, key, certificate, redirect, secret, accounts } = given;
const at = createRequire(`${process.env.NODE_PATH}/`).resolve('oidc-provider');
const { default: Provider } = await import(pathToFileURL(at));

const signing = createPrivateKey(readFileSync(given.signing));
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'assent', client_secret: secret, redirect_uris: [redirect],
    token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: 'RS256',
  }],
  jwks: { keys: [{ ...signing.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
  pkce: { required: () => true },
  claims: {
    openid: ['sub', 'oid', 'hd'], profile: ['name', 'preferred_username'], email: ['email'],
  },
  conformIdTokenClaims: false, // like Entra and Google, which put everything into the ID token
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['for tests alone'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
  ttl: {
    AccessToken: 600, IdToken: 600, Session: 3600, Grant: 3600, Interaction: 600,
    AuthorizationCode: 60,
  },
});
for (const event of ['grant.error', 'authorization.error', 'server_error']) {
  provider.on(event, (_, error) => console.log(event, error.error, error.error_description));
}
createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, provider.callback())
  .listen(port, '127.0.0.1', () => console.log('serving'));
