// A municipality's login for tests: npm's oidc-provider, told by one line of JSON on its input:
//   { port, key: its PKCS #8 in PEM, client: { …metadata… }, people: { anna: { name, email, groups, roles } } }
// Further lines { people } change what it says of people, and { spoil } how its answers are spoiled on their way, as somebody would
// who got hold of them or of its key:
//   { claims: {…put in their place…}, signature: 'none' | 'stranger', answer: { state, iss, code } }
// Prints one line when it listens.
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { Provider } from 'oidc-provider'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const told = JSON.parse((await lines.next()).value)
let people = told.people
let spoil = {}
const issuer = `http://127.0.0.1:${told.port}`

const own = createPrivateKey(told.key)
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url')

function spoiled(token) {
  const [header, claims] = token.split('.').slice(0, 2).map((one) => JSON.parse(Buffer.from(one, 'base64url')))
  const unsigned = spoil.signature === 'none'
  const said = `${part(unsigned ? { ...header, alg: 'none' } : header)}.${part({ ...claims, ...spoil.claims })}`
  const key = spoil.signature === 'stranger' ? stranger : own
  return `${said}.${unsigned ? '' : sign('sha256', Buffer.from(said), key).toString('base64url')}`
}

const provider = new Provider(issuer, {
  jwks: { keys: [{ ...own.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
  clients: [{ response_types: ['code'], grant_types: ['authorization_code'], ...told.client }],
  pkce: { required: () => true },
  cookies: { keys: ['for tests'] },
  claims: { openid: ['sub'], profile: ['name', 'groups', 'roles', 'tid'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: told.client.conform ?? false,
  clientBasedCORS: () => false,
  // Our own keys, which it fetches, are on this machine too: it would not go there.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  enabledJWA: { clientAuthSigningAlgValues: ['PS256', 'ES256'] },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource(ctx, form) {
        ctx.body = `<!doctype html><title>Logga ut</title>${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Logga ut hos kommunen</button>`
      },
    },
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email_verified: true, ...people[id] }) }),
  async loadExistingGrant(ctx) {
    const { client, session } = ctx.oidc
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope('openid profile email')
    await grant.save()
    return grant
  },
})

provider.use(async (ctx, next) => {
  await next()
  if (ctx.path === '/token' && ctx.body?.id_token && (spoil.claims || spoil.signature))
    ctx.body.id_token = spoiled(ctx.body.id_token)
  const leads = ctx.response.get('location')
  if (spoil.answer && leads && told.client.redirect_uris.some((uri) => leads.startsWith(uri))) {
    const to = new URL(leads)
    for (const [name, value] of Object.entries(spoil.answer)) to.searchParams.set(name, value)
    ctx.set('location', to.href)
  }
})

const server = createServer(async (request, response) => {
  try {
    const at = new URL(request.url, issuer)
    if (!at.pathname.startsWith('/interaction/')) return provider.callback()(request, response)
    await provider.interactionDetails(request, response)
    const who = at.searchParams.get('who')
    if (who) return await provider.interactionFinished(request, response, { login: { accountId: who } })
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="sv"><title>Kommunens inloggning</title><h1>Kommunens inloggning</h1><ul>${
      Object.entries(people).map(([id, person]) => `<li><a href="${at.pathname}?who=${id}">${person.name}</a>`).join('')}</ul></html>`)
  } catch (error) {
    response.statusCode = 400
    response.end(String(error))
  }
})
server.listen(told.port, '127.0.0.1', () => console.log(issuer))
for await (const line of lines) ({ people = people, spoil = spoil } = JSON.parse(line))
process.exit()
